import { expect, test } from 'vitest';
import { discardCurve, lengthFifths } from './discard.ts';
import { NO_SCORE } from './rates.ts';
import type { GenuineScore } from './trials.ts';

/** Ten comparisons: the three with the shortest templates are errors, the first because a side was not acquired. */
const genuine: readonly GenuineScore[] = [5, 4, 3, 9, 8, 7, 6, 2, 1, 0].map((templateLength) => ({
  person: 0,
  bin: templateLength === 0 ? NO_SCORE : templateLength < 3 ? 10 : 100,
  templateLength,
}));

test('errors vanish as the shortest templates are discarded', () => {
  const curve = discardCurve(genuine, { match: 50 });
  const at = (share: number) => curve.find(({ discarded }) => Math.abs(discarded - share) < 1e-9)?.fnmr['match'];
  expect(at(0)).toBe(0.3);
  expect(at(0.1)).toBeCloseTo(2 / 9, 9);
  expect(at(0.2)).toBeCloseTo(1 / 8, 9);
  expect(at(0.3)).toBe(0);
  expect(curve.at(-1)?.discarded).toBe(0.5);
});

test('fifths from short to long', () => {
  const fifths = lengthFifths(genuine, { match: 50, strict: 101 });
  expect(fifths.map(({ upTo }) => upTo)).toEqual([1, 3, 5, 7, 9]);
  expect(fifths.map(({ fnmr }) => fnmr['match'])).toEqual([1, 0.5, 0, 0, 0]);
  expect(fifths.every(({ fnmr }) => fnmr['strict'] === 1)).toBe(true);
});
