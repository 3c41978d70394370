import { expect, test } from 'vitest';
import { averageDown, cropSquare, type Raster, toGrey, warp } from './raster.ts';

/** Red rises with x, green with y, blue is 7. */
function ramp(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) data.set([x * 10, y * 10, 7], at);
  }
  return { data, width, height };
}
const pixel = ({ data, width }: Raster, x: number, y: number) => [...data.subarray((y * width + x) * 3).subarray(0, 3)];
const STILL = { a: 1, b: 0, tx: 0, ty: 0 };

test('the identity copies', () => {
  const source = ramp(8, 6);
  expect(warp(source, STILL, 8, 6).data).toEqual(source.data);
});

test('half a pixel aside is the mean of two neighbours', () => {
  expect(pixel(warp(ramp(8, 6), { ...STILL, tx: 0.5 }, 4, 4), 2, 1)).toEqual([25, 10, 7]);
});

test('a quarter turn swaps the axes', () => {
  const turned = warp(ramp(8, 8), { a: 0, b: 1, tx: 7, ty: 0 }, 8, 8);
  // Target (x, y) shows source (7 − y, x).
  expect(pixel(turned, 2, 3)).toEqual([40, 20, 7]);
});

test('outside the picture is black', () => {
  const shifted = warp(ramp(4, 4), { ...STILL, tx: 2 }, 4, 4);
  expect(pixel(shifted, 1, 2)).toEqual([30, 20, 7]);
  expect(pixel(shifted, 2, 2)).toEqual([0, 0, 0]);
});

test('a crop that leaves the picture keeps its scale and is black there', () => {
  const crop = cropSquare(ramp(4, 4), { x: -4, y: 0, width: 8, height: 8 }, 8);
  expect(pixel(crop, 3, 0)).toEqual([0, 0, 0]);
  expect(pixel(crop, 5, 2)).toEqual([10, 20, 7]);
});

test('fine stripes made smaller become grey, not stripes', () => {
  const width = 64;
  const data = new Uint8Array(width * width * 3);
  for (let at = 0; at < data.length; at += 3) data.fill((at / 3) % 2 === 0 ? 255 : 0, at, at + 3);
  const small = cropSquare({ data, width, height: width }, { x: 0, y: 0, width, height: width }, 16);
  for (const value of small.data) expect(Math.abs(value - 128)).toBeLessThanOrEqual(1);
});

test('grey is luma', () => {
  expect([...toGrey({ data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255), width: 3, height: 1 })]).toEqual([
    76, 150, 29,
  ]);
});

test('averaging down keeps every pixel: blocks of unequal sides, the mean of all', () => {
  const small = averageDown(ramp(7, 5), 3, 2);
  expect([small.width, small.height]).toEqual([3, 2]);
  // Columns 0–1, 2–3 and 4–6; rows 0–1 and 2–4.
  expect(pixel(small, 0, 0)).toEqual([5, 5, 7]);
  expect(pixel(small, 2, 1)).toEqual([50, 30, 7]);
});
