import { type Refused, refused } from '../refusals.ts';
import { type ReportSeal, reportSealSchema } from '../report-seal.ts';
import { parseJson, signStatement, verifyStatement } from './jws.ts';
import type { KeyRegistry, Signer } from './keys.ts';

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
