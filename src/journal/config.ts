import { z } from 'zod';

export const journalConfig = z.strictObject({
  /** Warn when the disk has less than this left. */
  warnFreeBytes: z.int().positive().default(500_000_000).describe('Warn staff below this many free bytes'),
  /** Take no new visit below this: what is recorded must always fit. */
  minFreeBytes: z.int().positive().default(50_000_000).describe('Take no new visit below this many free bytes'),
  maxBytes: z
    .int()
    .min(1_000_000)
    .default(1_000_000_000)
    .describe('Largest journal; staff are warned at 80 %, no new visit is taken at 95 %'),
  ballastBytes: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(16_000_000)
    .describe('A file of this size is given up first when the disk is full, so that a visit under way can be kept'),
  retainDays: z
    .int()
    .min(0)
    .default(30)
    .describe('Events that the server has are made unreadable here after this many days'),
});
export type JournalConfig = z.infer<typeof journalConfig>;
