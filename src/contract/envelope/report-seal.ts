import { z } from 'zod';
import { instant, sha256, stationId } from '../ids.ts';
import { type Refused, refused } from '../refusals.ts';
import { parseJson, signStatement, verifyStatement } from './jws.ts';
import type { KeyRegistry, Signer } from './keys.ts';

const reportSealSchema = z.object({
  station: stationId,
  day: z.iso.date(),
  sha256: sha256.describe("Of the day report's CSV file, byte for byte"),
  at: instant,
});
/** What a station signs of a day's report: the data lies beside it, so the signature fits on paper. */
export type ReportSeal = z.infer<typeof reportSealSchema>;

/** Signs a day report apart from its data. */
export function signReport(seal: ReportSeal, signer: Signer): Uint8Array {
  return signStatement('report', Buffer.from(JSON.stringify(seal)), signer);
}

/** Reads the signature of a day report. @returns what it says, or a refusal of {@link verifyStatement}, `invalid`, `wrong-key` */
export function readReportSeal(
  message: Uint8Array,
  options: { readonly keys: KeyRegistry; readonly nowMs: number },
): { readonly kind: 'believed'; readonly seal: ReportSeal } | Refused {
  const verified = verifyStatement('report', message, options.keys, options.nowMs);
  if (verified.kind === 'refused') return verified;
  const parsed = reportSealSchema.safeParse(parseJson(verified.payload));
  if (!parsed.success) return refused('invalid', 'report');
  if (parsed.data.station !== verified.station) return refused('wrong-key', `${verified.kid} is not the station's`);
  return { kind: 'believed', seal: parsed.data };
}
