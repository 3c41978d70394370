import { createHash } from 'node:crypto';
import type { Signer } from '../contract/envelope/keys.ts';
import { signReport } from '../contract/envelope/report-seal.ts';
import type { Doc } from '../paper/blocks.ts';
import { type DayReport, dayReport, dayReportCsv } from '../paper/documents/day-report.ts';
import { formatCode, parseCode } from '../peripherals/badge/parse-code.ts';

/** A day report with its signature. */
export interface SealedDayReport {
  /** RFC 4180; what is signed. */
  readonly csv: Uint8Array;
  /** Lower-case hex SHA-256 of `csv`: the `report` of the event `day.closed`. */
  readonly sha256: string;
  /** The station's signed statement (compact JWS of the kind `report`), as the QR on the paper says it. */
  readonly signature: string;
  /** For `press.pdf` and `press.raster`. */
  readonly doc: Doc;
}

/** Signs a day's report: the same report always gives the same document. */
export function sealDayReport(report: DayReport, signer: Signer): SealedDayReport {
  const csv = dayReportCsv(report);
  const sha256 = createHash('sha256').update(csv).digest('hex');
  const { station, day } = report;
  const at = new Date(report.at).toISOString();
  const signature = Buffer.from(signReport({ station, day, sha256, at }, signer)).toString();
  return { csv, sha256, signature, doc: dayReport(report, { sha256, qrText: signature }) };
}

/** Longest number of a form that fits the field in which it is entered. */
const DIGITS = 6;
const STATION_LETTERS = 24;

/**
 * Serials of the forms `from` to `upto` of a station, e.g. `STDEMO000012`, and what the QR on each says.
 * @throws RangeError for numbers that are none
 */
export function formSerials(
  station: string,
  from: number,
  upto: number,
): readonly { readonly serial: string; readonly qrText: string }[] {
  if (from < 1 || upto < from || upto >= 10 ** DIGITS) throw new RangeError(`no forms from ${from} to ${upto}`);
  const letters = station
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(-STATION_LETTERS);
  return Array.from({ length: upto - from + 1 }, (_, i) => {
    const serial = `${letters}${String(from + i).padStart(DIGITS, '0')}`;
    return { serial, qrText: formatCode('paper-form', serial) };
  });
}

/** With a letter, so that a citizen number is never taken for one. */
const SERIAL = new RegExp(`^(?=.*[A-Z])[0-9A-Z]{1,${STATION_LETTERS}}[0-9]{${DIGITS}}$`);

/**
 * What a text says of a form, its number as a person types it or its QR as the scanner reads it; `undefined` = of none.
 * @returns its serial, and the number of this station's, or `null` when another station has given it out
 */
export function readForm(
  station: string,
  text: string,
): { readonly serial: string; readonly number: number | null } | undefined {
  const code = parseCode(text.trim());
  const serial = code.kind === 'paper-form' ? code.serial : text.toUpperCase().replaceAll(/[\s-]/g, '');
  const number = Number(serial.slice(-DIGITS));
  if (!SERIAL.test(serial) || number < 1) return undefined;
  const isOwn = formSerials(station, number, number)[0]?.serial === serial;
  return { serial, number: isOwn ? number : null };
}
