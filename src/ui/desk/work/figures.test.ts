import { expect, test } from 'vitest';
import { figuresOf, visitsOnNoList } from './figures.ts';

const OUTCOMES = {
  verified: 7,
  'confirmed-by-officer': 1,
  represented: 1,
  referred: 2,
  declined: 0,
  'not-served': 1,
  undetermined: 0,
};

test('a replaced event is not counted, and the figure that is off says by how much', () => {
  const counts = { visits: 12, outcomes: OUTCOMES, events: 13, superseded: 1, receipts: 11, settled: 9 };
  expect(figuresOf(counts)).toEqual([
    { what: 'visits', count: 12, differs: 0 },
    { what: 'outcomes', count: 12, differs: 0 },
    { what: 'events', count: 12, differs: 0 },
    { what: 'receipts', count: 11, differs: -1 },
  ]);
});

test('visits of people on no list are what the villages lack of the count', () => {
  const counts = { visits: 12, outcomes: OUTCOMES, events: 12, superseded: 0, receipts: 12, settled: 9 };
  const village = { village: '98010101', name: 'หมู่ 1 บ้านดอน ต.ตัวอย่าง', served: 9, left: 0, newCard: 1, visits: 10 };
  expect(visitsOnNoList({ counts, villages: [village] })).toBe(2);
});
