import { expect, test } from 'vitest';
import { ARCFACE_112 } from './landmarks.ts';
import { laplacianVariance, meanBrightness, measureQuality } from './quality.ts';
import type { Raster } from './raster.ts';

const SIDE = 112;
function picture(value: (x: number, y: number) => number): Raster {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0, at = 0; y < SIDE; y++) for (let x = 0; x < SIDE; x++, at += 3) data.fill(value(x, y), at, at + 3);
  return { data, width: SIDE, height: SIDE };
}
const measure = (aligned: Raster) =>
  measureQuality(
    {
      faceCount: 1,
      box: { x: 160, y: 90, width: 320, height: 180 },
      points: ARCFACE_112,
      picture: { width: 640, height: 360 },
      reduction: 2,
    },
    aligned,
  );

test('box and eye distance are told in terms of the picture that came in', () => {
  const quality = measure(picture(() => 128));
  expect(quality.box).toEqual({ x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
  expect(quality.interEyePx).toBeCloseTo(70.5, 1);
});

test.each([10, 60, 128, 250])('brightness of an even grey %d is that grey, evenly lit, not sharp', (grey) => {
  const quality = measure(picture(() => grey));
  expect(quality.brightness).toBeCloseTo(grey, 0);
  expect(quality.evenness).toBe(1);
  expect(quality.sharpness).toBe(0);
});

test('the stronger the light from one side, the lower evenness', () => {
  const evenness = [0, 0.5, 1, 1.5].map((slope) => measure(picture((x) => 128 + slope * (x - 56))).evenness);
  expect(evenness).toEqual(evenness.toSorted((a, b) => b - a));
  expect(evenness.at(-1)).toBeCloseTo((128 - 24) / (128 + 24), 1);
});

test('the finer the detail, the higher sharpness', () => {
  const sharpness = [32, 16, 8, 4].map(
    (period) => measure(picture((x) => 128 + 60 * Math.sin((2 * Math.PI * x) / period))).sharpness,
  );
  expect(sharpness).toEqual(sharpness.toSorted((a, b) => a - b));
});

test('variance of the Laplacian of one bright dot', () => {
  const grey = new Uint8Array(25);
  grey[12] = 10;
  // Nine inner pixels: −40 in the middle, 10 at its four neighbours, 0 elsewhere.
  expect(laplacianVariance(grey, 5, 5)).toBeCloseTo((1600 + 4 * 100) / 9, 6);
});

test('a dark room is dark', () => {
  expect(meanBrightness(picture(() => 4))).toBeCloseTo(4, 1);
});
