import { z } from 'zod';
import { instant, sha256, stationId } from './ids.ts';

/** What a station signs of a day's report: the data lies beside it, so the signature fits on paper. */
export const reportSealSchema = z.object({
  station: stationId,
  day: z.iso.date(),
  sha256: sha256.describe("Of the day report's CSV file, byte for byte"),
  at: instant,
});
export type ReportSeal = z.infer<typeof reportSealSchema>;
