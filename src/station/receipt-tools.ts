import { existsSync } from 'node:fs';
import { loadSettings } from '../config/load-settings.ts';
import type { KeyRegistry, Signer } from '../contract/envelope/keys.ts';
import { readServerWord } from '../contract/envelope/server-word.ts';
import type { ReceiptTrust } from '../contract/receipt-credential.ts';
import { publicJwk, trusted } from '../contract/trust.ts';
import { openStationKeys } from '../identity/station-keys.ts';
import { readTrust } from '../identity/trust-file.ts';
import { type ReceiptVerdict, verifyReceipt } from '../receipt/receipt.ts';
import { OUTCOME_WORDS, VERDICT_WORDS } from '../receipt/words.ts';
import { StationFault } from '../shared/fault.ts';
import { NEXT_STEP_WORDS, REASON_WORDS, type Words } from '../visit/reasons.ts';

interface CheckOptions {
  /** Data folder of the station. */
  readonly dir: string;
  /** The server's signed list of stations; `undefined` = only the station of `dir` is believed. */
  readonly list: Uint8Array | undefined;
  /** Trust file by which the list is checked; `undefined` = that of the station. */
  readonly server: string | undefined;
  readonly nowMs: number;
}

/** The list of a station that believes nobody but itself. */
export function ownReceiptTrust(signer: Signer, station: string, nowMs: number): ReceiptTrust {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicJwk(signer.key, signer.kid).x } as const;
  return { issuers: [{ station, kid: signer.kid, jwk, refusedFrom: null }], at: new Date(nowMs).toISOString() };
}

/**
 * Reads the server's list of stations, as `thuengban hub receipt-trust` writes it.
 * @throws StationFault `CONFIG_INVALID` unless a key of the server signs it that may
 */
export function readReceiptTrust(list: Uint8Array, keys: KeyRegistry, nowMs: number): ReceiptTrust {
  const read = readServerWord('issuers', list.subarray(0, lengthOf(list)), { station: '', keys, nowMs });
  if (read.kind === 'believed') return read.statement;
  throw new StationFault('CONFIG_INVALID', 'list of stations', `${read.code}: ${read.detail}`);
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

function trustOf({ dir, list, server, nowMs }: CheckOptions): ReceiptTrust {
  if (list !== undefined && server !== undefined) {
    const trust = readTrust(server);
    if (!trust) throw new StationFault('TRUST_MISSING', server, 'no trust file');
    return readReceiptTrust(list, trusted(trust).keys, nowMs);
  }
  if (!existsSync(dir))
    throw new StationFault('USAGE', dir, 'no station here: name its folder, or --trust and --server');
  const station = loadSettings(dir).settings.station.id;
  const keys = openStationKeys({ dir, station, isDemo: false });
  if (list === undefined) return ownReceiptTrust(keys.signer, station, nowMs);
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

/** Files end with a line end, statements do not. */
function lengthOf(list: Uint8Array): number {
  let end = list.length;
  while (end > 0 && (list[end - 1] === 0x0a || list[end - 1] === 0x0d)) end -= 1;
  return end;
}
