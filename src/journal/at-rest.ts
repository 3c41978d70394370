import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Events at rest: each under a random key of its own (AES-256-GCM, NIST SP 800-38D), that key wrapped with the data key (AES key wrap,
 * RFC 3394). Overwriting the wrapped key makes the event unreadable for good.
 */
export interface Locked {
  readonly sealed: Uint8Array;
  readonly wrapped: Uint8Array;
}

const CIPHER = 'aes-256-gcm';
const WRAP = 'id-aes256-wrap';
/** Initial value of RFC 3394 §2.2.3.1. */
const WRAP_IV = Buffer.alloc(8, 0xa6);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param place bound to the bytes: a row moved elsewhere does not open */
export function lock(body: Uint8Array, dataKey: Uint8Array, place: string): Locked {
  const key = randomBytes(32);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(body), cipher.final()]);
  const wrap = createCipheriv(WRAP, dataKey, WRAP_IV);
  const wrapped = Buffer.concat([wrap.update(key), wrap.final()]);
  key.fill(0);
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]), wrapped };
}

/** @returns the event's bytes, or `undefined` when they were changed, moved, or locked with another data key */
export function unlock({ sealed, wrapped }: Locked, dataKey: Uint8Array, place: string): Uint8Array | undefined {
  try {
    const unwrap = createDecipheriv(WRAP, dataKey, WRAP_IV);
    const key = Buffer.concat([unwrap.update(wrapped), unwrap.final()]);
    const text = NONCE_BYTES + TAG_BYTES;
    const cipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(NONCE_BYTES, text));
    key.fill(0);
    return Buffer.concat([cipher.update(sealed.subarray(text)), cipher.final()]);
  } catch {
    return undefined;
  }
}
