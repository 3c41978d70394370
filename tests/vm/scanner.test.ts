import { beforeAll, expect, test } from 'vitest';
import { runInGuest, type Told } from './guest.ts';

let told: readonly Told[];
beforeAll(async () => {
  told = await runInGuest('scanner');
});
const only = (event: string) => told.filter((one) => one.event === event);

test('a scanner on real hidraw is found by its descriptor, whenever it is plugged in', () => {
  expect(only('absent')).toEqual([{ event: 'absent', code: 'CODE_SCANNER_MISSING' }]);
  expect(only('found')).toHaveLength(3);
  expect(only('found')[0]?.['name']).toMatch(/^Thuengban test scanner \(\/dev\/hidraw\d+\)$/);
});

test('every recorded code is read right, codes of many reports too', () => {
  const scans = only('scanned');
  expect(scans.filter(({ isRight }) => isRight !== true)).toEqual([]);
  expect(new Set(scans.map(({ layout }) => layout))).toEqual(new Set(['common-layout', 'length-16']));
  expect(Math.max(...scans.map(({ parts }) => Number(parts)))).toBeGreaterThan(2);
});

test('an unplug is told, and the next scanner is read', () => {
  expect(only('lost')).toEqual(Array.from({ length: 3 }, () => ({ event: 'lost', code: 'CODE_SCANNER_MISSING' })));
});
