import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { z } from 'zod';
import { keyId } from '../ids.ts';
import { type Refused, refused } from '../refusals.ts';
import { parseJson } from './jws.ts';
import type { OpeningKeys, SealingKey } from './keys.ts';

const ALG = 'ECDH-ES';
const ENC = 'A256GCM';
/** No compression: a small seal must not swell to fill the vault's memory. */
const header = z.object({
  alg: z.literal(ALG),
  enc: z.literal(ENC),
  kid: keyId,
  zip: z.never().optional(),
  crit: z.never().optional(),
});
/** Lengths are rounded up to this: the length of a record would tell how the visit ended. */
const PAD_BYTES = 256;

/**
 * Seals data to a programme's key: compact JWE (RFC 7516), ECDH-ES over X25519 with a fresh key each time, A256GCM.
 * @returns what stands in an event's `data`
 */
export async function seal(data: Readonly<Record<string, unknown>>, to: SealingKey): Promise<string> {
  const json = Buffer.from(JSON.stringify(data));
  // JSON may be followed by spaces.
  const padded = Buffer.alloc(Math.ceil(json.length / PAD_BYTES) * PAD_BYTES, ' ');
  json.copy(padded);
  try {
    return await sealBytes(padded, to, 'json');
  } finally {
    json.fill(0);
    padded.fill(0);
  }
}

/** @returns the data, or `garbage`, `unknown-key`, `wrong-key` (it does not open: another key, or changed), `invalid` */
export async function unseal(
  sealed: string,
  keys: OpeningKeys,
): Promise<{ readonly kind: 'opened'; readonly data: Readonly<Record<string, unknown>> } | Refused> {
  const opened = await openJwe(sealed, keys);
  if (opened.kind === 'refused') return opened;
  const data = parseJson(opened.plaintext);
  opened.plaintext.fill(0);
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return refused('invalid', 'sealed data is no object');
  return { kind: 'opened', data: data as Readonly<Record<string, unknown>> };
}

/** Seals bytes of whatever kind to a key, as {@link seal} does, without padding. @param cty content type, as the reader expects it */
export function sealBytes(bytes: Uint8Array, to: SealingKey, cty: string): Promise<string> {
  return new CompactEncrypt(bytes).setProtectedHeader({ alg: ALG, enc: ENC, kid: to.kid, cty }).encrypt(to.key);
}

/** Opens a seal; what it holds is the caller's to read and to overwrite. @returns the bytes, or `garbage`, `unknown-key`, `wrong-key` */
export async function openJwe(
  sealed: string,
  keys: OpeningKeys,
): Promise<{ readonly kind: 'opened'; readonly plaintext: Uint8Array } | Refused> {
  const kid = sealedTo(sealed);
  if (kid === undefined) return refused('garbage', 'not a compact JWE of this protocol');
  const key = keys(kid);
  if (!key) return refused('unknown-key', kid);
  try {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
    });
    return { kind: 'opened', plaintext };
  } catch (error) {
    if (error instanceof errors.JWEDecryptionFailed) return refused('wrong-key', `${kid} does not open it`);
    return refused('garbage', 'a broken JWE');
  }
}

/** The key that a sealed text names, or `undefined` when it is no compact JWE of this protocol. Opens nothing. */
export function sealedTo(sealed: string): string | undefined {
  if (!/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/.test(sealed)) return undefined;
  const parsed = header.safeParse(parseJson(Buffer.from(sealed.slice(0, sealed.indexOf('.')), 'base64url')));
  return parsed.success ? parsed.data.kid : undefined;
}
