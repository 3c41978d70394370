import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QrCollector, toQrParts } from './qr-parts.ts';

test('in whatever order and however often the parts come, what was split is joined, and progress is told', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.nat(400), { maxLength: 60 }),
      (bytes, size, order) => {
        const parts = toQrParts(bytes, size);
        const collector = new QrCollector();
        const held = new Set<number>();
        let whole: Uint8Array | undefined;
        for (const at of [...order.map((n) => n % parts.length), ...parts.keys()]) {
          const added = collector.add(parts[at] ?? '');
          held.add(at);
          if (added.kind === 'whole') {
            whole = added.bytes;
            held.clear();
          } else expect(added).toEqual({ kind: 'part', have: held.size, of: parts.length });
        }
        expect(whole && Buffer.from(whole)).toEqual(Buffer.from(bytes));
      },
    ),
    { numRuns: 100 },
  );
});

test('every text fits the dense mode of a QR code; a misread one is named and does no harm; another set begins anew', () => {
  const [bytes, other] = [Buffer.from('work order one'), Buffer.from('work order two')];
  const parts = toQrParts(bytes, 5);
  expect(parts).toHaveLength(3);
  for (const part of parts) expect(part).toMatch(/^[0-9A-Z:/]+$/);
  expect(parts[0]?.split(':')[1]).toBe(crc32(bytes).toString(16).toUpperCase().padStart(8, '0'));
  const collector = new QrCollector();
  collector.add(parts[0] ?? '');
  expect(collector.add((parts[1] ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toEqual({
    kind: 'misread',
  });
  expect(collector.add('TB1:B:KAMNAN07:WL')).toEqual({ kind: 'not-a-part' });
  expect(collector.add(parts[2] ?? '')).toEqual({ kind: 'part', have: 2, of: 3 });
  expect(collector.add(toQrParts(other, 5)[1] ?? '')).toEqual({ kind: 'part', have: 1, of: 3 });
  expect(() => toQrParts(new Uint8Array(2000), 1)).toThrow(RangeError);
  fc.assert(fc.property(fc.string(), (text) => collector.add(text).kind === 'not-a-part'));
  fc.assert(fc.property(fc.string(), (text) => collector.add(`TBO1:${text}`).kind === 'misread'));
});
