import { type Cut, FrameCutter } from '../../../../shared/frame-cutter.ts';

/**
 * Frame of the FM22x family: `EF AA | id u8 | size u16 BE | data[size] | xor of id, size and data`.
 * @source Hi-Link FM225 manual by way of the ESPHome component hlk_fm22x; vector `EF AA 00 00 05 13 00 00 03 1F 0A`
 */
export interface Frame {
  readonly id: number;
  readonly data: Uint8Array;
}

const SYNC = [0xef, 0xaa] as const;
const HEADER_BYTES = 5;
/** The longest known answer has 203 bytes, a picture block 4000: a larger size is a broken header. */
const LONGEST_DATA = 4_096;

export function encodeFrame(id: number, data: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + data.length + 1);
  frame.set([...SYNC, id, data.length >>> 8, data.length & 0xff]);
  frame.set(data, HEADER_BYTES);
  frame[frame.length - 1] = checksum(frame.subarray(SYNC.length, -1));
  return frame;
}

/** Finds frames in a stream of bytes, after noise, gaps and broken frames too. */
export function frameCutter(): FrameCutter<Frame> {
  return new FrameCutter(cutFrame);
}

function cutFrame(bytes: Uint8Array): Cut<Frame> {
  const start = bytes.indexOf(SYNC[0]);
  if (start !== 0) return { kind: 'skip', bytes: start < 0 ? bytes.length : start };
  if (bytes.length > 1 && bytes[1] !== SYNC[1]) return { kind: 'skip', bytes: 1 };
  const [, , id, high, low] = bytes;
  if (id === undefined || high === undefined || low === undefined) return { kind: 'more' };
  const size = (high << 8) | low;
  if (size > LONGEST_DATA) return { kind: 'skip', bytes: 1 };
  const end = HEADER_BYTES + size;
  const told = bytes[end];
  if (told === undefined) return { kind: 'more' };
  // A whole frame may hide behind a broken header: only the first byte is given up.
  if (told !== checksum(bytes.subarray(SYNC.length, end))) return { kind: 'skip', bytes: 1 };
  return { kind: 'frame', frame: { id, data: bytes.slice(HEADER_BYTES, end) }, bytes: end + 1 };
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}
