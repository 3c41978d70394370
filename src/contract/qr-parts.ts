/**
 * Bytes as texts of QR codes, for a work order where there is neither network nor stick. One text:
 *
 *     "TBO1:" set ":" index "/" total ":" check ":" data
 *
 * `set` and `check` are CRC-32 in 8 hexadecimal digits, of all bytes and of `set:index/total:data`; `data` is base 32 (RFC 4648) without
 * padding. Only capitals, digits, `:` and `/`: QR codes have a dense mode for them, and no scanner loses them as it does spaces. The
 * checks find slips of a scanner, not forgers: what the parts hold is signed.
 */
const PREFIX = 'TBO1';
const PART = /^TBO1:([0-9A-F]{8}):([1-9]\d{0,2})\/([1-9]\d{0,2}):([0-9A-F]{8}):([A-Z2-7]{1,4000})$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** More pictures than anybody would hold before a scanner. */
const MOST_PARTS = 999;

/**
 * @param bytesPerPart 500 make a QR code that a phone shows and a scanner reads well (version 21, error correction M)
 * @throws RangeError when there would be more than 999
 */
export function toQrParts(bytes: Uint8Array, bytesPerPart: number): readonly string[] {
  const total = Math.max(1, Math.ceil(bytes.length / bytesPerPart));
  if (total > MOST_PARTS) throw new RangeError(`${total} parts are too many for people`);
  const set = hex(crc32(bytes));
  return Array.from({ length: total }, (_, at) => {
    const data = toBase32(bytes.subarray(at * bytesPerPart, (at + 1) * bytesPerPart));
    const place = `${set}:${at + 1}/${total}`;
    return `${PREFIX}:${place}:${hex(crc32(ascii(`${place}:${data}`)))}:${data}`;
  });
}

/** What one scanned text was. */
export type QrAdded =
  | { readonly kind: 'not-a-part' }
  /** Misread: hold it before the scanner again. */
  | { readonly kind: 'misread' }
  | { readonly kind: 'part'; readonly have: number; readonly of: number }
  | { readonly kind: 'whole'; readonly of: number; readonly bytes: Uint8Array };

/** Joins parts that come in whatever order and as often as they like. A part of another set begins anew. */
export class QrCollector {
  #set = '';
  #parts = new Map<number, Uint8Array>();

  add(text: string): QrAdded {
    if (!text.startsWith(`${PREFIX}:`)) return { kind: 'not-a-part' };
    const [, set = '', index, all, check, data = ''] = PART.exec(text.trim()) ?? [];
    const [at, of] = [Number(index), Number(all)];
    if (!(at <= of) || hex(crc32(ascii(`${set}:${at}/${of}:${data}`))) !== check) return { kind: 'misread' };
    const name = `${set}/${of}`;
    if (name !== this.#set) {
      this.#set = name;
      this.#parts = new Map();
    }
    this.#parts.set(at, fromBase32(data));
    if (this.#parts.size < of) return { kind: 'part', have: this.#parts.size, of };
    const bytes = joined(Array.from({ length: of }, (_, place) => this.#parts.get(place + 1) ?? new Uint8Array()));
    this.forget();
    return hex(crc32(bytes)) === set ? { kind: 'whole', of, bytes } : { kind: 'misread' };
  }

  /** Lets go of what has come so far. */
  forget(): void {
    this.#set = '';
    this.#parts = new Map();
  }
}

function toBase32(bytes: Uint8Array): string {
  let [text, held, bits] = ['', 0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(held >>> (bits - 5)) & 31];
    held &= 0xff;
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

function fromBase32(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let [held, bits, at] = [0, 0, 0];
  for (const letter of text) {
    held = ((held << 5) | ALPHABET.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >>> bits) & 0xff;
  }
  return bytes;
}

/** CRC-32 (ISO/IEC 13239, as in gzip). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, '0');
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
