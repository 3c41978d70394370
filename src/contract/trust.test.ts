import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { expect, test } from 'vitest';
import { seal, unseal } from './envelope/sealed.ts';
import { readServerWord, signServerWord } from './envelope/server-word.ts';
import { keyName, publicJwk, stationKeySchema, trusted, trustSchema } from './trust.ts';

const server = generateKeyPairSync('ed25519').privateKey;
const programme = generateKeyPairSync('x25519').privateKey;
const handedOver = JSON.parse(
  JSON.stringify({ server: [{ ...publicJwk(server), kinds: ['config'] }], sealing: publicJwk(programme) }),
);

test('a key is named by its RFC 7638 thumbprint, the same for both halves', async () => {
  expect(keyName(server)).toBe(await calculateJwkThumbprint(server.export({ format: 'jwk' })));
  expect(keyName(programme)).toBe(await calculateJwkThumbprint(programme.export({ format: 'jwk' })));
});

test('what was handed over verifies and seals', async () => {
  const { keys, sealing } = trusted(trustSchema.parse(handedOver));
  const word = { station: 'st-000001', rev: 1, doc: { settings: {} }, at: '2026-11-22T02:00:00.000Z' };
  const reader = { station: 'st-000001', keys, nowMs: 0 };
  const signed = signServerWord('config', word, { kid: keyName(server), key: server });
  expect(readServerWord('config', signed, reader).kind).toBe('believed');
  const other = signServerWord('orders', { ...word, sha256: '0'.repeat(64), size: 1 } as never, {
    kid: keyName(server),
    key: server,
  });
  expect(readServerWord('orders', other, reader)).toMatchObject({ code: 'wrong-key' });
  const opened = await unseal(await seal({ a: 1 }, sealing), (kid) => (kid === sealing.kid ? programme : undefined));
  expect(opened).toEqual({ kind: 'opened', data: { a: 1 } });
});

test('a private key is never handed over, and no station key speaks for the server', () => {
  const [entry] = handedOver.server;
  const leaked = { ...entry, d: server.export({ format: 'jwk' }).d };
  expect(trustSchema.safeParse({ ...handedOver, server: [leaked] }).success).toBe(false);
  expect(trustSchema.safeParse({ ...handedOver, server: [{ ...entry, kinds: ['event'] }] }).success).toBe(false);
  expect(stationKeySchema.safeParse({ station: 'st-000001', signing: publicJwk(programme) }).success).toBe(false);
  expect(stationKeySchema.safeParse({ station: 'st-000001', signing: publicJwk(server) }).success).toBe(true);
});
