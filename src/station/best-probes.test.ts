import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BestProbes, type Probe } from './best-probes.ts';

function probe(templateLength: number | undefined, atMs = 0): Probe {
  return { atMs, quality: { templateLength }, template: { model: 'm', vector: Float32Array.of(1, 2) } } as Probe;
}

test('of all that come the longest are kept, in their order, and the others are overwritten', () => {
  const length = fc.option(fc.double({ min: 0, max: 6, noNaN: true }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(length), fc.integer({ min: 1, max: 5 }), (lengths, wanted) => {
      const taken = lengths.map((one, at) => probe(one, at));
      const best = new BestProbes(wanted, 3);
      for (const one of taken) best.add(one);
      const rank = ({ quality }: Probe) => quality.templateLength ?? Number.POSITIVE_INFINITY;
      const kept = new Set(best.all);
      expect(best.all).toHaveLength(Math.min(wanted, taken.length));
      expect(best.all.map(({ atMs }) => atMs)).toEqual([...kept].map(({ atMs }) => atMs).toSorted((a, b) => a - b));
      const least = Math.min(...best.all.map(rank));
      for (const one of taken.filter((other) => !kept.has(other))) {
        expect(rank(one)).toBeLessThanOrEqual(least);
        expect([...one.template.vector]).toEqual([0, 0]);
      }
    }),
  );
});

test.each([
  { name: 'not full', lengths: [2], areWeak: false },
  { name: 'all short', lengths: [2, 2.5], areWeak: true },
  { name: 'one long', lengths: [2, 3.5], areWeak: false },
  { name: 'a longer one took a place', lengths: [2, 2.5, 3.2], areWeak: false },
  { name: 'of a model that tells no length', lengths: [undefined, undefined], areWeak: false },
])('$name: weak $areWeak', ({ lengths, areWeak }) => {
  const best = new BestProbes(2, 3);
  for (const length of lengths) best.add(probe(length));
  expect(best.areWeak).toBe(areWeak);
});

test('dropped, nothing is left of them', () => {
  const best = new BestProbes(2, 3);
  const one = probe(4);
  best.add(one);
  best.drop();
  expect(best.all).toEqual([]);
  expect([...one.template.vector]).toEqual([0, 0]);
});
