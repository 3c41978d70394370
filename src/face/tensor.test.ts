import { expect, test } from 'vitest';
import type { ModelInput } from './manifest.ts';
import type { Raster } from './raster.ts';
import { toTensor } from './tensor.ts';

const input = (colour: ModelInput['colour'], mean: number[], std: number[]): ModelInput => ({
  name: 'input',
  layout: 'NCHW',
  width: 2,
  height: 2,
  dtype: 'float32',
  colour,
  mean,
  std,
});
const red: Raster = { data: Uint8Array.of(200, 100, 50), width: 1, height: 1 };

test('channels lie side by side in NHWC, at the offset too', () => {
  const nhwc = { ...input('BGR', [0, 0, 0], [1, 1, 1]), layout: 'NHWC' } as const;
  expect([...toTensor(red, nhwc)]).toEqual([50, 100, 200, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect([...toTensor(red, nhwc, 1, 1)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 100, 200]);
});

test('channels lie in planes, in the order of the model', () => {
  expect([...toTensor(red, input('RGB', [0, 0, 0], [1, 1, 1]))]).toEqual([200, 0, 0, 0, 100, 0, 0, 0, 50, 0, 0, 0]);
  expect([...toTensor(red, input('BGR', [0, 0, 0], [1, 1, 1]))]).toEqual([50, 0, 0, 0, 100, 0, 0, 0, 200, 0, 0, 0]);
});

test('mean and std belong to the channel, and what the picture does not cover stays 0', () => {
  const tensor = toTensor(red, input('BGR', [10, 20, 30], [2, 4, 10]), 1, 1);
  expect([...tensor]).toEqual([0, 0, 0, 20, 0, 0, 0, 20, 0, 0, 0, 17]);
});

test('grey is one plane of luma', () => {
  expect([...toTensor(red, input('grey', [0], [2]))]).toEqual([62, 0, 0, 0]);
});
