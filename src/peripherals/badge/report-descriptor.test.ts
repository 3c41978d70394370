import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecording } from '../../../tests/fixtures/hid/recordings.ts';
import { descriptorItems } from './descriptor-items.ts';
import { parseReportDescriptor } from './report-descriptor.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const HEAD = '05 8c 09 02 a1 01';
const field = (text: string) => parseReportDescriptor(hex(`${HEAD} 15 00 26 ff 00 75 08 ${text} c0`));

test('the common layout is found: id 02, length, three letters, 56 data bytes, going on', () => {
  expect(parseReportDescriptor(readRecording('common-layout').descriptor)).toEqual({
    kind: 'layout',
    layout: {
      hasIds: true,
      scans: [
        {
          id: 2,
          sizeBytes: 64,
          length: { bit: 0, size: 8, count: 1 },
          symbology: [8, 16, 24].map((bit) => ({ bit, size: 8, count: 1 })),
          data: { firstByte: 4, bytes: 56 },
          continued: { bit: 62 * 8, size: 8, count: 1 },
        },
      ],
    },
  });
});

test('no ids, a length of 16 bits, one usage for three letters and a four-byte usage are understood', () => {
  const parsed = parseReportDescriptor(readRecording('length-16').descriptor);
  expect(parsed).toMatchObject({
    kind: 'layout',
    layout: {
      hasIds: false,
      scans: [
        {
          id: 0,
          sizeBytes: 64,
          length: { bit: 8, size: 16 },
          symbology: [{ bit: 488 }, { bit: 496 }, { bit: 504 }],
          data: { firstByte: 3, bytes: 58 },
        },
      ],
    },
  });
});

test('push, pop and a usage range put the fields where they are', () => {
  expect(field('a4 75 01 95 08 81 03 b4 95 03 19 fb 29 fd 81 02 95 0a 09 fe 81 02')).toMatchObject({
    kind: 'layout',
    layout: { scans: [{ symbology: [{ bit: 8 }, { bit: 16 }, { bit: 24 }], data: { firstByte: 4, bytes: 10 } }] },
  });
});

test('a scanner that has two scan reports keeps both', () => {
  expect(field('85 01 95 08 09 fe 81 02 85 02 95 20 09 fe 81 02')).toMatchObject({
    kind: 'layout',
    layout: {
      scans: [
        { id: 1, sizeBytes: 9 },
        { id: 2, sizeBytes: 33 },
      ],
    },
  });
});

test.each([
  { name: 'nothing', descriptor: '', reason: 'no-scan-report' },
  { name: 'a keyboard', descriptor: '05 01 09 06 a1 01 05 07 75 08 95 06 81 00 c0', reason: 'no-scan-report' },
  {
    name: 'decoded data outside a scanner',
    descriptor: '05 8c 09 06 a1 01 75 08 95 10 09 fe 81 02 c0',
    reason: 'no-scan-report',
  },
  { name: 'data not in bytes', descriptor: `${HEAD} 75 04 95 10 09 fe 81 02 c0`, reason: 'no-scan-report' },
  {
    name: 'data that begins inside a byte',
    descriptor: `${HEAD} 75 01 95 01 81 03 75 08 95 10 09 fe 81 02 c0`,
    reason: 'no-scan-report',
  },
  { name: 'cut inside an item', descriptor: `${HEAD} 26 ff`, reason: 'malformed' },
  { name: 'an open collection', descriptor: HEAD, reason: 'malformed' },
  { name: 'an end too many', descriptor: `${HEAD} c0 c0`, reason: 'malformed' },
  { name: 'a pop without a push', descriptor: `${HEAD} b4 c0`, reason: 'malformed' },
  { name: 'report id 0', descriptor: `${HEAD} 85 00 c0`, reason: 'malformed' },
  {
    name: 'a report of half a gigabyte',
    descriptor: `${HEAD} 75 08 97 ff ff ff 1f 09 fe 81 02 c0`,
    reason: 'report-too-long',
  },
])('$name is refused: $reason', ({ descriptor, reason }) =>
  expect(parseReportDescriptor(hex(descriptor))).toEqual({ kind: 'refused', reason }),
);

test('more than the kernel takes is refused unread', () => {
  expect(parseReportDescriptor(new Uint8Array(4097))).toEqual({ kind: 'refused', reason: 'too-long' });
});

test('long items are passed over', () => {
  expect(descriptorItems(hex('fe 02 10 aa bb c0'))).toEqual([{ type: 'main', tag: 12, value: 0, size: 0 }]);
  expect(descriptorItems(hex('fe 02 10 aa'))).toBeUndefined();
});

/** Items as devices write them, in any order: far more of these get deep into the parser than plain noise does. */
const someItem = fc
  .tuple(
    fc.constantFrom(0x04, 0x08, 0x18, 0x28, 0x74, 0x84, 0x94, 0xa0, 0xa4, 0xb4, 0xc0, 0x80, 0xfc),
    fc.uint8Array({ maxLength: 4 }),
  )
  .map(([prefix, data]) => [prefix | (data.length === 3 ? 2 : Math.min(data.length, 3)), ...data]);
const anyDescriptor = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.array(someItem, { maxLength: 120 }).map((items) => Uint8Array.from([...hex(HEAD), ...items.flat()])),
  fc
    .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 255 }))
    .map(([at, byte]) => readRecording('common-layout').descriptor.with(at, byte)),
);

test('any bytes give a layout that fits its report, or a reason', () => {
  fc.assert(
    fc.property(anyDescriptor, (descriptor) => {
      const parsed = parseReportDescriptor(descriptor);
      if (parsed.kind === 'refused') return;
      expect(parsed.layout.scans.length).toBeLessThanOrEqual(255);
      for (const { sizeBytes, data, symbology } of parsed.layout.scans) {
        expect(sizeBytes).toBeLessThanOrEqual(4097);
        expect(data.firstByte + data.bytes).toBeLessThanOrEqual(sizeBytes);
        for (const { bit } of symbology) expect(bit / 8).toBeLessThan(sizeBytes);
      }
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 5_000) },
  );
});
