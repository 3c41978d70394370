import { StationFault } from '../../shared/fault.ts';
import { type ChipRange, THAI_ID_AID } from './memory-map.ts';
import type { CardResponse } from './port.ts';

/** Sends one command and waits for its answer, within whatever limit the caller has set. */
export type Send = (command: Uint8Array) => Promise<CardResponse>;

export const SW_OK = 0x9000;

/** SELECT by name (ISO/IEC 7816-4 §11.1.1) of the Thai ID applet. */
export const SELECT_THAI_ID = Uint8Array.of(0x00, 0xa4, 0x04, 0x00, THAI_ID_AID.length, ...THAI_ID_AID);

/** The applet's own READ BINARY: class 80, and the length as two data bytes instead of Le. */
export function readBinary({ offset, length }: ChipRange): Uint8Array {
  return Uint8Array.of(0x80, 0xb0, offset >> 8, offset & 0xff, 0x02, length >> 8, length & 0xff);
}

/** Cards whose ATR begins with 3B 67 want P2 = 1 in GET RESPONSE; with 0 they answer blanks. */
export function getResponseP2(atr: Uint8Array): 0 | 1 {
  return atr[0] === 0x3b && atr[1] === 0x67 ? 1 : 0;
}

/** No field needs more answers than this; a card that goes on is out of order. */
const MOST_ANSWERS = 8;

/**
 * Sends a command and gathers its whole response, whoever fetches it: a T=0 card says 61xx and is asked by GET
 * RESPONSE (again, while it says 61xx); a reader that works at APDU level answers data and 9000 at once; 6Cxx names
 * the length to ask for (ISO/IEC 7816-3 §12.2.1). The length asked for is always the card's, never our wish.
 * @returns all data and the last status word
 */
export async function exchange(send: Send, command: Uint8Array, p2: 0 | 1): Promise<CardResponse> {
  const parts: Uint8Array[] = [];
  let next = command;
  for (let answers = 0; answers < MOST_ANSWERS; answers++) {
    const response = await send(next);
    parts.push(response.data);
    const sw2 = response.sw & 0xff;
    if (response.sw >> 8 === 0x61) next = Uint8Array.of(0x00, 0xc0, 0x00, p2, sw2);
    else if (response.sw >> 8 === 0x6c) next = withLe(next, sw2);
    else return { data: join(parts), sw: response.sw };
  }
  throw new StationFault('CARD_PROTOCOL', 'chip', `no end of the response after ${MOST_ANSWERS} answers`);
}

/** Joins and wipes the parts: they may hold the photo. */
function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.length;
    part.fill(0);
  }
  return whole;
}

/** The same command with another Le: replaces the one it has (5 bytes, or data and one more), or adds it. */
function withLe(command: Uint8Array, le: number): Uint8Array {
  const hasLe = command.length === 5 || command.length === 6 + (command[4] ?? 0);
  return Uint8Array.of(...(hasLe ? command.subarray(0, -1) : command), le);
}

/** Status words by which a card without the applet refuses SELECT: file or application not found, class or instruction unknown. */
const NOT_HERE: readonly number[] = [0x6a82, 0x6a81, 0x6a86, 0x6d00, 0x6e00, 0x6999];

/** Selects the applet. What it answers besides the status word is not needed and not fetched. */
export async function selectThaiId(send: Send): Promise<void> {
  const { sw } = await send(SELECT_THAI_ID);
  if (sw === SW_OK || sw >> 8 === 0x61) return;
  if (NOT_HERE.includes(sw)) throw new StationFault('NOT_THAI_ID', 'chip', `SELECT answered ${hex(sw)}`);
  throw new StationFault('CARD_PROTOCOL', 'chip', `SELECT answered ${hex(sw)}`);
}

/** Reads one range; anything but exactly that many bytes is a fault. */
export async function readRange(send: Send, range: ChipRange, p2: 0 | 1): Promise<Uint8Array> {
  const { data, sw } = await exchange(send, readBinary(range), p2);
  if (sw === SW_OK && data.length === range.length) return data;
  const where = `READ BINARY at ${hex(range.offset)}`;
  throw new StationFault(
    'CARD_PROTOCOL',
    'chip',
    sw === SW_OK ? `${where} gave ${data.length} of ${range.length} bytes` : `${where} answered ${hex(sw)}`,
  );
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}
