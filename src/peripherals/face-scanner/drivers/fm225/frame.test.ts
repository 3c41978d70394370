import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_GAP_MS } from '../../../../shared/frame-cutter.ts';
import { encodeFrame, type Frame, frameCutter } from './frame.ts';
import { COMMANDS, faceState, readFrame, readText } from './messages.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
/** From the manual: a reply to ENROLL (13), result 0, user 3, direction 1F. */
const MANUAL = hex('EF AA 00 00 05 13 00 00 03 1F 0A');
const FACE_NOTE = hex('EF AA 01 00 11 01 06 00 90 01 C8 00 20 03 BC 02 FB FF 03 00 00 00 D4');

const cutAt = (bytes: Uint8Array, ...chunkSizes: number[]): readonly Frame[] => {
  const cutter = frameCutter();
  let start = 0;
  const frames = chunkSizes.flatMap((size) => {
    start += size;
    return cutter.push(bytes.subarray(start - size, start), 0);
  });
  return [...frames, ...cutter.push(bytes.subarray(start), 0)];
};

describe('frames', () => {
  test("the manual's vector", () => {
    const [frame] = cutAt(MANUAL);
    expect(frame).toEqual({ id: 0, data: hex('13 00 00 03 1F') });
    expect(frame && readFrame(frame)).toEqual({ kind: 'reply', command: 0x13, result: 0, data: hex('00 03 1F') });
    expect(encodeFrame(0, hex('13 00 00 03 1F'))).toEqual(MANUAL);
  });

  test.each([
    ['RESET', COMMANDS.reset, [], 'EF AA 10 00 00 10'],
    ['GETSTATUS', COMMANDS.getStatus, [], 'EF AA 11 00 00 11'],
    ['VERIFY within 8 s', COMMANDS.verify, [0, 8], 'EF AA 12 00 02 00 08 18'],
    ['DELALL', COMMANDS.deleteAll, [], 'EF AA 21 00 00 21'],
    ['GET_ALL_USERID', COMMANDS.getAllUserIds, [], 'EF AA 24 00 00 24'],
    ['GET_VERSION', COMMANDS.getVersion, [], 'EF AA 30 00 00 30'],
    ['GET_SN', COMMANDS.getSerial, [], 'EF AA 93 00 00 93'],
    ['POWERDOWN', COMMANDS.powerDown, [], 'EF AA ED 00 00 ED'],
    ['DEMOMODE on', COMMANDS.demoMode, [1], 'EF AA FE 00 01 01 FE'],
  ] as const)('%s', (_name, id, data, bytes) => {
    expect(encodeFrame(id, Uint8Array.from(data))).toEqual(hex(bytes));
  });

  test('no command can write the encryption key or leave a template', () => {
    const forbidden = [0x13, 0x1d, 0x26, 0x50, 0x52, 0x53, 0xf6, 0xf7];
    expect(Object.values(COMMANDS).filter((id) => forbidden.includes(id))).toEqual([]);
  });

  test('split at every byte boundary, a frame is the same frame', () => {
    const longest = encodeFrame(
      0,
      Uint8Array.from({ length: 203 }, (_, index) => (index * 7) & 0xff),
    );
    for (const bytes of [MANUAL, FACE_NOTE, longest]) {
      for (let at = 0; at <= bytes.length; at++) expect(cutAt(bytes, at)).toEqual(cutAt(bytes));
      expect(cutAt(bytes, ...bytes.map(() => 1))).toHaveLength(1);
    }
  });

  test('a bad checksum, a cut-off frame and noise cost only themselves', () => {
    const broken = MANUAL.map((byte, index) => (index === 7 ? byte ^ 1 : byte));
    for (const before of [broken, MANUAL.subarray(0, 8), hex('EF'), hex('EF EF AA'), hex('00 EF AA FF FF FF')]) {
      expect(cutAt(Uint8Array.from([...before, ...FACE_NOTE, ...MANUAL]))).toHaveLength(2);
    }
  });

  test('the rest of a frame after a pause of more than 200 ms belongs to no frame; what follows does', () => {
    const cutter = frameCutter();
    expect(cutter.push(MANUAL.subarray(0, 6), 0)).toEqual([]);
    expect(cutter.push(MANUAL.subarray(6), FRAME_GAP_MS + 1)).toEqual([]);
    expect(cutter.push(MANUAL, FRAME_GAP_MS + 2)).toHaveLength(1);
    expect(cutter.push(MANUAL.subarray(0, 6), 1_000)).toEqual([]);
    expect(cutter.push(MANUAL.subarray(6), 1_000 + FRAME_GAP_MS)).toHaveLength(1);
  });

  test('whatever comes: no throw, nothing kept but a frame, and a whole frame after it is found', () => {
    const chunks = fc.array(
      fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(MANUAL, hex('EF AA 00 0F FF'))),
    );
    fc.assert(
      fc.property(chunks, (noise) => {
        const cutter = frameCutter();
        let atMs = 0;
        for (const chunk of noise) {
          for (const frame of cutter.push(chunk, atMs++)) readFrame(frame);
          expect(cutter.pending).toBeLessThanOrEqual(4_096 + 6);
        }
        // A broken header may wait for up to 4096 more bytes: silence sets it free, frame by frame.
        let found = 0;
        for (let tries = 0; tries < 5_000 && found === 0; tries++) {
          atMs += FRAME_GAP_MS + 1;
          found = cutter.push(MANUAL, atMs).length;
        }
        expect(found).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('messages', () => {
  test('a face note has its low bytes first', () => {
    const [frame] = cutAt(FACE_NOTE);
    expect(frame && readFrame(frame)).toEqual({
      kind: 'face-state',
      note: { state: 6, left: 400, top: 200, right: 800, bottom: 700 },
    });
  });

  test.each([
    [0, true, null],
    [1, false, 'look-at-camera'],
    [2, true, 'to-the-middle'],
    [6, true, 'come-closer'],
    [7, true, 'move-back'],
    [10, true, 'look-at-camera'],
    [11, true, 'look-straight'],
    [13, true, null],
    [99, false, 'look-at-camera'],
    [-1, false, 'look-at-camera'],
  ] as const)('face state %i', (state, isFace, hint) => expect(faceState(state)).toEqual({ isFace, hint }));

  test('any frame can be read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 64 }), (id, data) => {
        expect(readFrame({ id, data }).kind).toMatch(/./);
        expect(readText(data) ?? '').toMatch(/^[ -~]*$/);
      }),
    );
  });

  test('a serial number ends where its filling begins', () => {
    expect(readText(hex('46 4D 32 32 35 FF FF 41'))).toBe('FM225');
    expect(readText(hex('FF FF'))).toBeNull();
  });
});
