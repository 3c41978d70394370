import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRegistry, Signer } from '../contract/envelope/keys.ts';
import { readServerWord } from '../contract/envelope/server-word.ts';
import type { ReceiptTrust } from '../contract/receipt-credential.ts';
import { publicJwk } from '../contract/trust.ts';
import { replaceFile } from '../identity/secret-file.ts';
import { StationFault } from '../shared/fault.ts';

/** Where a station keeps its server's signed list of stations, as it came. */
export const issuersPath = (dataDir: string) => join(dataDir, 'keys', 'issuers.jws');

export interface Issuers {
  readonly dataDir: string;
  readonly station: string;
  readonly signer: Signer;
  /** Keys of the server that the station believes; `undefined` = none: it believes itself alone. */
  readonly keys: KeyRegistry | undefined;
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
 * Whose receipts this station believes: its own, and those of the stations on the list that it has taken over. The list is read again when
 * its file has changed; one that is not believed (any more) is as if there were none.
 * @returns asked with the clock, ms since 1970
 */
export function receiptTrust(of: Issuers): (nowMs: number) => ReceiptTrust {
  let kept: { readonly mark: string; readonly list: ReceiptTrust | undefined } | undefined;
  return (nowMs) => {
    const mark = markOf(issuersPath(of.dataDir));
    if (kept?.mark !== mark) kept = { mark, list: mark === '' ? undefined : keptIssuers(of, nowMs) };
    const own = ownReceiptTrust(of.signer, of.station, nowMs);
    if (!kept.list) return own;
    // What the server says of this station counts, a key that it refuses too.
    const isNamed = kept.list.issuers.some(({ kid }) => kid === of.signer.kid);
    return isNamed ? kept.list : { ...kept.list, issuers: [...own.issuers, ...kept.list.issuers] };
  };
}

/**
 * Takes over the server's list of stations. One that is refused leaves the one before.
 * @throws StationFault `TRUST_MISSING`, `CONFIG_INVALID` (not the server's, or older than the one that is kept), `DISK_FULL`
 */
export function takeIssuers(of: Issuers, list: Uint8Array, nowMs: number): ReceiptTrust {
  if (!of.keys) throw new StationFault('TRUST_MISSING', of.dataDir, 'no trust file');
  const trust = readReceiptTrust(list, of.keys, nowMs);
  const before = keptIssuers(of, nowMs);
  // An older list would make a key that was lost good again.
  if (before && trust.at < before.at)
    throw new StationFault('CONFIG_INVALID', 'list of stations', `it is of ${trust.at}, the one kept of ${before.at}`);
  replaceFile(issuersPath(of.dataDir), list);
  return trust;
}

function keptIssuers({ dataDir, keys }: Issuers, nowMs: number): ReceiptTrust | undefined {
  try {
    return keys && readReceiptTrust(readFileSync(issuersPath(dataDir)), keys, nowMs);
  } catch {
    return undefined;
  }
}

/** Changes whenever the file does; '' = there is none. */
function markOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.mtimeMs} ${found.size}` : '';
}

/** Files end with a line end, statements do not. */
function lengthOf(list: Uint8Array): number {
  let end = list.length;
  while (end > 0 && (list[end - 1] === 0x0a || list[end - 1] === 0x0d)) end -= 1;
  return end;
}
