import { type Cut, FrameCutter } from '../../../../shared/frame-cutter.ts';

/**
 * RealSense ID packet, protocol 3:
 * `'@' 'F' | 3 | id | iv[16] | payload size u16 LE | payload | hmac[32] | crc u16 LE`,
 * payload = sequence number u32 LE + body, filled with zeros to a multiple of 32 (at most 8128).
 * @source IntelRealSense/RealSenseID, src/PacketManager (Apache-2.0; facts only)
 */
export interface Packet {
  /** One character; capitals carry a user id and a status, small letters data. */
  readonly id: string;
  readonly iv: Uint8Array;
  /** Still encrypted in a secure session. */
  readonly payload: Uint8Array;
  readonly hmac: Uint8Array;
}

const HEADER_BYTES = 22;
const IV_BYTES = 16;
const HMAC_BYTES = 32;
const CRC_BYTES = 2;
const VERSION = 3;
export const PAYLOAD_STEP = 32;
export const LONGEST_PAYLOAD = 8_128;
const SYNC = [0x40, 0x46, VERSION] as const;

/** A packet without encryption: iv and hmac are zero. */
export function plainPacket(id: string, payload: Uint8Array): Packet {
  return { id, iv: new Uint8Array(IV_BYTES), payload, hmac: new Uint8Array(HMAC_BYTES) };
}

/** Header and payload as they travel: what the hmac of a secure session is taken over. */
export function signedPart({ id, iv, payload }: Omit<Packet, 'hmac'>): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  bytes.set([...SYNC, id.charCodeAt(0)]);
  bytes.set(iv, 4);
  bytes.set([payload.length & 0xff, payload.length >>> 8], 20);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

export function encodePacket(packet: Packet): Uint8Array {
  const signed = signedPart(packet);
  const bytes = new Uint8Array(signed.length + HMAC_BYTES + CRC_BYTES);
  bytes.set(signed);
  bytes.set(packet.hmac, signed.length);
  const [crc] = checksums(signed, packet.hmac);
  bytes.set([crc & 0xff, crc >>> 8], signed.length + HMAC_BYTES);
  return bytes;
}

/** Finds packets in a stream of bytes, between console text, noise and broken packets. */
export function packetCutter(): FrameCutter<Packet> {
  return new FrameCutter(cutPacket);
}

function cutPacket(bytes: Uint8Array): Cut<Packet> {
  const start = bytes.indexOf(SYNC[0]);
  if (start !== 0) return { kind: 'skip', bytes: start < 0 ? bytes.length : start };
  if (SYNC.some((byte, index) => (bytes[index] ?? byte) !== byte)) return { kind: 'skip', bytes: 1 };
  if (bytes.length < HEADER_BYTES) return { kind: 'more' };
  const size = (bytes[20] ?? 0) | ((bytes[21] ?? 0) << 8);
  if (size === 0 || size > LONGEST_PAYLOAD || size % PAYLOAD_STEP !== 0) return { kind: 'skip', bytes: 1 };
  const signedBytes = HEADER_BYTES + size;
  const end = signedBytes + HMAC_BYTES + CRC_BYTES;
  if (bytes.length < end) return { kind: 'more' };
  const signed = bytes.subarray(0, signedBytes);
  const hmac = bytes.slice(signedBytes, signedBytes + HMAC_BYTES);
  const crc = (bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8);
  if (!checksums(signed, hmac).includes(crc)) return { kind: 'skip', bytes: 1 };
  const packet: Packet = {
    id: String.fromCharCode(bytes[3] ?? 0),
    iv: bytes.slice(4, 4 + IV_BYTES),
    payload: bytes.slice(HEADER_BYTES, signedBytes),
    hmac,
  };
  return { kind: 'frame', frame: packet, bytes: end };
}

/**
 * The CRC as it is sent, then the other one that is believed. The protocol's description takes it over header, payload and
 * hmac; the published implementation reads on in its own memory, where behind a payload that is not of full length lie zeros
 * instead of the hmac. Without encryption both are the same. Only the hmac protects a secure session, so both are believed.
 */
function checksums(signed: Uint8Array, hmac: Uint8Array): readonly [number, number] {
  const start = crc16(signed, CRC_START);
  const described = crc16(hmac, start);
  const isFull = signed.length === HEADER_BYTES + LONGEST_PAYLOAD;
  return [isFull ? described : crc16(new Uint8Array(HMAC_BYTES), start), described];
}

const CRC_START = 0x1d0f;

/** CRC-16/SPI-FUJITSU, also known as AUG-CCITT: polynomial 1021; "123456789" from 1D0F gives E5CC. */
export function crc16(bytes: Uint8Array, start: number): number {
  let crc = start;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
