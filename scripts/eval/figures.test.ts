import { expect, test } from 'vitest';
import { curvesOf, estimate, interval, type Study } from './figures.ts';
import { randomFor } from './random.ts';
import { addTo, binOf, emptyCounts, NO_SCORE, rateAt } from './rates.ts';
import type { Scope } from './scope.ts';

type Pair = readonly [probe: number, reference: number, score: number];

/** A scope out of impostor scores and genuine ones; each person has one probe and one reference. */
function scopeOf(
  people: readonly number[],
  impostors: readonly Pair[],
  genuine: readonly (readonly [number, number])[],
): Scope {
  const counts = emptyCounts();
  for (const [, , score] of impostors) addTo(counts, binOf(score), 1);
  const samples = new Float64Array(100);
  for (const person of people) samples[person] = 1;
  return {
    people,
    genuine: genuine.map(([person, score]) => ({
      person,
      bin: score === NO_SCORE ? NO_SCORE : binOf(score),
      templateLength: 3,
    })),
    impostors: {
      counts,
      total: impostors.length,
      tail: {
        bins: Int32Array.from(impostors, ([, , score]) => binOf(score)),
        probes: Int32Array.from(impostors, ([probe]) => probe),
        references: Int32Array.from(impostors, ([, reference]) => reference),
      },
      knownFrom: 0,
      probesOf: samples,
      referencesOf: samples,
    },
  };
}

/** Everybody against everybody, scores by chance. */
function chanceScope(people: readonly number[], seed: string): Scope {
  const random = randomFor(seed);
  const pairs = people.flatMap((one) =>
    people.filter((other) => other !== one).map((other): Pair => [one, other, random() * 0.5]),
  );
  return scopeOf(
    people,
    pairs,
    people.map((person) => [person, 0.3 + random() * 0.6] as const),
  );
}

const RULES: Study['rules'] = [
  { name: 'fitted', rule: { fmr: 0.1, on: 'everyone' } },
  { name: 'group', rule: { fmr: 0.1, on: 'group' } },
  { name: 'fixed', rule: { bin: binOf(0.43) } },
];

test('thresholds come from one half, rates from the other, and a failure to acquire is an error at every threshold', () => {
  const fit = scopeOf(
    [0, 1, 2],
    [
      [0, 1, 0.1],
      [0, 2, 0.1],
      [1, 0, 0.1],
      [1, 2, 0.2],
      [2, 0, 0.2],
      [2, 1, 0.3],
    ],
    [[0, 0.9]],
  );
  const report = scopeOf(
    [3, 4],
    [
      [3, 4, 0.25],
      [4, 3, 0.1],
    ],
    [
      [3, 0.5],
      [3, 0.2999],
      [4, 0.3001],
      [4, NO_SCORE],
    ],
  );
  const rules = [{ name: 'fitted', rule: { fmr: 0.17, on: 'everyone' } }, ...RULES.slice(2)];
  const figures = estimate({ fit: { everyone: fit }, report: { everyone: report }, rules }, 5, 20, randomFor('halves'));
  // One of six impostor scores, 0.3, may lie at the threshold: 0.2001 is the lowest such threshold.
  expect(figures['fitted.threshold']?.value).toBeCloseTo(0.2001, 9);
  expect(figures['fitted.everyone.tar']?.value).toBe(0.75);
  expect(figures['fitted.everyone.fmr']?.value).toBe(0.5);
  expect(figures['fixed.everyone.tar']?.value).toBe(0.25);
  expect(figures['fixed.everyone.fmr']?.value).toBe(0);
});

test('a rule on a group that is not there, or was never compared, gives no figure', () => {
  const everyone = chanceScope([0, 1, 2, 3], 'rule');
  const without = { fit: { everyone }, report: { everyone }, rules: RULES };
  expect(estimate(without, 4, 5, randomFor('rule'))['group.threshold']).toBeUndefined();
  const empty = { fit: { everyone, group: scopeOf([0], [], []) }, report: { everyone }, rules: RULES };
  expect(estimate(empty, 4, 5, randomFor('rule'))['group.threshold']).toBeUndefined();
});

test('a person drawn twice counts like two people, but never as an impostor of themselves', () => {
  const scope = chanceScope([0, 1, 2], 'weights');
  const { fmr } = curvesOf(scope, Float64Array.of(2, 1, 0));
  // Left are 0 against 1 and 1 against 0, twice each.
  const scores = scope.impostors.tail;
  const at = [...scores.bins].filter((_, i) => scores.probes[i] !== 2 && scores.references[i] !== 2);
  expect(at).toHaveLength(2);
  expect(rateAt(fmr, Math.min(...at))).toBe(1);
  expect(rateAt(fmr, Math.max(...at))).toBe(0.5);
});

test('bootstrap: the same seed gives the same intervals, another seed others, and the value lies within', () => {
  const people = Array.from({ length: 40 }, (_, person) => person);
  const fit = chanceScope(people.slice(0, 20), 'fit');
  const report = chanceScope(people.slice(20), 'report');
  const study = { fit: { everyone: fit }, report: { everyone: report }, rules: RULES };
  const once = estimate(study, 40, 200, randomFor('seed'));
  expect(estimate(study, 40, 200, randomFor('seed'))).toEqual(once);
  expect(estimate(study, 40, 200, randomFor('another'))).not.toEqual(once);
  for (const { value, low, high } of Object.values(once)) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
  expect(once['fitted.everyone.tar']?.low).toBeLessThan(once['fitted.everyone.tar']?.high as number);
  expect(once['fixed.threshold']).toEqual({ value: 0.43, low: 0.43, high: 0.43 });
});

test('the interval is the middle 95 % of what was drawn', () => {
  expect(interval(Array.from({ length: 1001 }, (_, i) => i))).toEqual({ low: 25, high: 975 });
  expect(interval([Number.NaN, 5])).toEqual({ low: 5, high: 5 });
  expect(interval([]).low).toBeNaN();
});
