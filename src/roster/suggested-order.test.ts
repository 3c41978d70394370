import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from './order.ts';
import { suggestedOrder, type VillageToVisit } from './suggested-order.ts';
import { distanceKm, tour } from './tour.ts';

const TODAY = '2026-11-22';
const village = fc.record({
  code: fc.integer({ min: 0, max: 999 }).map((n) => `98${String(n).padStart(6, '0')}`),
  left: fc.nat(9),
  due: fc.option(fc.integer({ min: -3, max: 9 }).map((n) => addDays(TODAY, n))),
  at: fc.option(
    fc.record({
      lat: fc.double({ min: 14, max: 16, noNaN: true }),
      lon: fc.double({ min: 102, max: 104, noNaN: true }),
    }),
  ),
});
const villages = fc.uniqueArray(village, { selector: ({ code }) => code, maxLength: 30 });

test('everybody left is planned once, in time, on the days there are, the same whatever order the villages come in', () => {
  fc.assert(
    fc.property(villages, fc.integer({ min: 1, max: 6 }), (all, days) => {
      const plan = suggestedOrder(all, days, TODAY);
      const open = all.filter(({ left }) => left > 0);
      expect(plan.flatMap((one) => one.villages).sort()).toEqual(open.map(({ code }) => code).sort());
      const dayOf = new Map(plan.flatMap((one) => one.villages.map((code) => [code, one.day] as const)));
      const last = addDays(TODAY, days - 1);
      for (const { code, due } of open) {
        const latest = due === null || due > last ? last : due < TODAY ? TODAY : due;
        expect(dayOf.get(code) ?? 'none').toSatisfy((day: string) => day >= TODAY && day <= latest);
      }
      for (const { villages: codes, people } of plan)
        expect(people).toBe(open.filter(({ code }) => codes.includes(code)).reduce((sum, { left }) => sum + left, 0));
      expect(suggestedOrder(all.toReversed(), days, TODAY)).toEqual(plan);
    }),
    { numRuns: 150 },
  );
});

test('without due dates no day carries more than a fair part and one village', () => {
  fc.assert(
    fc.property(villages, fc.integer({ min: 1, max: 6 }), (all, days) => {
      const free = all.map((one) => ({ ...one, due: null }));
      const total = free.reduce((sum, { left }) => sum + left, 0);
      const largest = Math.max(0, ...free.map(({ left }) => left));
      for (const { people } of suggestedOrder(free, days, TODAY))
        expect(people).toBeLessThanOrEqual(Math.ceil(total / days) + largest);
    }),
    { numRuns: 150 },
  );
});

test('the way through a row of villages goes along the row', () => {
  const at = (n: number): VillageToVisit => ({
    code: `9801010${n}`,
    left: 1,
    due: null,
    at: { lat: 15, lon: 103 + ([0, 4, 1, 3, 2][n] ?? 0) / 100 },
  });
  const way = tour([0, 1, 2, 3, 4].map(at));
  expect(way.map(({ code }) => code.at(-1))).toEqual(['0', '2', '4', '3', '1']);
  const near = (a: VillageToVisit, b: VillageToVisit) => distanceKm({ ...a, at: null }, b);
  expect(near(at(0), at(1))).toBeLessThan(near(at(0), { ...at(1), code: '98020101' }));
});
