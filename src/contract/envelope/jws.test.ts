import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, compactVerify } from 'jose';
import { expect, test } from 'vitest';
import { keyOf, NOW_MS, registry, signerOf, stationSigner, verifierOf } from '../../../tests/fixtures/contract/keys.ts';
import { MAX_BYTES, SIGNED_KINDS, type SignedKind } from '../messages.ts';
import { base64url, messageHash, signStatement, verifyStatement } from './jws.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (message: Uint8Array) => Buffer.from(message).toString('latin1');
const verify = (message: Uint8Array, kind: SignedKind = 'event') => verifyStatement(kind, message, registry, NOW_MS);
const codeOf = (message: Uint8Array, kind?: SignedKind) => {
  const read = verify(message, kind);
  return read.kind === 'refused' ? read.code : read.kind;
};
const SAID = bytes('{"said":"this"}');
const MESSAGE = signStatement('event', SAID, stationSigner);
const HEAD = { alg: 'EdDSA', typ: 'thuengban-event.v1', kid: 'station-1' };

/** Signed by jose, which nobody here wrote. */
const joseSigned = async (head: Record<string, unknown>, kid = 'station-1') =>
  bytes(await new CompactSign(SAID).setProtectedHeader({ ...HEAD, ...head }).sign(keyOf('ed25519', kid)));

test('TB-MSG-020 what we sign, jose verifies; what jose signs, we verify', async () => {
  const read = await compactVerify(textOf(MESSAGE), createPublicKey(stationSigner.key), { algorithms: ['EdDSA'] });
  expect(read.protectedHeader).toEqual(HEAD);
  expect(textOf(read.payload)).toBe('{"said":"this"}');
  const ours = verify(await joseSigned({}));
  expect(ours).toMatchObject({ kind: 'verified', kid: 'station-1', station: 'st-000001', hash: messageHash(MESSAGE) });
});

test('TB-MSG-021 another spelling of the same signature is refused, not taken for another event', () => {
  const text = textOf(MESSAGE);
  const [head, payload, signature = ''] = text.split('.');
  const slack = `${signature.slice(0, -1)}${String.fromCharCode(signature.charCodeAt(signature.length - 1) + 1)}`;
  expect(Buffer.from(slack, 'base64url').equals(Buffer.from(signature, 'base64url'))).toBe(true);
  for (const other of [
    `${head}.${payload}.${slack}`,
    `${text}=`,
    `${text}\n`,
    ` ${text}`,
    `${text}.`,
    `${head}.${payload}`,
    `${head}..${signature}`,
    `${head}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}`,
  ])
    expect(codeOf(bytes(other)), other).toBe('garbage');
});

test('TB-MSG-022 whatever byte is changed, dropped or added, the message is not believed', () => {
  fc.assert(
    fc.property(
      fc.nat(MESSAGE.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom(0, 1, 2),
      (at, flip, how) => {
        const changed = Uint8Array.from(MESSAGE);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const other = [
          changed,
          MESSAGE.filter((_, n) => n !== at),
          Uint8Array.of(...MESSAGE.subarray(0, at), flip, ...MESSAGE.subarray(at)),
        ][how];
        if (!other || Buffer.from(other).equals(Buffer.from(MESSAGE))) return;
        expect(verify(other).kind).toBe('refused');
      },
    ),
    { numRuns: 300 },
  );
});

test('TB-MSG-022 a changed statement under the old signature is named tampered', () => {
  const [head, , signature] = textOf(MESSAGE).split('.');
  expect(codeOf(bytes(`${head}.${base64url(bytes('{"said":"that"}'))}.${signature}`))).toBe('tampered');
});

test('TB-MSG-023 keys that are not registered, and those of the wrong make, are named', async () => {
  expect(codeOf(signStatement('event', SAID, signerOf('stranger')))).toBe('unknown-key');
  expect(codeOf(signStatement('event', SAID, { ...signerOf('stranger'), kid: 'station-1' }))).toBe('tampered');
  const p256 = { ...verifierOf('station-1'), key: createPublicKey(keyOf('x25519', 'a')) };
  const read = verifyStatement('event', MESSAGE, () => p256, NOW_MS);
  expect(read).toMatchObject({ kind: 'refused', code: 'wrong-key' });
});

test('TB-MSG-024 one kind of statement is never read as another, even under a key that may sign both', () => {
  for (const signed of SIGNED_KINDS)
    for (const read of SIGNED_KINDS) {
      const message = signStatement(signed, SAID, signerOf('all'));
      const verdict = verifyStatement(read, message, () => verifierOf('all'), NOW_MS);
      expect(verdict.kind).toBe(signed === read ? 'verified' : 'refused');
    }
  expect(codeOf(signStatement('cmd', SAID, signerOf('ingest-1')), 'cmd')).toBe('wrong-key');
});

test('TB-MSG-025 a key past its end signs nothing that is believed', () => {
  expect(codeOf(signStatement('event', SAID, signerOf('station-lost')))).toBe('expired');
  const before = verifyStatement(
    'event',
    signStatement('event', SAID, signerOf('station-lost')),
    registry,
    NOW_MS - 3 * 86_400_000,
  );
  expect(before.kind).toBe('verified');
});

test('TB-MSG-020 other algorithms and headers that change the meaning are refused', async () => {
  const [, payload] = textOf(MESSAGE).split('.');
  const unsigned = (head: object, signature: string) =>
    bytes(`${base64url(bytes(JSON.stringify(head)))}.${payload}.${signature}`);
  expect(codeOf(unsigned({ ...HEAD, alg: 'none' }, 'AA'))).toBe('garbage');
  expect(codeOf(unsigned({ ...HEAD, alg: 'HS256' }, 'AA'))).toBe('garbage');
  expect(codeOf(unsigned({ ...HEAD, crit: ['b64'], b64: false }, 'AA'))).toBe('garbage');
  expect(codeOf(unsigned({ ...HEAD, typ: 'JWT' }, 'AA'))).toBe('garbage');
  expect(codeOf(unsigned({ ...HEAD, typ: 'thuengban-event.v2' }, 'AA'))).toBe('unknown-major');
  // A header of tomorrow that changes nothing is ignored.
  expect(verify(await joseSigned({ note: 'new' })).kind).toBe('verified');
});

test('TB-MSG-031 garbage is refused with a code', () => {
  expect(codeOf(new Uint8Array(MAX_BYTES.event + 1))).toBe('too-large');
  for (const text of ['', '.', '..', '...', 'a.b.c', '{}', 'e30.e30.e30', 'bnVsbA.e30.e30', '\u0000'])
    expect(codeOf(bytes(text)), text).toBe('garbage');
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }).map(bytes)), (input) => {
      expect(verify(input).kind).toBe('refused');
    }),
  );
});
