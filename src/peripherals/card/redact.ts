import { scanJpeg } from './jpeg-scan.ts';
import { FIELDS, type FieldName, PHOTO } from './memory-map.ts';

/** A command and the whole answer to it, status word included. */
export interface Exchange {
  readonly command: Uint8Array;
  readonly answer: Uint8Array;
}

/** Nobody: a number that is never issued, a name that says what it is. ASCII but for the names, so that it reads back. */
const NOBODY: Readonly<Record<FieldName, string>> = {
  citizenId: '9990000000006',
  nameThai: 'นาย#ตัวอย่าง##บันทึก',
  nameEnglish: 'Mr.#Example##Recorded',
  birthDate: '25000101',
  sex: '1',
  issuer: 'ท้องถิ่นตัวอย่าง/จังหวัดทดสอบ',
  issueDate: '25600101',
  expiry: '99999999',
  address: '1#หมู่ที่ 1####ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ',
  requestNumber: '90000000000000',
};

/** One grey pixel. */
const PIXEL = Buffer.from(
  'ffd8ffdb004300ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0000b080001000101011100' +
    'ffc40014000100000000000000000000000000000009ffc40014100100000000000000000000000000000000ffda0008010100003f0054ffd9',
  'hex',
);

/** Bytes of a JPEG comment besides its content. */
const COMMENT_BYTES = 4;
const MEMORY_BYTES = 0x10000;

/**
 * Replaces every byte of every answer that is not a status word: what was read from the chip's memory by the same
 * place in nobody's memory, anything else by zeros. The photo becomes one pixel in a file of the same length, so that
 * a replay ends at the same block.
 */
export function redact(exchanges: readonly Exchange[]): readonly Exchange[] {
  const memory = nobodysMemory(photoLength(exchanges));
  return walk(exchanges).map(({ command, answer, at }) => {
    const data = at === undefined ? new Uint8Array(answer.length - 2) : memory.slice(at, at + answer.length - 2);
    return { command, answer: Uint8Array.of(...data, ...answer.subarray(-2)) };
  });
}

/** Adds where in the chip's memory the data of each answer lies; `undefined` = not from there. */
function walk(exchanges: readonly Exchange[]) {
  let next: number | undefined;
  return exchanges.map(({ command, answer }) => {
    const [cla, ins, p1 = 0, p2 = 0] = command;
    if (cla === 0x80 && ins === 0xb0) next = p1 * 256 + p2;
    else if (ins !== 0xc0) next = undefined;
    const at = next;
    if (next !== undefined) next += answer.length - 2;
    return { command, answer, at };
  });
}

/** Bytes of the photo that was read, 0 when there was no whole one. */
function photoLength(exchanges: readonly Exchange[]): number {
  const memory = new Uint8Array(MEMORY_BYTES);
  for (const { answer, at } of walk(exchanges)) {
    const data = answer.subarray(0, -2);
    if (at !== undefined && at + data.length <= memory.length) memory.set(data, at);
  }
  const scan = scanJpeg(memory.subarray(PHOTO.offset, PHOTO.offset + PHOTO.length));
  memory.fill(0);
  return scan.kind === 'whole' ? scan.length : 0;
}

function nobodysMemory(photoBytes: number): Uint8Array {
  // Twice the address space: an answer that claims to lie at its very end still has its length.
  const memory = new Uint8Array(2 * MEMORY_BYTES).fill(0x20);
  for (const name of Object.keys(FIELDS) as FieldName[]) memory.set(tis620(NOBODY[name]), FIELDS[name].offset);
  memory.fill(0, PHOTO.offset, PHOTO.offset + PHOTO.length);
  if (photoBytes > 0) memory.set(pixelOf(photoBytes), PHOTO.offset);
  return memory;
}

/** The pixel with a comment that makes it that long; as it is when it is longer already. */
function pixelOf(bytes: number): Uint8Array {
  const content = bytes - PIXEL.length - COMMENT_BYTES;
  if (content < 0) return PIXEL;
  const comment = [0xff, 0xfe, (content + 2) >> 8, (content + 2) & 0xff, ...new Array<number>(content).fill(0x2a)];
  return Uint8Array.of(...PIXEL.subarray(0, 2), ...comment, ...PIXEL.subarray(2));
}

function tis620(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code < 0x80 ? code : code - 0x0e00 + 0xa0;
  });
}
