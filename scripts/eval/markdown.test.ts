import { expect, test } from 'vitest';
import { percent, points, rate, score, table } from './markdown.ts';

test('columns are as wide as their widest cell', () => {
  expect(table(['a', 'long name'], [['12.5 %', 'b']])).toBe(
    ['| a      | long name |', '| ------ | --------- |', '| 12.5 % | b         |'].join('\n'),
  );
});

test('values with their intervals; no interval where there is none, a dash where nothing is known', () => {
  expect(percent({ value: 0.98304, low: 0.9731, high: 0.9916 })).toBe('98.30 (97.31–99.16)');
  expect(points({ value: -0.013, low: -0.04, high: 0.007 })).toBe('-1.3 (-4.0 to 0.7)');
  expect(score({ value: 0.43, low: 0.43, high: 0.43 })).toBe('0.430');
  expect(rate({ value: 0.00106, low: 0, high: 0.0014 })).toBe('1.1e-3 (0–1.4e-3)');
  expect([rate(undefined), percent({ value: Number.NaN, low: 0, high: 1 })]).toEqual(['–', '–']);
});
