import { type Cut, FrameCutter } from '../../../../shared/frame-cutter.ts';

/**
 * CCID messages (USB CCID 1.1 §6) on a serial line, framed as the ACR1281S does:
 * `02 | header[10] | data | xor(header, data) | 03`; each command is first acknowledged by a status frame `02 s s 03`; a card
 * that comes or goes is told by `02 50 slots xor 03`.
 *
 * @source ACR1281S specification V1.01 (Advanced Card Systems, 2010-12-15), pages 14–25 and 53
 */
export type CcidFrame =
  | { readonly kind: 'status'; readonly status: number }
  /** Two bits for each slot from the lowest on: is a card in, has that changed. */
  | { readonly kind: 'notice'; readonly slots: number }
  | { readonly kind: 'message'; readonly message: CcidMessage }
  /** Something that began as a message and was not sound: the reader can be asked for it again. */
  | { readonly kind: 'damaged' };

export interface CcidMessage {
  readonly type: number;
  readonly slot: number;
  readonly seq: number;
  /** Of the header's last three bytes: bStatus, bError and a third by kind of message. */
  readonly status: number;
  readonly error: number;
  readonly data: Uint8Array;
}

/** Status frames: the first means "heard", the others why not. */
export const STATUS = { taken: 0x00, checksum: 0xff, length: 0xfe, end: 0xfd, slot: 0xfb, timeOut: 0x99 } as const;

const [STX, ETX] = [0x02, 0x03];
const NOTICE = 0x50;
const [FIRST_ANSWER, LAST_ANSWER] = [0x80, 0x83];
const STATUSES: readonly number[] = Object.values(STATUS);
const HEADER_BYTES = 10;
/** A short APDU of 5 bytes and 256 of data; readers refuse more, and an answer is shorter. */
export const LONGEST_DATA = 0x105;
const NOTICE_BYTES = 5;
const STATUS_BYTES = 4;

/** Asks the reader to say its last message again: a header, or rather a frame, of nothing but zeros. */
export const SAY_AGAIN = Uint8Array.of(STX, ...new Uint8Array(HEADER_BYTES + 1), ETX);

/** @param more the header's last three bytes, whose meaning depends on the command */
export function encodeCommand(
  type: number,
  slot: number,
  seq: number,
  more: readonly [number, number, number],
  data: Uint8Array,
): Uint8Array {
  const frame = new Uint8Array(1 + HEADER_BYTES + data.length + 2);
  frame.set([STX, type, data.length & 0xff, data.length >>> 8, 0, 0, slot, seq, ...more]);
  frame.set(data, 1 + HEADER_BYTES);
  frame.set([checksum(frame.subarray(1, -2)), ETX], frame.length - 2);
  return frame;
}

/** Finds frames in a stream of bytes, after noise, gaps and broken frames too. */
export function ccidCutter(): FrameCutter<CcidFrame> {
  return new FrameCutter(cutFrame);
}

function cutFrame(bytes: Uint8Array): Cut<CcidFrame> {
  const start = bytes.indexOf(STX);
  if (start !== 0) return { kind: 'skip', bytes: start < 0 ? bytes.length : start };
  const second = bytes[1];
  if (second === undefined) return { kind: 'more' };
  if (second === NOTICE) return cutNotice(bytes);
  if (second >= FIRST_ANSWER && second <= LAST_ANSWER) return cutMessage(bytes);
  if (!STATUSES.includes(second)) return { kind: 'skip', bytes: 1 };
  if (bytes.length < STATUS_BYTES) return { kind: 'more' };
  if (bytes[2] !== second || bytes[3] !== ETX) return { kind: 'skip', bytes: 1 };
  return { kind: 'frame', frame: { kind: 'status', status: second }, bytes: STATUS_BYTES };
}

function cutNotice(bytes: Uint8Array): Cut<CcidFrame> {
  const [, , slots, told, end] = bytes;
  if (slots === undefined || told === undefined || end === undefined) return { kind: 'more' };
  if (told !== (NOTICE ^ slots) || end !== ETX) return { kind: 'frame', frame: { kind: 'damaged' }, bytes: 1 };
  return { kind: 'frame', frame: { kind: 'notice', slots }, bytes: NOTICE_BYTES };
}

function cutMessage(bytes: Uint8Array): Cut<CcidFrame> {
  const [, type = 0, low, high, higher, highest, slot = 0, seq = 0, status = 0, error = 0] = bytes;
  if (low === undefined || high === undefined || higher === undefined || highest === undefined) return { kind: 'more' };
  const size = low | (high << 8);
  if (higher !== 0 || highest !== 0 || size > LONGEST_DATA) {
    return { kind: 'frame', frame: { kind: 'damaged' }, bytes: 1 };
  }
  const end = 1 + HEADER_BYTES + size;
  if (bytes.length < end + 2) return { kind: 'more' };
  // With the end where it belongs the length was right, and nothing inside is taken for a frame of its own.
  if (bytes[end + 1] !== ETX) return { kind: 'frame', frame: { kind: 'damaged' }, bytes: 1 };
  if (bytes[end] !== checksum(bytes.subarray(1, end))) {
    return { kind: 'frame', frame: { kind: 'damaged' }, bytes: end + 2 };
  }
  const message = { type, slot, seq, status, error, data: bytes.slice(1 + HEADER_BYTES, end) };
  return { kind: 'frame', frame: { kind: 'message', message }, bytes: end + 2 };
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}
