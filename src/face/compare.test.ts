import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTemplates, fuseTemplates } from './compare.ts';
import type { Template } from './port.ts';
import { length, logOdds, normalise } from './scores.ts';

const template = (...values: number[]): Template => ({ model: 'm', vector: normalise(Float32Array.from(values)) });
const anyTemplate = fc
  .array(fc.integer({ min: -100, max: 100 }), { minLength: 4, maxLength: 4 })
  .filter((values) => values.some((value) => value !== 0))
  .map((values) => template(...values));

test('the same direction is 1, the opposite −1, a right angle 0', () => {
  expect(compareTemplates(template(1, 2), template(2, 4))).toBeCloseTo(1, 6);
  expect(compareTemplates(template(1, 2), template(-1, -2))).toBeCloseTo(-1, 6);
  expect(compareTemplates(template(1, 0), template(0, 1))).toBe(0);
});

test('a score is symmetric and stays within −1..1', () => {
  fc.assert(
    fc.property(anyTemplate, anyTemplate, (one, other) => {
      const score = compareTemplates(one, other);
      expect(Math.abs(score)).toBeLessThanOrEqual(1);
      expect(compareTemplates(other, one)).toBe(score);
    }),
  );
});

test('templates of different models are never compared or fused', () => {
  const foreign = { ...template(1, 0), model: 'other' };
  expect(() => compareTemplates(template(1, 0), foreign)).toThrow();
  expect(() => fuseTemplates([template(1, 0), foreign])).toThrow();
});

test('a fused template has length 1, lies between its frames and leaves them alone', () => {
  const frames = [template(1, 0), template(0, 1)];
  const fused = fuseTemplates(frames);
  expect(length(fused.vector)).toBeCloseTo(1, 6);
  for (const frame of frames) expect(compareTemplates(fused, frame)).toBeCloseTo(Math.SQRT1_2, 6);
  expect([...(frames[0] as Template).vector]).toEqual([1, 0]);
  expect(() => fuseTemplates([])).toThrow();
});

test('log-odds of a class agree with softmax, and stay finite where softmax rounds to 1', () => {
  const [a, b, c] = [1.2, -0.3, 0.4];
  const p = Math.exp(a) / (Math.exp(a) + Math.exp(b) + Math.exp(c));
  expect(logOdds([a, b, c], 0)).toBeCloseTo(Math.log(p / (1 - p)), 9);
  expect(logOdds([900, 0, 0], 0)).toBeCloseTo(900 - Math.log(2), 6);
});
