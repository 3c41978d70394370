import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accuracyAt,
  addTo,
  BIN_COUNT,
  binOf,
  emptyCounts,
  equalErrorRate,
  mostAccurateThreshold,
  NO_SCORE,
  rateAt,
  rateCurve,
  scoreOf,
  thresholdFor,
} from './rates.ts';

function curveOf(scores: readonly number[], total = scores.length) {
  const counts = emptyCounts();
  for (const score of scores) addTo(counts, binOf(score), 1);
  return rateCurve(counts, total);
}

describe('bins', () => {
  test.each([-1, -0.5, 0, 0.335, 0.34, 0.43, 0.4301, 1])('%d lies on the edge of its bin', (score) => {
    expect(scoreOf(binOf(score))).toBe(score);
    expect(binOf(Math.fround(score))).toBe(binOf(score));
    if (score > -1) expect(binOf(score - 0.00005)).toBe(binOf(score) - 1);
  });

  test('rounding of products does not leave the range', () => {
    expect(binOf(1.0000001)).toBe(BIN_COUNT - 1);
    expect(binOf(-1.0000001)).toBe(0);
  });
});

describe('false match rate', () => {
  test('counts the scores at or above the threshold', () => {
    const fmr = curveOf([0.1, 0.2, 0.3, 0.4]);
    expect(rateAt(fmr, binOf(0.3))).toBe(0.5);
    expect(rateAt(fmr, binOf(0.3) + 1)).toBe(0.25);
    expect(rateAt(fmr, BIN_COUNT)).toBe(0);
  });

  test('scores that tie stay together: the threshold lies above all of them, when all are too many', () => {
    const fmr = curveOf([...Array(96).fill(0.1), 0.5, 0.5, 0.5, 0.6]);
    // One of a hundred may lie at the threshold; the three at 0.5 would be four with it.
    expect(scoreOf(thresholdFor(fmr, 0.01))).toBeCloseTo(0.5001, 9);
    expect(scoreOf(thresholdFor(fmr, 0.039))).toBeCloseTo(0.5001, 9);
    expect(scoreOf(thresholdFor(fmr, 0.04))).toBeCloseTo(0.1001, 9);
  });

  test('no false match is allowed: the threshold lies above the highest score; or nothing is accepted', () => {
    expect(scoreOf(thresholdFor(curveOf([0.1, 0.6]), 0.1))).toBeCloseTo(0.6001, 9);
    expect(thresholdFor(curveOf([1]), 0.1)).toBe(BIN_COUNT);
  });

  test('without comparisons there is no threshold', () => {
    expect(thresholdFor(curveOf([]), 0.1)).toBe(NO_SCORE);
  });

  test('a threshold is the lowest that keeps its FMR, whatever the scores are', () => {
    const scores = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(scores, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (values, target) => {
        const fmr = curveOf(values);
        const bin = thresholdFor(fmr, target);
        expect(rateAt(fmr, bin)).toBeLessThanOrEqual(target * (1 + 1e-9));
        if (bin > 0) expect(rateAt(fmr, bin - 1)).toBeGreaterThan(target);
      }),
    );
  });
});

describe('equal error rate', () => {
  test('of scores that overlap by a known part', () => {
    const impostors = curveOf([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.5]);
    const genuine = curveOf([0.3, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]);
    expect(equalErrorRate(impostors, genuine, 0)).toBeCloseTo(0.1, 9);
  });

  test('is 0 when nothing overlaps, and at least the failures to acquire otherwise', () => {
    const impostors = curveOf([0, 0.1]);
    expect(equalErrorRate(impostors, curveOf([0.5, 0.6]), 0)).toBe(0);
    // Four genuine comparisons, of which two could not be made.
    expect(equalErrorRate(impostors, curveOf([0.5, 0.6], 4), 0)).toBeCloseTo(0.5, 9);
  });

  test('is not told when the crossing lies below what is known', () => {
    expect(equalErrorRate(curveOf([0.1, 0.5]), curveOf([0.3, 0.6]), binOf(0.9))).toBeNaN();
  });
});

test('the most accurate threshold separates what can be separated', () => {
  const [fmr, tar] = [curveOf([0.1, 0.2]), curveOf([0.5, 0.6])];
  const bin = mostAccurateThreshold(fmr, tar, 0);
  expect(scoreOf(bin)).toBe(0.5);
  expect(accuracyAt(fmr, tar, bin)).toBe(1);
});
