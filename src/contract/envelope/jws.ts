import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { keyId } from '../ids.ts';
import { MAX_BYTES, type SignedKind } from '../messages.ts';
import { type Refused, refused } from '../refusals.ts';
import { PROTOCOL_MAJOR } from '../versions.ts';
import type { KeyRegistry, Signer, Verifier } from './keys.ts';

/** A statement whose signature holds. */
export interface Verified {
  readonly kind: 'verified';
  readonly payload: Uint8Array;
  readonly kid: string;
  readonly station: string | null;
  /** SHA-256 of the message as it was published. */
  readonly hash: string;
}

const header = z.object({
  alg: z.string(),
  kid: keyId,
  typ: z.string(),
  crit: z.never().optional(),
  b64: z.never().optional(),
});
const TYP = /^thuengban-([a-z]{1,20})\.v([1-9]\d{0,3})$/;

/** Lower-case hex SHA-256 of a message as it is published. */
export function messageHash(message: Uint8Array): string {
  return createHash('sha256').update(message).digest('hex');
}

/**
 * Signs a statement as a compact JWS (RFC 7515), EdDSA with Ed25519 (RFC 8037).
 *
 * Synchronous on purpose: the journal takes place, hash of the event before and signature inside one transaction of SQLite.
 */
export function signStatement(kind: SignedKind, payload: Uint8Array, signer: Signer): Uint8Array {
  const head = { alg: 'EdDSA', typ: `thuengban-${kind}.v${PROTOCOL_MAJOR}`, kid: signer.kid };
  const input = `${base64url(Buffer.from(JSON.stringify(head)))}.${base64url(payload)}`;
  const signature = sign(null, Buffer.from(input), signer.key);
  return Buffer.from(`${input}.${base64url(signature)}`);
}

/**
 * Verifies a compact JWS of this protocol: one algorithm, a registered key that may sign this kind, and one spelling only.
 * Another spelling of the same signature would have another hash, and so make an honest station look like two.
 * @param nowMs the reader's clock, against which the key's end is held
 * @param maxBytes for what is handed over as a file, and so may be larger than a message of its kind
 * @returns the statement, or `garbage`, `too-large`, `unknown-major`, `unknown-key`, `wrong-key`, `expired`, `tampered`
 */
export function verifyStatement(
  kind: SignedKind,
  message: Uint8Array,
  keys: KeyRegistry,
  nowMs: number,
  maxBytes = MAX_BYTES[kind],
): Verified | Refused {
  const read = unverified(kind, message, keys, maxBytes);
  if (read.kind === 'refused') return read;
  return concluded(read, verify(null, read.signed, read.known.key, read.signature), message, nowMs);
}

/** {@link verifyStatement} whose signature is checked in the thread pool: many at once, and the thread of the caller goes on. */
export async function verifyStatementInPool(
  kind: SignedKind,
  message: Uint8Array,
  keys: KeyRegistry,
  nowMs: number,
): Promise<Verified | Refused> {
  const read = unverified(kind, message, keys, MAX_BYTES[kind]);
  if (read.kind === 'refused') return read;
  return concluded(read, await verifyInPool(read.signed, read.known.key, read.signature), message, nowMs);
}

function verifyInPool(signed: Uint8Array, key: KeyObject, signature: Uint8Array): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  verify(null, signed, key, signature, (error, isSound) => (error ? reject(error) : resolve(isSound)));
  return promise;
}

/** A statement that is right in everything but its signature, which nobody has looked at yet. */
interface Unverified {
  readonly kind: 'unverified';
  readonly kid: string;
  readonly known: Verifier;
  readonly payload: Uint8Array;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

function unverified(kind: SignedKind, message: Uint8Array, keys: KeyRegistry, maxBytes: number): Unverified | Refused {
  if (message.length > maxBytes) return refused('too-large', `${message.length} bytes`);
  const parts = Buffer.from(message).toString('latin1').split('.', 4);
  const [head, payload, signature] = parts.map(fromBase64url);
  if (parts.length !== 3 || !head || !payload || !signature) return refused('garbage', 'not a compact JWS');
  const said = header.safeParse(parseJson(head));
  const [, typ, major] = said.success ? (TYP.exec(said.data.typ) ?? []) : [];
  if (!said.success || typ === undefined) return refused('garbage', 'no header of this protocol');
  if (Number(major) !== PROTOCOL_MAJOR) return refused('unknown-major', `statement of version ${major}`);
  if (typ !== kind || said.data.alg !== 'EdDSA') return refused('garbage', 'another kind of statement or algorithm');
  const { kid } = said.data;
  const known = keys(kid);
  if (!known) return refused('unknown-key', kid);
  if (!known.kinds.includes(kind)) return refused('wrong-key', `${kid} may not sign ${kind}`);
  const signed = message.subarray(0, (parts[0] ?? '').length + 1 + (parts[1] ?? '').length);
  if (known.key.asymmetricKeyType !== 'ed25519') return refused('wrong-key', `${kid} is no Ed25519 key`);
  return { kind: 'unverified', kid, known, payload, signed, signature };
}

function concluded(
  { kid, known, payload }: Unverified,
  isSound: boolean,
  message: Uint8Array,
  nowMs: number,
): Verified | Refused {
  if (!isSound) return refused('tampered', `signature of ${kid}`);
  if (known.refusedFrom !== null && nowMs >= Date.parse(known.refusedFrom)) return refused('expired', `key ${kid}`);
  return { kind: 'verified', payload, kid, station: known.station, hash: messageHash(message) };
}

/** What a signed message says, unchecked: only for what was checked before it was kept. */
export function payloadOf(message: Uint8Array): unknown {
  return parseJson(Buffer.from(Buffer.from(message).toString('latin1').split('.', 2)[1] ?? '', 'base64url'));
}

/** Made once: making one costs as much as reading an event with it. It keeps nothing between two texts. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON in UTF-8, or `undefined`. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** Strict: what would not be written the same way again is `undefined`. */
function fromBase64url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === text ? bytes : undefined;
}
