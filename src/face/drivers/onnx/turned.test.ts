import { expect, test } from 'vitest';
import { applySimilarity, composeSimilarities } from '../../geometry.ts';
import type { Raster } from '../../raster.ts';
import { boundsInPicture, type QuarterTurn, quarterView, turnedView, uprightRaster } from './turned.ts';

const TURNS: readonly QuarterTurn[] = [0, 1, 2, 3];
/** 3 wide, 2 high; every pixel has a value of its own. */
const PICTURE: Raster = { data: Uint8Array.from({ length: 18 }, (_, at) => at), width: 3, height: 2 };
const pixel = (raster: Raster, x: number, y: number) => raster.data[(y * raster.width + x) * 3];

test.each(TURNS)('each pixel of the picture turned upright by %i quarters lies where the view says', (turn) => {
  const upright = uprightRaster(PICTURE, turn);
  const view = quarterView(PICTURE, turn);
  expect([upright.width, upright.height]).toEqual([view.width, view.height]);
  for (let y = 0; y < view.height; y++)
    for (let x = 0; x < view.width; x++) {
      const at = applySimilarity(view.toPicture, { x, y });
      expect(pixel(upright, x, y)).toBe(pixel(PICTURE, Math.round(at.x), Math.round(at.y)));
    }
});

test('a head whose top points to the right is turned by one quarter', () => {
  const { toPicture, width } = quarterView({ width: 100, height: 60 }, 1);
  const forehead = applySimilarity(toPicture, { x: (width - 1) / 2, y: 0 });
  expect(forehead.x).toBeCloseTo(99);
  expect(forehead.y).toBeCloseTo(29.5);
});

test('turning a view further keeps the middle of the box, and four quarters are a whole turn', () => {
  const box = { x: 10, y: 20, width: 30, height: 40 };
  const middle = { x: 25, y: 40 };
  const view = quarterView({ width: 200, height: 100 }, 1);
  const before = applySimilarity(view.toPicture, middle);
  const turned = turnedView(view, box, 30);
  const place = applySimilarity(turned.toPicture, middle);
  expect([place.x, place.y].map((value) => value.toFixed(6))).toEqual([before.x, before.y].map((v) => v.toFixed(6)));
  const quarter = { a: 0, b: 1, tx: 5, ty: 0 };
  const whole = [1, 2, 3].reduce((sum) => composeSimilarities(quarter, sum), quarter);
  expect(whole.a).toBeCloseTo(1);
  expect(whole.b).toBeCloseTo(0);
});

test('a box of a quarter view is the same box, lying, in the picture', () => {
  const bounds = boundsInPicture({ x: 0, y: 0, width: 10, height: 20 }, quarterView({ width: 100, height: 60 }, 1));
  expect(bounds.width).toBeCloseTo(20);
  expect(bounds.height).toBeCloseTo(10);
  expect(bounds.x + bounds.width).toBeCloseTo(99);
});
