import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GENTLE, lengthMs, makePattern, shareAt } from './light-pattern.ts';

const pattern = fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })).map((numbers) => {
  // A source that repeats itself for ever would never give a pattern that spreads: mixed with one that does.
  let n = 0;
  return makePattern(() => ((numbers.next().value as number) + n++ * 0.618_034) % 1);
});

describe('pattern of the ring light', () => {
  test('is gentle: below three changes a second, never dark, never above the set level, no jump', () => {
    fc.assert(
      fc.property(pattern, (made) => {
        for (const { level, ms } of made.steps) {
          expect(level).toBeGreaterThanOrEqual(GENTLE.darkest);
          expect(level).toBeLessThanOrEqual(GENTLE.lightest);
          expect(1000 / ms).toBeLessThan(3);
        }
        const steepest = (GENTLE.lightest - GENTLE.darkest) / GENTLE.rampMs;
        for (let atMs = 0; atMs < lengthMs(made) + 500; atMs += 7) {
          const change = Math.abs(shareAt(made, atMs + 7) - shareAt(made, atMs));
          expect(change).toBeLessThanOrEqual(7 * steepest + 1e-9);
        }
        expect(lengthMs(made)).toBeLessThan(2_700);
      }),
    );
  });

  test('begins and ends at the level that was set', () => {
    fc.assert(
      fc.property(pattern, (made) => {
        expect(shareAt(made, -1)).toBe(1);
        expect(shareAt(made, 0)).toBe(1);
        expect(shareAt(made, lengthMs(made) + GENTLE.rampMs)).toBe(1);
      }),
    );
  });

  test('no two of a thousand are the same', () => {
    const made = Array.from({ length: 1_000 }, () => JSON.stringify(makePattern(Math.random)));
    expect(new Set(made).size).toBe(1_000);
  });
});
