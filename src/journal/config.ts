import { z } from 'zod';

export const journalConfig = z.strictObject({
  /** Warn when the disk has less than this left. */
  warnFreeBytes: z.int().positive().default(500_000_000).describe('Warn staff below this many free bytes'),
  /** Take no new visit below this: what is recorded must always fit. */
  minFreeBytes: z.int().positive().default(50_000_000).describe('Record nothing new below this many free bytes'),
});
export type JournalConfig = z.infer<typeof journalConfig>;
