import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_GAP_MS } from '../../../../shared/frame-cutter.ts';
import { type CcidFrame, ccidCutter, encodeCommand, LONGEST_DATA, SAY_AGAIN } from './frame.ts';
import { COMMANDS, cardState, commandState, failureCode } from './messages.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2_000);
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const none = new Uint8Array();

/** From the maker's specification, pages 23–25. */
const TAKEN = hex('02 00 00 03');
const ATR_BLOCK = hex(
  '02 80 13 00 00 00 01 00 00 81 00 3B BE 11 00 00 41 01 38 00 00 01 00 00 00 00 00 01 90 00 6F 03',
);
const RANDOM_BLOCK = hex('02 80 0A 00 00 00 01 00 00 81 00 C2 FF 2D 23 C5 F6 5C F2 90 00 34 03');
const CARD_IN = hex('02 50 0C 5C 03');
const ALL = [TAKEN, ATR_BLOCK, RANDOM_BLOCK, CARD_IN];

const cutAt = (bytes: Uint8Array, ...chunkSizes: number[]): readonly CcidFrame[] => {
  const cutter = ccidCutter();
  let start = 0;
  const frames = chunkSizes.flatMap((size) => {
    start += size;
    return cutter.push(bytes.slice(start - size, start), 0);
  });
  return [...frames, ...cutter.push(bytes.slice(start), 0)];
};

describe('frames', () => {
  test("the maker's examples", () => {
    expect(encodeCommand(COMMANDS.powerOn, 1, 0, [0, 0, 0], none)).toEqual(
      hex('02 62 00 00 00 00 01 00 00 00 00 63 03'),
    );
    expect(encodeCommand(COMMANDS.transfer, 1, 0, [0, 0, 0], hex('80 84 00 00 08'))).toEqual(
      hex('02 6F 05 00 00 00 01 00 00 00 00 80 84 00 00 08 67 03'),
    );
    expect(SAY_AGAIN).toEqual(hex('02 00 00 00 00 00 00 00 00 00 00 00 03'));
    const [taken, atr, random, notice] = cutAt(Uint8Array.from(ALL.flatMap((frame) => [...frame])));
    expect(taken).toEqual({ kind: 'status', status: 0 });
    expect(atr).toMatchObject({ kind: 'message', message: { type: 0x80, slot: 1, seq: 0, status: 0 } });
    expect(atr?.kind === 'message' && atr.message.data).toEqual(hex('3BBE11000041013800000100000000000190 00'));
    expect(random?.kind === 'message' && random.message.data.subarray(-2)).toEqual(hex('9000'));
    expect(notice).toEqual({ kind: 'notice', slots: 0x0c });
  });

  test.each(['FF', 'FE', 'FD', 'FB', '99'])('refused with %s', (status) => {
    expect(cutAt(hex(`02 ${status} ${status} 03`))).toEqual([{ kind: 'status', status: Number.parseInt(status, 16) }]);
    expect(cutAt(hex(`02 ${status} 00 03`))).toEqual([]);
  });

  test('split at every byte boundary, a frame is the same frame', () => {
    for (const bytes of ALL) {
      for (let at = 0; at <= bytes.length; at++) expect(cutAt(bytes, at)).toEqual(cutAt(bytes));
      expect(cutAt(bytes, ...bytes.map(() => 1))).toEqual(cutAt(bytes));
    }
  });

  test('every damaged byte costs only its frame, and is told', () => {
    for (let at = 0; at < RANDOM_BLOCK.length; at++) {
      const broken = RANDOM_BLOCK.map((byte, index) => (index === at ? byte ^ 0x55 : byte));
      const cutter = ccidCutter();
      const before = cutter.push(broken, 0);
      // A length that has grown holds back what follows, until the line was silent.
      const after = [...cutter.push(ATR_BLOCK, FRAME_GAP_MS + 1), ...cutter.push(ATR_BLOCK, 2 * FRAME_GAP_MS + 2)];
      expect(before.filter(({ kind }) => kind === 'message')).toEqual([]);
      expect(after.filter(({ kind }) => kind === 'message').length, `byte ${at}`).toBeGreaterThan(0);
    }
    const bad = RANDOM_BLOCK.map((byte, index) => (index === 15 ? byte ^ 1 : byte));
    expect(cutAt(Uint8Array.from([...bad, ...ATR_BLOCK])).map(({ kind }) => kind)).toEqual(['damaged', 'message']);
    expect(cutAt(hex('02 50 0C 5D 03'))).toEqual([{ kind: 'damaged' }]);
  });

  test('the rest of a frame after a pause of more than 200 ms belongs to no frame; what follows does', () => {
    const cutter = ccidCutter();
    expect(cutter.push(ATR_BLOCK.slice(0, 12), 0)).toEqual([]);
    expect(cutter.push(ATR_BLOCK.slice(12), FRAME_GAP_MS + 1)).toEqual([]);
    expect(cutter.push(RANDOM_BLOCK, FRAME_GAP_MS + 2)).toHaveLength(1);
  });

  test('no frame is believed to be longer than a short APDU', () => {
    expect(cutAt(hex('02 80 06 01 00 00 01 00 00 00 00'))).toEqual([{ kind: 'damaged' }]);
    expect(cutAt(hex('02 80 00 00 01 00 01 00 00 00 00'))).toEqual([{ kind: 'damaged' }]);
    expect(cutAt(hex('02 80 05 01 00 00 01 00 00 00 00'))).toEqual([]);
  });

  test('whatever comes: no throw, nothing kept but a frame, and a whole frame after it is found', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(...ALL, SAY_AGAIN, hex('02 80 05 01 00 00')),
    );
    fc.assert(
      fc.property(fc.array(piece), (noise) => {
        const cutter = ccidCutter();
        let atMs = 0;
        for (const chunk of noise) {
          for (const frame of cutter.push(Uint8Array.from(chunk), atMs++)) {
            if (frame.kind !== 'message') continue;
            expect(frame.message.data.length).toBeLessThanOrEqual(LONGEST_DATA);
            expect(cardState(frame.message) + commandState(frame.message) + failureCode(frame.message)).toMatch(/./);
          }
          expect(cutter.pending).toBeLessThan(LONGEST_DATA + 13);
        }
        let found = 0;
        for (let tries = 0; tries < 300 && found === 0; tries++) {
          atMs += FRAME_GAP_MS + 1;
          found = cutter.push(Uint8Array.from(RANDOM_BLOCK), atMs).filter(({ kind }) => kind === 'message').length;
        }
        expect(found).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
  });
});

test.each([
  [0x00, 0x81, 'active', 'done'],
  [0x01, 0x81, 'inactive', 'done'],
  [0x02, 0x81, 'absent', 'done'],
  [0x41, 0xfe, 'inactive', 'failed'],
  [0x80, 0x01, 'active', 'more-time'],
] as const)('bStatus %i: card and command', (status, error, card, command) => {
  const message = { type: 0x80, slot: 1, seq: 0, status, error, data: none };
  expect([cardState(message), commandState(message)]).toEqual([card, command]);
});

test.each([
  [0x41, 0xfe, 'CARD_MUTE'],
  [0x42, 0xfe, 'CARD_REMOVED'],
  [0x40, 0xfd, 'CARD_PROTOCOL'],
  [0x41, 0xf8, 'CARD_MUTE'],
  [0x40, 0xe0, 'READER_BUSY'],
  [0x40, 0x00, 'CARD_PROTOCOL'],
] as const)('a failed command, bStatus %i and bError %i', (status, error, code) => {
  expect(failureCode({ type: 0x80, slot: 1, seq: 0, status, error, data: none })).toBe(code);
});
