import { z } from 'zod';

/** The card room's part of the settings. */
export const cardConfig = z
  .object({
    driver: z
      .enum(['auto', 'pcsc', 'simulated'])
      .default('auto')
      .describe('auto = PC/SC; simulated = virtual cards only, for demonstrations'),
    backend: z
      .enum(['smartcard', 'pcsc-mini'])
      .default('smartcard')
      .describe('package that speaks to pcscd; pcsc-mini needs no compiler, but is not built for every processor'),
    reader: z.string().min(1).nullable().default(null).describe('part of the reader name; null = the first reader'),
    apduLimitMs: z.int().min(100).max(30_000).default(3_000).describe('longest wait for one answer of the chip, ms'),
    readLimitMs: z.int().min(1_000).max(120_000).default(45_000).describe('longest whole read, ms'),
  })
  .prefault({});

export type CardConfig = z.infer<typeof cardConfig>;
