import type { FaultCode } from '../../../../shared/faults.ts';
import type { HintId } from '../../../../visit/types.ts';
import type { Frame } from './frame.ts';

/** Ids of the frames that come from the module. */
const FROM_MODULE = { reply: 0x00, note: 0x01 } as const;

/**
 * The commands that this driver can send. Not among them, on purpose: 0x13, 0x1d, 0x26 and 0xf7, which leave a template in
 * the module's flash, and 0x52, which writes an encryption key that can never be changed again.
 */
export const COMMANDS = {
  reset: 0x10,
  getStatus: 0x11,
  verify: 0x12,
  deleteAll: 0x21,
  getAllUserIds: 0x24,
  getVersion: 0x30,
  getSerial: 0x93,
  powerDown: 0xed,
  demoMode: 0xfe,
} as const;
export type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

export const RESULTS = { ok: 0, camera: 4, attack: 12, timeout: 13, authorization: 14, encryption: 21 } as const;

/** GETSTATUS: 0 standby, 1 busy, 2 error, 3 not initialised, 4 updating. */
export const STATUSES = { error: 2, updating: 4 } as const;

export type FromModule =
  | { readonly kind: 'reply'; readonly command: number; readonly result: number; readonly data: Uint8Array }
  | { readonly kind: 'ready' }
  | { readonly kind: 'face-state'; readonly note: FaceNote }
  | { readonly kind: 'fault'; readonly code: FaultCode; readonly detail: string }
  | { readonly kind: 'other' };

export interface FaceNote {
  readonly state: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const NOTES = { ready: 0, faceState: 1, unknownError: 2, authorization: 8 } as const;
/** Note id, then state, left, top, right, bottom, yaw, pitch, roll. */
const FACE_NOTE_BYTES = 1 + 8 * 2;

/** What a frame means; never throws, whatever its bytes. */
export function readFrame({ id, data }: Frame): FromModule {
  if (id === FROM_MODULE.reply) {
    const [command, result] = data;
    if (command === undefined || result === undefined) return { kind: 'other' };
    return { kind: 'reply', command, result, data: data.slice(2) };
  }
  if (id !== FROM_MODULE.note) return { kind: 'other' };
  switch (data[0]) {
    case NOTES.ready:
      return { kind: 'ready' };
    case NOTES.faceState:
      return data.length < FACE_NOTE_BYTES ? { kind: 'other' } : { kind: 'face-state', note: faceNote(data) };
    case NOTES.unknownError:
      return { kind: 'fault', code: 'SCANNER_FAULTY', detail: 'the module tells an unknown error' };
    case NOTES.authorization:
      return { kind: 'fault', code: 'SCANNER_FAULTY', detail: "the module's licence check failed" };
    default:
      return { kind: 'other' };
  }
}

/** Unlike everything else in this protocol the fields of a face note have their low byte first. */
function faceNote(data: Uint8Array): FaceNote {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const field = (index: number) => view.getInt16(1 + 2 * index, true);
  return { state: field(0), left: field(1), top: field(2), right: field(3), bottom: field(4) };
}

/** Face state → what to say. Eyes open or closed asks for nothing: nobody is made to blink (domain rule 3). */
const FACE_STATES: Readonly<Record<number, { readonly isFace: boolean; readonly hint: HintId | null }>> = {
  0: { isFace: true, hint: null },
  1: { isFace: false, hint: 'look-at-camera' },
  2: { isFace: true, hint: 'to-the-middle' },
  3: { isFace: true, hint: 'to-the-middle' },
  4: { isFace: true, hint: 'to-the-middle' },
  5: { isFace: true, hint: 'to-the-middle' },
  6: { isFace: true, hint: 'come-closer' },
  7: { isFace: true, hint: 'move-back' },
  8: { isFace: true, hint: 'look-at-camera' },
  9: { isFace: true, hint: 'look-at-camera' },
  10: { isFace: true, hint: 'look-at-camera' },
  11: { isFace: true, hint: 'look-straight' },
  12: { isFace: true, hint: null },
  13: { isFace: true, hint: null },
  14: { isFace: true, hint: null },
};

/** A state that is not in the table is no face that could be vouched for. */
export function faceState(state: number): { readonly isFace: boolean; readonly hint: HintId | null } {
  return FACE_STATES[state] ?? { isFace: false, hint: 'look-at-camera' };
}

/** Printable beginning of a text field: serial numbers are padded with bytes of any value. */
export function readText(data: Uint8Array): string | null {
  const end = data.findIndex((byte) => byte < 0x20 || byte > 0x7e);
  const text = String.fromCharCode(...data.slice(0, end < 0 ? data.length : end)).trim();
  return text === '' ? null : text.slice(0, 64);
}
