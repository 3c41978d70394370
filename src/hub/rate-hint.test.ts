import { expect, test } from 'vitest';
import { rateHint } from './rate-hint.ts';
import { parseShards } from './shards.ts';

const chains = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    station: `st-${n}`,
    epoch: 'e',
    mark: { upto: 1, gaps: [] },
    head: null,
    quarantined: [],
    born: n,
  }));

test('stations are asked to slow down only when the hub falls behind, and shared out fairly', () => {
  const hint = rateHint();
  for (let second = 0; second < 50; second++) hint.committed(1_000, chains(100), second * 1_000);
  expect(hint.value([{ buffered: 10 }])).toBeNull();
  expect(hint.value([{ buffered: 10 }, { buffered: 1_500 }])).toBeCloseTo(10, 0);
});

test('a share is never nothing, and stations that went away have none', () => {
  const hint = rateHint();
  hint.committed(1, chains(5_000), 0);
  expect(hint.value([{ buffered: 2_000 }])).toBe(0.5);
  hint.committed(1_000, chains(1), 61_000);
  expect(hint.value([{ buffered: 2_000 }])).toBeGreaterThan(1);
});

test.each([
  ['0-2,5', [0, 1, 2, 5]],
  ['5,0-2,1', [0, 1, 2, 5]],
  ['63', [63]],
  ['0-64', undefined],
  ['3-1', undefined],
  ['', undefined],
  ['a', undefined],
])('shards %s', (text, shards) => expect(parseShards(text)).toEqual(shards));
