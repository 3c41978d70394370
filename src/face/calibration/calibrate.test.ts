import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Template } from '../port.ts';
import { binOf, NO_SCORE, scoreOf } from '../rates.ts';
import { drawPeople, interval, seededRandom } from './bootstrap.ts';
import { type CalibrationData, calibrate, comparisonsNeeded, EVERYONE, peopleNeeded } from './calibrate.ts';
import { allPairs, type Sample, scoreTrials } from './comparisons.ts';
import { thresholdsOf, withThresholds } from './thresholds.ts';

const sample = (person: number, ...vector: number[]): Sample => ({
  person,
  template: { model: 'm', vector: Float32Array.from(vector) } satisfies Template,
});

test('pairs of one person are genuine, all others impostors; what was not acquired has no score', () => {
  const references = [sample(0, 1, 0), sample(1, 0, 1)];
  const probes = [sample(0, 0.6, 0.8), { person: 1, template: undefined }];
  const { genuine, impostors } = scoreTrials(references, probes, allPairs(2, 2));
  expect(genuine).toEqual({
    bins: Int32Array.of(binOf(0.6), NO_SCORE),
    probes: Int32Array.of(0, 1),
    references: Int32Array.of(0, 1),
  });
  expect([...impostors.bins]).toEqual([binOf(0.8), NO_SCORE]);
});

/** Everyone with everyone: impostors spread evenly over 0..0.5, genuine over 0.4..0.9; members of the group 0.1 higher. */
function crowd(people: number, inGroup: number): CalibrationData {
  const random = seededRandom(7);
  const [bins, probes, references]: [number[], number[], number[]] = [[], [], []];
  for (let probe = 0; probe < people; probe++)
    for (let reference = 0; reference < people; reference++) {
      if (probe === reference) continue;
      const extra = probe < inGroup && reference < inGroup ? 0.1 : 0;
      bins.push(binOf(0.5 * random() + extra));
      probes.push(probe);
      references.push(reference);
    }
  const own = Array.from({ length: people }, (_, person) => person);
  return {
    people,
    genuine: {
      bins: Int32Array.from(own, () => binOf(0.4 + 0.5 * random())),
      probes: Int32Array.from(own),
      references: Int32Array.from(own),
    },
    impostors: {
      bins: Int32Array.from(bins),
      probes: Int32Array.from(probes),
      references: Int32Array.from(references),
    },
    groups: [{ name: 'group', members: Uint8Array.from(own, (person) => Number(person < inGroup)) }],
  };
}

test('the group that is falsely matched most sets the threshold; a small group is told, not trusted', () => {
  const goal = { fmr: 0.01, reviewFmr: 0.01, rounds: 50 };
  const strong = calibrate(crowd(60, 30), goal, seededRandom(1));
  expect(strong.worstGroup).toBe('group');
  expect(strong.match).toBeGreaterThan(0.58);
  expect(strong.match).toBeLessThanOrEqual(0.6);
  expect(strong.interval.low).toBeLessThanOrEqual(strong.match);
  expect(strong.interval.high).toBeGreaterThanOrEqual(strong.match - 1e-9);
  for (const { fmrAtMatch } of strong.groups) expect(fmrAtMatch).toBeLessThanOrEqual(0.01);
  expect(strong.fnmrAtMatch.value).toBeGreaterThan(strong.fnmrAtReview.value - 1e-9);

  const weak = calibrate(crowd(60, 10), goal, seededRandom(1));
  expect(weak.worstGroup).toBe(EVERYONE);
  expect(weak.groups[1]).toMatchObject({ name: 'group', people: 10, impostors: 90, threshold: null });
  expect(weak.groups[1]?.fmrAtMatch).toBeGreaterThan(0.01);
});

test('whatever the scores: no group with enough comparisons is above the asked FMR, and review lies at or below match', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 420, maxLength: 420 }), (scores) => {
      const data = crowd(21, 21);
      data.impostors.bins.set(scores);
      const result = calibrate(data, { fmr: 0.0099, reviewFmr: 0.01, rounds: 0 }, seededRandom(1));
      expect(result.review).toBeLessThanOrEqual(result.match);
      for (const { threshold, fmrAtMatch } of result.groups)
        if (threshold !== null) expect(fmrAtMatch).toBeLessThanOrEqual(0.0099);
      expect(scores.filter((bin) => scoreOf(bin) >= result.match).length).toBeLessThanOrEqual(0.0099 * 420);
    }),
    { numRuns: 50 },
  );
});

test('the rule of three says how many comparisons and people a rate needs', () => {
  expect(comparisonsNeeded(1e-3)).toBe(3_000);
  expect(comparisonsNeeded(1e-2)).toBe(300);
  expect(peopleNeeded(1e-3, 1, 1)).toBe(56);
  expect(56 * 55).toBeGreaterThanOrEqual(3_000);
  expect(55 * 54).toBeLessThan(3_000);
  expect(peopleNeeded(1e-2, 5, 1)).toBe(20);
});

test('the bootstrap draws as many people as there are, the same for the same seed', () => {
  const weights = drawPeople(100, seededRandom(3));
  expect(weights.reduce((sum, weight) => sum + weight)).toBe(100);
  expect(drawPeople(100, seededRandom(3))).toEqual(weights);
  expect(drawPeople(100, seededRandom(4))).not.toEqual(weights);
  expect(interval(Array.from({ length: 101 }, (_, at) => at))).toEqual({ low: 3, high: 98 });
});

test('thresholds are rounded up and put into the manifest, all else untouched', () => {
  const result = { ...calibrate(crowd(60, 30), { fmr: 0.01, reviewFmr: 0.01, rounds: 5 }, seededRandom(1)) };
  const written = thresholdsOf({ ...result, match: 0.45621, review: 0.3 }, 'our people', 0.01, '2026-11-22');
  expect(written).toMatchObject({ match: 0.457, review: 0.3, calibratedOn: 'our people', fmrAtMatch: 0.01 });
  expect(written.calibration).toMatchObject({ date: '2026-11-22', people: 60, genuine: 60, impostors: 3_540 });
  const manifest = { version: 2, models: ['left alone'], comparison: { turnBelow: 3, thresholds: {} } };
  expect(withThresholds(manifest, written)).toEqual({
    ...manifest,
    comparison: { turnBelow: 3, thresholds: written },
  });
});
