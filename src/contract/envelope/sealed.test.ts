import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { expect, test } from 'vitest';
import { keyOf, openingKeys, sealingKey } from '../../../tests/fixtures/contract/keys.ts';
import { seal, sealedTo, unseal } from './sealed.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const codeOf = async (sealed: string, keys = openingKeys) => {
  const read = await unseal(sealed, keys);
  return read.kind === 'refused' ? read.code : read.kind;
};
/** A JWE with another header or content than ours. */
const otherJwe = (head: Record<string, string>, text = '{}') =>
  new CompactEncrypt(bytes(text))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'programme-1', ...head })
    .encrypt(sealingKey.key);

test('TB-MSG-027 what is sealed opens with the key of the programme and with no other', async () => {
  const data = { outcome: 'verified', ที่: 'ตำบล', n: 1 };
  const sealed = await seal(data, sealingKey);
  expect(decodeProtectedHeader(sealed)).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'programme-1' });
  expect(decodeProtectedHeader(sealed)['epk']).toMatchObject({ kty: 'OKP', crv: 'X25519' });
  expect(sealedTo(sealed)).toBe('programme-1');
  expect(await unseal(sealed, openingKeys)).toEqual({ kind: 'opened', data });
  expect(await codeOf(sealed, () => undefined)).toBe('unknown-key');
  expect(await codeOf(sealed, () => keyOf('x25519', 'another'))).toBe('wrong-key');
  expect(await seal(data, sealingKey)).not.toBe(sealed);
});

test('TB-MSG-027 any JSON object comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.jsonValue(),
      ),
      async (data) => {
        const same = JSON.parse(JSON.stringify(data));
        expect(await unseal(await seal(same, sealingKey), openingKeys)).toEqual({ kind: 'opened', data: same });
      },
    ),
    { numRuns: 30 },
  );
});

test('TB-MSG-027 a changed seal does not open, and other algorithms are not ours', async () => {
  const sealed = await seal({ a: 1 }, sealingKey);
  const [head, , iv, text = '', tag] = sealed.split('.');
  const flipped = `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
  expect(await codeOf([head, '', iv, flipped, tag].join('.'))).toBe('wrong-key');
  expect(await codeOf(await otherJwe({ enc: 'A128GCM' }))).toBe('garbage');
  expect(await codeOf(await otherJwe({ alg: 'ECDH-ES+A256KW' }))).toBe('garbage');
  expect(await codeOf(await otherJwe({ kid: 'a b' }))).toBe('garbage');
  const zipped = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(sealed), zip: 'DEF' })).toString('base64url');
  expect(await codeOf([zipped, '', iv, text, tag].join('.'))).toBe('garbage');
  expect(await codeOf(await otherJwe({}, '[]'))).toBe('invalid');
  expect(await codeOf(await otherJwe({}, 'no json'))).toBe('invalid');
  expect(createPublicKey(keyOf('x25519', 'programme-1')).asymmetricKeyType).toBe('x25519');
});

test('TB-MSG-028 two records of different length look alike', async () => {
  const [one, other] = [await seal({ reason: null }, sealingKey), await seal({ reason: 'x'.repeat(200) }, sealingKey)];
  expect(one.length).toBe(other.length);
  const key = openingKeys('programme-1');
  if (!key) throw new Error('no key');
  expect((await compactDecrypt(one, key)).plaintext.length).toBe(256);
});

test('TB-MSG-031 whatever is handed in, it opens or is refused with a code', async () => {
  const sealed = await seal({ a: 1 }, sealingKey);
  const cut = fc.nat(sealed.length - 1).map((at) => sealed.slice(0, at));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), cut), async (text) => {
      expect((await unseal(text, openingKeys)).kind).toBe('refused');
    }),
  );
});
