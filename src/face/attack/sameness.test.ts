import { expect, test } from 'vitest';
import type { Raster } from '../raster.ts';
import { Sameness } from './sameness.ts';

const BOX = { x: 40, y: 20, width: 100, height: 120 };

function picture(value: (at: number) => number): Raster {
  const [width, height] = [200, 160];
  return { data: Uint8Array.from({ length: width * height * 3 }, (_, at) => value(at)), width, height };
}

test('a picture that repeats itself is the same, one with the least noise is not', () => {
  const sameness = new Sameness();
  const made = picture((at) => 60 + (at % 90));
  expect(sameness.look(made, BOX)).toBeNull();
  expect(sameness.look(made, { ...BOX, x: 44 })).toBe(1);
  const noisy = () => picture((at) => 60 + (at % 90) + (Math.random() < 0.1 ? 1 : 0));
  sameness.look(noisy(), BOX);
  expect(sameness.look(noisy(), BOX)).toBeLessThan(0.05);
});

test('black and white have no noise in any camera and tell nothing; neither does a face that is too small or another size', () => {
  const sameness = new Sameness();
  const black = picture(() => 3);
  sameness.look(black, BOX);
  expect(sameness.look(black, BOX)).toBeNull();
  const grey = picture(() => 100);
  sameness.look(grey, BOX);
  expect(sameness.look(grey, { ...BOX, width: 20, height: 20 })).toBeNull();
  expect(sameness.look({ ...grey, width: 160, height: 200 }, BOX)).toBeNull();
});

test('what was kept is gone after being told to forget, and a box outside of the picture does no harm', () => {
  const sameness = new Sameness();
  const grey = picture(() => 100);
  sameness.look(grey, BOX);
  sameness.forget();
  expect(sameness.look(grey, BOX)).toBeNull();
  expect(sameness.look(grey, { x: -500, y: 900, width: 50, height: 50 })).toBeNull();
});
