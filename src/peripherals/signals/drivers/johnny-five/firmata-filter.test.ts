import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import firmataIo from 'firmata-io';
import { expect, test } from 'vitest';
import { FirmataFilter } from './firmata-filter.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2_000);
const VERSION = [0xf9, 2, 5];
const FIRMWARE = [0xf0, 0x79, 1, 0, 0x61, 0, 0xf7];
const CAPABILITIES = [0xf0, 0x6c, 0x7f, 0, 1, 11, 1, 0x7f, 2, 10, 0x7f, 0xf7];
const MAPPING = [0xf0, 0x6a, 127, 127, 0, 0xf7];
const PORT = [0x90, 0x14, 1];

/** What is let through of these bytes, after a version. */
function take(...bytes: number[]): number[][] {
  const filter = new FirmataFilter();
  filter.take(Uint8Array.from(VERSION));
  return filter.take(Uint8Array.from(bytes)).map((one) => [...one]);
}

test('lets a panel speak', () => {
  const all = [VERSION, FIRMWARE, CAPABILITIES, MAPPING, PORT, [0xe3, 1, 2]];
  expect(take(...all.flat())).toEqual(all);
});

test.each([
  { name: 'a firmware answer without a name', bytes: [0xf0, 0x79, 0xf7] },
  { name: 'a mapping before the capabilities', bytes: MAPPING },
  { name: 'a mapping of more pins than there are', bytes: [0xf0, 0x6a, 127, 127, 0, 1, 0xf7] },
  { name: 'capabilities cut in a pair', bytes: [0xf0, 0x6c, 0x7f, 0, 0xf7] },
  { name: 'capabilities cut in a pin', bytes: [0xf0, 0x6c, 0x7f, 0, 1, 0xf7] },
  { name: 'a pin state that nobody asked for', bytes: [0xf0, 0x6e, 99, 0, 0, 0xf7] },
  { name: 'a sysex that is empty', bytes: [0xf0, 0xf7] },
  { name: 'a sysex without an end', bytes: [0xf0, 0x79, ...Array(10_000).fill(1)] },
  { name: 'a sysex that is too long', bytes: [0xf0, 0x79, ...Array(600).fill(1), 0xf7] },
  { name: 'data without a command', bytes: [1, 2, 3, 0xf7, 0xf7] },
  { name: 'a command that no panel sends', bytes: [0xd0, 1, 1, 0xff, 0xc0, 1, 1] },
])('$name is dropped, and the next message is taken', ({ bytes }) => {
  expect(take(...bytes, ...PORT)).toEqual([PORT]);
});

test('before the version nothing is let through', () => {
  const filter = new FirmataFilter();
  expect(filter.take(Uint8Array.from([...CAPABILITIES, ...FIRMWARE, ...PORT]))).toEqual([]);
  expect(filter.take(Uint8Array.from([...VERSION, ...CAPABILITIES]))).toHaveLength(2);
});

test('a message cut short by another is dropped alone', () => {
  expect(take(0xf0, 0x79, 1, ...PORT, 0x90, 1, ...VERSION)).toEqual([PORT, VERSION]);
});

test('a second table of capabilities is dropped: firmata-io would mix it with the first', () => {
  expect(take(...CAPABILITIES, ...CAPABILITIES, ...MAPPING, ...MAPPING)).toEqual([CAPABILITIES, MAPPING]);
});

/** Noise that often looks like the protocol. */
const noise = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: 8 }) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 500, maxLength: 600, max: 127 }) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(0x79, 0x6c, 0x6a, 0x6e, 0x71, 0x77, 0x72), fc.uint8Array({ maxLength: 24, max: 127 }))
        .map(([command, data]) => Uint8Array.of(0xf0, command, ...data, 0xf7)),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(VERSION, FIRMWARE, CAPABILITIES, MAPPING, PORT).map((one) => Uint8Array.from(one)),
    },
  ),
  { maxLength: 12 },
);

test('fuzz: whatever comes, however it is cut, nothing throws, and firmata-io takes what is let through', () => {
  fc.assert(
    fc.property(noise, fc.integer({ min: 1, max: 40 }), (parts, size) => {
      const bytes = Buffer.concat(parts);
      const whole = new FirmataFilter().take(bytes);
      const cut = new FirmataFilter();
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(...cut.take(bytes.subarray(at, at + size)));
      expect(pieces).toEqual(whole);
      const transport = Object.assign(new EventEmitter(), { write: (_: Uint8Array, done: () => void) => done() });
      const io = new firmataIo.Firmata(transport, { reportVersionTimeout: 60_000 });
      clearTimeout((io as unknown as { reportVersionTimeoutId: NodeJS.Timeout }).reportVersionTimeoutId);
      for (const message of whole) transport.emit('data', message);
      io.removeAllListeners();
    }),
    { numRuns: RUNS },
  );
});
