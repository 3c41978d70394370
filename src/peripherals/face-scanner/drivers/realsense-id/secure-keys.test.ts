import { createECDH, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodePayload } from './messages.ts';
import { beginExchange, deriveKeys, pairedKeys, sealPacket, unsealPacket } from './secure-keys.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

test('ECDH on P-256 gives the secret of the NIST vector (CAVP ECC CDH, P-256, count 0)', () => {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(bytes('7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534'));
  const theirs =
    '04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac';
  expect(ecdh.computeSecret(bytes(theirs)).toString('hex')).toBe(
    '46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b',
  );
});

test('the keys are HKDF-SHA256 with the salts "aes" and "hmac", worked out by hand', () => {
  const secret = bytes('46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b');
  const byHand = (salt: string) => {
    const extracted = createHmac('sha256', salt).update(secret).digest();
    return createHmac('sha256', extracted).update(Uint8Array.of(1)).digest('hex');
  };
  const keys = deriveKeys(secret);
  expect(Buffer.from(keys.aes).toString('hex')).toBe(byHand('aes'));
  expect(Buffer.from(keys.hmac).toString('hex')).toBe(byHand('hmac'));
});

test('the payload is hidden by AES-256-CTR as in the NIST vector (SP 800-38A F.5.5)', () => {
  const keys = {
    aes: bytes('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4'),
    hmac: new Uint8Array(32),
  };
  const iv = bytes('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
  const clear = bytes('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51');
  const sealed = sealPacket('B', clear, iv, keys);
  expect(Buffer.from(sealed.payload).toString('hex')).toBe(
    '601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5',
  );
  expect(unsealPacket(sealed, keys)).toEqual(clear);
});

test('a packet whose header, iv, payload or seal was changed is not opened', () => {
  const keys = deriveKeys(new Uint8Array(32).fill(1));
  const sealed = sealPacket('B', encodePayload(1, new Uint8Array(8)), new Uint8Array(16).fill(2), keys);
  const flip = (part: Uint8Array) => part.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
  expect(unsealPacket({ ...sealed, id: 'A' }, keys)).toBeUndefined();
  expect(unsealPacket({ ...sealed, iv: flip(sealed.iv) }, keys)).toBeUndefined();
  expect(unsealPacket({ ...sealed, payload: flip(sealed.payload) }, keys)).toBeUndefined();
  expect(unsealPacket({ ...sealed, hmac: flip(sealed.hmac) }, keys)).toBeUndefined();
  expect(unsealPacket(sealed, deriveKeys(new Uint8Array(32)))).toBeUndefined();
});

test('keys that are none, and a module that was not paired, are refused by code', () => {
  expect(() => pairedKeys('no key', new Uint8Array(64))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const exchange = beginExchange({ host: privateKey, device: publicKey });
  expect(exchange.offer).toHaveLength(128);
  expect(() => exchange.finish(new Uint8Array(128))).toThrow(expect.objectContaining({ code: 'SCANNER_UNSAFE' }));
});

test('a session key that is no point on the curve is refused by code, whoever signed it', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = new Uint8Array(64).fill(1);
  const signature = sign('sha256', point, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const { finish } = beginExchange({ host: privateKey, device: publicKey });
  expect(() => finish(Buffer.concat([point, signature]))).toThrow(expect.objectContaining({ code: 'SCANNER_UNSAFE' }));
});
