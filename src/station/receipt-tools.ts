import { existsSync } from 'node:fs';
import { loadSettings } from '../config/load-settings.ts';
import type { ReceiptTrust } from '../contract/receipt-credential.ts';
import { trusted } from '../contract/trust.ts';
import { readTrust } from '../identity/trust-file.ts';
import { type ReceiptVerdict, verifyReceipt } from '../receipt/receipt.ts';
import { OUTCOME_WORDS, VERDICT_WORDS } from '../receipt/words.ts';
import { StationFault } from '../shared/fault.ts';
import { NEXT_STEP_WORDS, REASON_WORDS, type Words } from '../visit/reasons.ts';
import { openKnownKeys } from './journal-keys.ts';
import { readReceiptTrust, receiptTrust, takeIssuers } from './receipt-issuers.ts';

interface CheckOptions {
  /** Data folder of the station. */
  readonly dir: string;
  /** The server's signed list of stations; `undefined` = the one that the station of `dir` has taken over, and itself. */
  readonly list: Uint8Array | undefined;
  /** Trust file by which the list is checked; `undefined` = that of the station. */
  readonly server: string | undefined;
  readonly nowMs: number;
}

/**
 * Checks a receipt for the command line.
 * @throws StationFault `USAGE`, `TRUST_MISSING`, `CONFIG_INVALID`
 */
export function checkReceipt(
  text: string,
  options: CheckOptions,
): { readonly verdict: ReceiptVerdict; readonly lines: readonly string[] } {
  const verdict = verifyReceipt(text, trustOf(options), options.nowMs);
  return { verdict, lines: linesOf(verdict) };
}

/**
 * Takes over the server's list of stations for the station in `dir`: its scanner and desk believe it within a moment.
 * @returns how many keys are on it, and of when it is
 * @throws StationFault `USAGE`, and those of {@link takeIssuers}
 */
export function trustIssuers(
  dir: string,
  list: Uint8Array,
  nowMs: number,
): { readonly issuers: number; readonly at: string } {
  if (!existsSync(dir)) throw new StationFault('USAGE', dir, 'no station here: name its folder');
  const station = loadSettings(dir).settings.station.id;
  const keys = openKnownKeys(dir, station);
  if (!keys.trust && keys.trustFault) throw keys.trustFault;
  const { issuers, at } = takeIssuers(
    { dataDir: dir, station, signer: keys.signer, keys: keys.trust?.keys },
    list,
    nowMs,
  );
  return { issuers: issuers.length, at };
}

function trustOf({ dir, list, server, nowMs }: CheckOptions): ReceiptTrust {
  if (list !== undefined && server !== undefined) {
    const trust = readTrust(server);
    if (!trust) throw new StationFault('TRUST_MISSING', server, 'no trust file');
    return readReceiptTrust(list, trusted(trust).keys, nowMs);
  }
  if (!existsSync(dir))
    throw new StationFault('USAGE', dir, 'no station here: name its folder, or --trust and --server');
  const station = loadSettings(dir).settings.station.id;
  const keys = openKnownKeys(dir, station);
  const known = { dataDir: dir, station, signer: keys.signer, keys: keys.trust?.keys };
  if (list === undefined) return receiptTrust(known)(nowMs);
  if (!keys.trust) throw keys.trustFault ?? new StationFault('TRUST_MISSING', dir, 'no trust file');
  return readReceiptTrust(list, keys.trust.keys, nowMs);
}

function linesOf({ state, receipt }: ReceiptVerdict): readonly string[] {
  const both = ({ th, en }: Words) => `${th} · ${en}`;
  const known = (table: Readonly<Record<string, Words>>, code: string) => {
    const words = Object.hasOwn(table, code) ? table[code] : undefined;
    return words ? both(words) : code;
  };
  if (!receipt) return [both(VERDICT_WORDS[state])];
  const { nextStep } = receipt;
  const rows: readonly (readonly [Words, string | null])[] = [
    [{ th: 'เลขที่ใบรับ', en: 'Receipt' }, receipt.code],
    [{ th: 'สถานี', en: 'Station' }, receipt.station],
    [{ th: 'เวลา', en: 'Time' }, receipt.at],
    [{ th: 'ผล', en: 'Outcome' }, both(OUTCOME_WORDS[receipt.outcome])],
    [{ th: 'เหตุผล', en: 'Reason' }, receipt.reason === null ? null : known(REASON_WORDS, receipt.reason)],
    [{ th: 'ขั้นต่อไป', en: 'Next' }, known(NEXT_STEP_WORDS, nextStep.id)],
    [{ th: 'ที่ไหน', en: 'Where' }, nextStep.where],
    [{ th: 'ภายในวันที่', en: 'By' }, nextStep.due],
    [{ th: 'โครงการ', en: 'Programme' }, receipt.programme],
    [{ th: 'เลขประจำตัว', en: 'Citizen number' }, receipt.maskedNumber],
    [{ th: 'ผู้แทน ถึงวันที่', en: 'Representative until' }, receipt.until],
  ];
  return [
    both(VERDICT_WORDS[state]),
    ...rows.flatMap(([words, value]) => (value === null ? [] : [`${both(words)}: ${value}`])),
  ];
}
