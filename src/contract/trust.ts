import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { KeyRegistry, SealingKey, Verifier } from './envelope/keys.ts';
import { instant, keyId, stationId } from './ids.ts';
import { SIGNED_KINDS, STATION_KINDS } from './messages.ts';

/** Public keys as they are handed over in files: JSON Web Keys (RFC 7517, RFC 8037), never a private part. */
const publicKey = <Curve extends 'Ed25519' | 'X25519'>(curve: Curve) =>
  z.object({
    kid: keyId,
    kty: z.literal('OKP'),
    crv: z.literal(curve),
    x: z.string().regex(/^[\w-]{43}$/),
    d: z.never().optional(),
  });
export type PublicJwk = z.infer<ReturnType<typeof publicKey<'Ed25519' | 'X25519'>>>;

/** What a station believes: which keys speak for the server, and to whom personal data is sealed. Not secret. */
export const trustSchema = z.object({
  server: z
    .array(
      publicKey('Ed25519').extend({
        kinds: z.array(z.enum(SIGNED_KINDS.filter((kind) => !STATION_KINDS.includes(kind)))).min(1),
        refusedFrom: instant.nullable().default(null),
      }),
    )
    .min(1),
  sealing: publicKey('X25519'),
});
export type Trust = z.input<typeof trustSchema>;

/** What a server has to know of a station before it believes its events. Not secret. */
export const stationKeySchema = z.object({
  station: stationId,
  signing: publicKey('Ed25519'),
  receiving: publicKey('X25519').optional().describe('To which work orders are sealed; older stations have none'),
});
export type StationKey = z.infer<typeof stationKeySchema>;

/** RFC 7638 thumbprint of an Ed25519 or X25519 key, private or public: the name under which it signs or opens. */
export function keyName(key: KeyObject): string {
  const { crv, kty, x } = publicPart(key).export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

/** @param key private or public */
export function publicJwk(key: KeyObject, kid = keyName(key)): PublicJwk {
  const { crv, x = '' } = publicPart(key).export({ format: 'jwk' });
  return { kid, kty: 'OKP', crv: crv === 'X25519' ? 'X25519' : 'Ed25519', x };
}

export function fromPublicJwk({ kty, crv, x }: PublicJwk): KeyObject {
  return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
}

/** The server's keys as a station believes them, and the programme's key. */
export function trusted(trust: z.output<typeof trustSchema>): {
  readonly keys: KeyRegistry;
  readonly sealing: SealingKey;
} {
  const known = new Map<string, Verifier>(
    trust.server.map(({ kinds, refusedFrom, ...jwk }) => [
      jwk.kid,
      { key: fromPublicJwk(jwk), station: null, kinds, refusedFrom },
    ]),
  );
  return { keys: (kid) => known.get(kid), sealing: { kid: trust.sealing.kid, key: fromPublicJwk(trust.sealing) } };
}

function publicPart(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}
