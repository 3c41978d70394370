import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Tail } from './tail.ts';

test('holds every comparison from its lowest bin on, whatever comes in whatever order', () => {
  const many = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 300 });
  fc.assert(
    fc.property(many, fc.integer({ min: 1, max: 40 }), (bins, wanted) => {
      const tail = new Tail(wanted);
      for (const [i, bin] of bins.entries()) tail.add(bin, i, i + 1);
      const { bins: held, probes, references } = tail.lists();
      const expected = [...bins.entries()].filter(([, bin]) => bin >= tail.knownFrom);
      expect(held.length).toBeLessThanOrEqual(2 * wanted);
      expect([...held.entries()].map(([at, bin]) => [probes[at], bin])).toEqual(expected);
      expect([...references]).toEqual([...probes].map((probe) => probe + 1));
    }),
  );
});

test('holds everything while there is room, and the best afterwards', () => {
  const tail = new Tail(10);
  for (let bin = 0; bin < 20; bin++) tail.add(bin, 0, 0);
  expect([tail.knownFrom, tail.lists().bins.length]).toEqual([0, 20]);
  tail.add(20, 0, 0);
  expect([tail.knownFrom, tail.lists().bins.length]).toEqual([10, 11]);
});
