import { describe, expect, test } from 'vitest';
import { compareTemplates } from '../../src/face/compare.ts';
import type { Template } from '../../src/face/port.ts';
import { normalise } from '../../src/face/scores.ts';
import { type Random, randomFor } from './random.ts';
import { BIN_COUNT, binOf, NO_SCORE } from './rates.ts';
import { collectScopes } from './scope.ts';
import { eachImpostor, multiply, type Sample, scoreGenuine, type Trials } from './trials.ts';

const DIM = 37;
const template = (random: Random, model = 'm'): Template => ({
  model,
  vector: normalise(Float32Array.from({ length: DIM }, () => random() - 0.5)),
});
const sampleOf = (person: number, ...attempts: Template[]): Sample => ({ person, attempts, templateLength: 3 });

/** Two pictures of each person, everything against everything; person 0 has a reference that was not acquired. */
function trialsOf(people: number, random: Random): Trials {
  const persons = Array.from({ length: 2 * people }, (_, at) => at >> 1);
  return {
    references: persons.map((person, at) => (at === 0 ? sampleOf(person) : sampleOf(person, template(random)))),
    probes: persons.map((person) => sampleOf(person, template(random))),
    genuine: persons.map((_, at) => ({ reference: at ^ 1, probe: at })),
  };
}
const everyone = { probe: () => true, reference: () => true };

describe('impostor comparisons', () => {
  test('are those of different people, with the scores of the shipped comparison', () => {
    const trials = trialsOf(5, randomFor('impostors'));
    const found = new Map<string, number>();
    eachImpostor(trials, (probe, references, bins, count) => {
      for (let i = 0; i < count; i++) found.set(`${probe}-${references[i]}`, bins[i] as number);
    });
    const expected = new Map<string, number>();
    for (const [probe, { person, attempts }] of trials.probes.entries()) {
      for (const [reference, other] of trials.references.entries()) {
        const [one, two] = [attempts[0], other.attempts[0]];
        if (person !== other.person && one && two) {
          expected.set(`${probe}-${reference}`, binOf(compareTemplates(one, two)));
        }
      }
    }
    expect(found).toEqual(expected);
    // Ten probes against eight references of others; the one that was not acquired is missing for eight of them.
    expect(found.size).toBe(10 * 8 - 8);
  });

  test('of several attempts the best counts', () => {
    const random = randomFor('attempts');
    const [reference, one, other] = [template(random), template(random), template(random)];
    const bins: number[] = [];
    const trials = { references: [sampleOf(0, reference)], probes: [sampleOf(1, one, other)], genuine: [] };
    eachImpostor(trials, (_probe, _references, found) => bins.push(found[0] as number));
    const best = Math.max(compareTemplates(one, reference), compareTemplates(other, reference));
    expect(bins).toEqual([binOf(best)]);
  });

  test('templates of another recogniser stop the evaluation', () => {
    const random = randomFor('models');
    const trials = {
      references: [sampleOf(0, template(random)), sampleOf(2, template(random, 'other'))],
      probes: [sampleOf(1, template(random))],
      genuine: [],
    };
    expect(() => eachImpostor(trials, () => undefined)).toThrow('one recogniser');
  });

  test.each([1, 3, 4, 7])('a product with %d rows', (rows) => {
    const random = randomFor('product', rows);
    const vectors = Array.from({ length: rows }, () => template(random).vector);
    const packed = Float32Array.from(vectors.flatMap((vector) => [...vector]));
    const { vector } = template(random);
    const out = new Float64Array(rows);
    multiply(packed, DIM, vector, out);
    for (const [row, value] of out.entries()) {
      const expected = compareTemplates({ model: 'm', vector }, { model: 'm', vector: vectors[row] as Float32Array });
      expect(value).toBeCloseTo(expected, 9);
    }
  });
});

describe('genuine comparisons', () => {
  test('without a template on one side have no score', () => {
    const genuine = scoreGenuine(trialsOf(3, randomFor('genuine')));
    expect(genuine.map(({ bin }) => bin === NO_SCORE)).toEqual([false, true, false, false, false, false]);
  });

  test('of two people are refused', () => {
    const trials = { ...trialsOf(3, randomFor('mixed')), genuine: [{ reference: 2, probe: 0 }] };
    expect(() => scoreGenuine(trials)).toThrow('one person');
  });
});

describe('scopes', () => {
  test('hold the comparisons of which both sides belong to them', () => {
    const trials = trialsOf(6, randomFor('scopes'));
    const isLow = (person: number) => person < 2;
    const scopes = collectScopes(trials, 6, {
      everyone,
      low: { probe: isLow, reference: isLow },
      cross: { probe: isLow, reference: (person) => !isLow(person) },
    });
    expect(scopes.everyone.impostors.total).toBe(12 * 10 - 10);
    expect(scopes.low.impostors.total).toBe(4 * 2 - 2);
    expect(scopes.cross.impostors.total).toBe(4 * 8);
    expect([scopes.everyone, scopes.low, scopes.cross].map(({ genuine }) => genuine.length)).toEqual([12, 4, 0]);
    expect(scopes.low.people).toEqual([0, 1]);
    expect([...scopes.low.impostors.referencesOf.slice(0, 3)]).toEqual([1, 2, 0]);
  });

  test('keep every comparison above the bin from which they know them', () => {
    const trials = trialsOf(200, randomFor('tail'));
    const { impostors } = collectScopes(trials, 200, { everyone }).everyone;
    expect(impostors.total).toBe(400 * 398 - 398);
    expect(impostors.knownFrom).toBeGreaterThan(0);
    const above = impostors.counts.subarray(impostors.knownFrom, BIN_COUNT).reduce((sum, count) => sum + count, 0);
    expect(impostors.tail.bins.length).toBe(above);
    expect(above).toBeLessThan(impostors.total);
    expect(Math.min(...impostors.tail.bins)).toBe(impostors.knownFrom);
  });
});
