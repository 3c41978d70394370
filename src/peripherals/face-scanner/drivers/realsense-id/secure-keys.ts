import {
  createCipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type ECDH,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { StationFault } from '../../../../shared/fault.ts';
import type { Packet } from './packet.ts';
import { signedPart } from './packet.ts';

/** Long-lived keys of a paired station and module: each signs its part of every session's key exchange. */
export interface PairedKeys {
  readonly host: KeyObject;
  readonly device: KeyObject;
}

/** Keys of one session: AES-256-CTR hides the payload, HMAC-SHA256 over header and hidden payload seals it. */
export interface SessionKeys {
  readonly aes: Uint8Array;
  readonly hmac: Uint8Array;
}

const CURVE = 'prime256v1';
const PUBLIC_BYTES = 64;
const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;

/** @param pem the station's P-256 key  @param devicePoint the module's public key, X then Y */
export function pairedKeys(pem: string, devicePoint: Uint8Array): PairedKeys {
  try {
    return { host: createPrivateKey(pem), device: publicKeyOf(devicePoint) };
  } catch (cause) {
    throw new StationFault('CONFIG_INVALID', 'faceScanner.secure', 'not a pair of P-256 keys', { cause });
  }
}

/** The station's half of a key exchange: 64 bytes of fresh public key and 64 of ECDSA signature (r then s, SHA-256). */
export function beginExchange(keys: PairedKeys): {
  readonly offer: Uint8Array;
  finish(answer: Uint8Array): SessionKeys;
} {
  const ecdh = createECDH(CURVE);
  const point = ecdh.generateKeys().subarray(1);
  const signature = sign('sha256', point, { key: keys.host, dsaEncoding: 'ieee-p1363' });
  const finish = (answer: Uint8Array) => {
    const theirs = answer.subarray(0, PUBLIC_BYTES);
    const theirSignature = answer.subarray(PUBLIC_BYTES, PUBLIC_BYTES + SIGNATURE_BYTES);
    if (!verify('sha256', theirs, { key: keys.device, dsaEncoding: 'ieee-p1363' }, theirSignature)) {
      throw new StationFault('SCANNER_UNSAFE', 'realsense-id', 'the module is not the one that was paired');
    }
    return deriveKeys(sharedSecret(ecdh, theirs));
  };
  return { offer: Buffer.concat([point, signature]), finish };
}

/** Also a paired module may send a point that is not on the curve; a secret with such a one would give our key away. */
function sharedSecret(ecdh: ECDH, point: Uint8Array): Uint8Array {
  try {
    return ecdh.computeSecret(Uint8Array.of(4, ...point));
  } catch (cause) {
    throw new StationFault('SCANNER_UNSAFE', 'realsense-id', "the module's session key is no point on P-256", {
      cause,
    });
  }
}

/** HKDF-SHA256 (RFC 5869) with the salts "aes" and "hmac" and no info. */
export function deriveKeys(secret: Uint8Array): SessionKeys {
  const key = (salt: string) => new Uint8Array(hkdfSync('sha256', secret, salt, '', KEY_BYTES));
  return { aes: key('aes'), hmac: key('hmac') };
}

/** Encrypts and signs. @param iv 16 random bytes, never twice with the same keys */
export function sealPacket(id: string, payload: Uint8Array, iv: Uint8Array, keys: SessionKeys): Packet {
  const hidden = { id, iv, payload: throughAes(payload, iv, keys.aes) };
  return { ...hidden, hmac: hmacOf(hidden, keys) };
}

/** @returns the payload in clear, or `undefined` when the packet is not from who holds the keys */
export function unsealPacket(packet: Packet, keys: SessionKeys): Uint8Array | undefined {
  if (!timingSafeEqual(packet.hmac, hmacOf(packet, keys))) return undefined;
  return throughAes(packet.payload, packet.iv, keys.aes);
}

function hmacOf(packet: Omit<Packet, 'hmac'>, keys: SessionKeys): Uint8Array {
  return createHmac('sha256', keys.hmac).update(signedPart(packet)).digest();
}

/** In counter mode hiding and showing are the same. */
function throughAes(bytes: Uint8Array, iv: Uint8Array, key: Uint8Array): Uint8Array {
  return Uint8Array.from(createCipheriv('aes-256-ctr', key, iv).update(bytes));
}

function publicKeyOf(point: Uint8Array): KeyObject {
  const part = (start: number) => Buffer.from(point.subarray(start, start + KEY_BYTES)).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(0), y: part(KEY_BYTES) }, format: 'jwk' });
}
