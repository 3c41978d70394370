import { expect, test } from 'vitest';
import { applySimilarity, composeSimilarities, invertSimilarity } from '../../geometry.ts';
import type { Raster } from '../../raster.ts';
import { boundsInPicture, drawView, TURNS, turnedView, uprightView } from './turned.ts';

/** 3 wide, 2 high; every pixel has a value of its own. */
const PICTURE: Raster = { data: Uint8Array.from({ length: 18 }, (_, at) => at), width: 3, height: 2 };
const pixel = (raster: Raster, x: number, y: number) => raster.data[(y * raster.width + x) * 3];

test.each(TURNS.filter((turn) => turn % 90 === 0))(
  'each pixel of the picture turned by %i° lies where the view says',
  (turn) => {
    const view = uprightView(PICTURE, turn);
    const upright = drawView(view, PICTURE, PICTURE, view.width, view.height);
    expect(upright.data.length).toBe(PICTURE.data.length);
    for (let y = 0; y < view.height; y++)
      for (let x = 0; x < view.width; x++) {
        const at = applySimilarity(view.toPicture, { x, y });
        expect(pixel(upright, x, y)).toBe(pixel(PICTURE, Math.round(at.x), Math.round(at.y)));
      }
  },
);

test.each(TURNS)(
  'the view turned by %i° holds the whole picture, and a reduced one is drawn in the same place',
  (turn) => {
    const size = { width: 160, height: 90 };
    const view = uprightView(size, turn);
    const corners = [
      { x: 0, y: 0 },
      { x: 159, y: 89 },
      { x: 0, y: 89 },
    ].map((corner) => applySimilarity(invertSimilarity(view.toPicture), corner));
    for (const { x, y } of corners) {
      expect(x).toBeGreaterThan(-1);
      expect(y).toBeGreaterThan(-1);
      expect(x).toBeLessThan(view.width);
      expect(y).toBeLessThan(view.height);
    }
    // A bright spot at three quarters of the width, half of the height.
    const small: Raster = { data: new Uint8Array(80 * 45 * 3), width: 80, height: 45 };
    for (let y = 20; y < 25; y++)
      for (let x = 58; x < 63; x++) small.data.fill(255, (y * 80 + x) * 3, (y * 80 + x) * 3 + 3);
    const [width, height] = [Math.round(view.width / 2), Math.round(view.height / 2)];
    const drawn = drawView(view, small, size, width, height);
    let [sum, sumX, sumY] = [0, 0, 0];
    for (let at = 0; at < width * height; at++) {
      const value = drawn.data[at * 3] as number;
      sum += value;
      sumX += value * (at % width);
      sumY += value * Math.floor(at / width);
    }
    const scale = view.width / width;
    const place = applySimilarity(view.toPicture, {
      x: (sumX / sum + 0.5) * scale - 0.5,
      y: (sumY / sum + 0.5) * scale - 0.5,
    });
    expect(Math.abs(place.x - 120.5)).toBeLessThan(2);
    expect(Math.abs(place.y - 44.5)).toBeLessThan(2);
  },
);

test('a head whose top points to the right is turned by one quarter', () => {
  const { toPicture, width } = uprightView({ width: 100, height: 60 }, 90);
  const forehead = applySimilarity(toPicture, { x: (width - 1) / 2, y: 0 });
  expect(forehead.x).toBeCloseTo(99);
  expect(forehead.y).toBeCloseTo(29.5);
});

test('turning a view further keeps the middle of the box, and four quarters are a whole turn', () => {
  const box = { x: 10, y: 20, width: 30, height: 40 };
  const middle = { x: 25, y: 40 };
  const view = uprightView({ width: 200, height: 100 }, 90);
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
  const bounds = boundsInPicture({ x: 0, y: 0, width: 10, height: 20 }, uprightView({ width: 100, height: 60 }, 90));
  expect(bounds.width).toBeCloseTo(20);
  expect(bounds.height).toBeCloseTo(10);
  expect(bounds.x + bounds.width).toBeCloseTo(99);
});
