import type { HintId } from '../../../../visit/types.ts';
import type { ScannerBox, ScannerVerdict } from '../../port.ts';
import { boxInPicture } from '../../verdict-window.ts';
import { LONGEST_PAYLOAD, PAYLOAD_STEP } from './packet.ts';

/** Ids of the packets that this driver sends or understands. Enrolment and identification are not among them, on purpose. */
export const IDS = {
  startSession: 'o',
  hostKey: 'c',
  deviceKey: 'd',
  detectAttack: 'B',
  removeAllUsers: 'C',
  countUsers: 'n',
  queryConfig: 'q',
  setConfig: 's',
  standby: 't',
  faces: 'g',
  hint: 'H',
  progress: 'P',
  result: 'R',
  reply: 'Y',
} as const;

export const TEXT = {
  /** Switches the module's console to packets; stands before every packet. */
  packet: '\r\n__FACE_API__\r\n',
  cancel: '\r\n__FACE_CANCEL__\r\n',
  version: '\r\nbspver\r\n',
} as const;

const SEQ_BYTES = 4;
const USER_ID_BYTES = 31;
const STATUS_ZERO = 0x30;

/** Sequence number and body, filled with zeros to a multiple of 32. */
export function encodePayload(seq: number, body: Uint8Array): Uint8Array {
  const size = Math.ceil((SEQ_BYTES + body.length) / PAYLOAD_STEP) * PAYLOAD_STEP;
  if (size > LONGEST_PAYLOAD) throw new RangeError('payload too long');
  const payload = new Uint8Array(size);
  new DataView(payload.buffer).setUint32(0, seq, true);
  payload.set(body, SEQ_BYTES);
  return payload;
}

/** @returns the sequence number and the body with its filling: the body's own length is not told */
export function readPayload(payload: Uint8Array): { readonly seq: number; readonly body: Uint8Array } {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  return { seq: view.getUint32(0, true), body: payload.slice(SEQ_BYTES) };
}

/** Body of a command without a user: user id[31] and eight reserved bytes zero, status '0'. */
export function commandBody(): Uint8Array {
  const body = new Uint8Array(USER_ID_BYTES + 1 + 8);
  body[USER_ID_BYTES] = STATUS_ZERO;
  return body;
}

/** The status of an answer with a capital id. The user id before it is not looked at. */
export function readStatus(body: Uint8Array): number {
  return ((body[USER_ID_BYTES] ?? 0) - STATUS_ZERO) & 0xff;
}

const MOST_FACES = 10;
const FACE_BYTES = 16;
/** Number of faces, time stamp u32, then x, y, width, height of each as u32 LE. */
const FACES_START = 5;

/** @returns how many faces the module sees, and the first one's box; never throws, whatever the bytes */
export function readFaces(
  body: Uint8Array,
  picture: { readonly width: number; readonly height: number } | null,
): { readonly count: number; readonly box: ScannerBox | null } {
  const count = Math.min(MOST_FACES, body[0] ?? 0);
  if (count !== 1 || body.length < FACES_START + FACE_BYTES) return { count, box: null };
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const [left = 0, top = 0, width = 0, height = 0] = [0, 4, 8, 12].map((at) => view.getUint32(FACES_START + at, true));
  return { count, box: boxInPicture({ left, top, right: left + width, bottom: top + height }, picture) };
}

/** Position of the settings that matter, the same in every known layout. */
export const CONFIG = { securityLevel: 1, algorithms: 2 } as const;
/** Security level 0 = high (2 = low is the module's default); algorithms 0 = all (1 = face detection only is its default). */
const SAFE = { securityLevel: 0, algorithms: 0 } as const;

export function isSafeConfig(body: Uint8Array): boolean {
  return body[CONFIG.securityLevel] === SAFE.securityLevel && body[CONFIG.algorithms] === SAFE.algorithms;
}

/** The same settings with attack detection on, at its strictest; everything else as it is. */
export function safeConfig(body: Uint8Array): Uint8Array {
  const safe = Uint8Array.from(body);
  safe[CONFIG.securityLevel] = SAFE.securityLevel;
  safe[CONFIG.algorithms] = SAFE.algorithms;
  return safe;
}

/** Firmware with 60 bytes of settings counts its statuses anew; that with 7 or 8 fits one step of 32. */
export type Generation = 'f45x' | 'later';

export function generationOf(configBody: Uint8Array): Generation {
  return configBody.length > PAYLOAD_STEP - SEQ_BYTES ? 'later' : 'f45x';
}

export type StatusMeaning =
  | { readonly kind: ScannerVerdict['kind'] }
  /** A face is there, and this would help. */
  | { readonly kind: 'hint'; readonly hint: HintId | null }
  | { readonly kind: 'nothing' };

const hint = (value: HintId | null): StatusMeaning => ({ kind: 'hint', hint: value });
const centre = hint('to-the-middle');
const straight = hint('look-straight');
const nothing: StatusMeaning = { kind: 'nothing' };
const notRun: StatusMeaning = { kind: 'not-run' };

/**
 * Authentication statuses. 0 alone is bona fide, in every firmware; how the rest is counted differs. Accessories (50, 51)
 * and distances (61, 63) are guidance.
 */
const SHARED: Readonly<Record<number, StatusMeaning>> = {
  0: { kind: 'bona-fide' },
  1: { kind: 'no-face' },
  2: hint(null),
  50: hint('look-at-camera'),
  51: hint('look-at-camera'),
  61: hint('come-closer'),
  63: hint('move-back'),
};
const BY_GENERATION: Readonly<Record<Generation, Readonly<Record<number, StatusMeaning>>>> = {
  f45x: {
    ...Object.fromEntries([4, 5, 6, 7].map((status) => [status, centre])),
    ...Object.fromEntries([8, 9, 10, 11, 12].map((status) => [status, straight])),
    13: nothing,
    14: nothing,
    15: hint('look-at-camera'),
    16: { kind: 'attack' },
    20: { kind: 'attack' },
  },
  later: {
    ...Object.fromEntries([8, 9, 10, 11].map((status) => [status, centre])),
    ...Object.fromEntries([12, 13, 14, 15, 16].map((status) => [status, straight])),
    17: nothing,
    18: nothing,
    19: { kind: 'attack' },
    23: { kind: 'attack' },
    25: hint('look-at-camera'),
  },
};
const ATTACK_KINDS = { first: 120, last: 127 } as const;

/** What a status means; every one that is not in a table is a `not-run`. */
export function meaningOf(status: number, generation: Generation): StatusMeaning {
  if (status >= ATTACK_KINDS.first && status <= ATTACK_KINDS.last) return { kind: 'attack' };
  return SHARED[status] ?? BY_GENERATION[generation][status] ?? notRun;
}
