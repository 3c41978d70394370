import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A PIN as it is kept: Argon2id (RFC 9106); bytes in base64url. */
export interface PinHash {
  readonly salt: string;
  readonly hash: string;
  readonly params: { readonly memoryKiB: number; readonly passes: number; readonly parallelism: number };
}

/**
 * A second of a Raspberry Pi's time for each guess would keep a village waiting; a tenth is what RFC 9106 asks at least of small
 * machines. What protects a PIN of four digits is the wait after wrong ones; the hash protects it where a disk is stolen.
 */
const COST = { memoryKiB: 32 * 1024, passes: 3, parallelism: 1 } as const;
const HASH_BYTES = 32;

/** @param pin 4 to 12 digits */
export async function hashPin(pin: string): Promise<PinHash> {
  const salt = randomBytes(16);
  return {
    salt: salt.toString('base64url'),
    hash: (await derive(pin, salt, COST)).toString('base64url'),
    params: COST,
  };
}

/** Compares in constant time. A member without a PIN takes as long as one with a wrong one. */
export async function isPin(pin: string, kept: PinHash | null): Promise<boolean> {
  const { salt, hash, params } = kept ?? { salt: 'AAAAAAAAAAAAAAAAAAAAAA', hash: '', params: COST };
  const found = await derive(pin, Buffer.from(salt, 'base64url'), params);
  const wanted = Buffer.from(hash, 'base64url');
  return wanted.length === found.length && timingSafeEqual(found, wanted);
}

/** What is kept of a badge: the id on it cannot be printed again from this. */
export const badgeHash = (operatorId: string): string =>
  createHash('sha256').update(`thuengban:badge:v1:${operatorId}`).digest('hex');

function derive(pin: string, salt: Buffer, cost: PinHash['params']): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  argon2(
    'argon2id',
    {
      message: Buffer.from(pin),
      nonce: salt,
      parallelism: cost.parallelism,
      tagLength: HASH_BYTES,
      memory: cost.memoryKiB,
      passes: cost.passes,
    },
    (error, tag) => (error ? reject(error) : resolve(tag)),
  );
  return promise;
}
