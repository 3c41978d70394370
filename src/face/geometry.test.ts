import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applySimilarity,
  invertSimilarity,
  letterbox,
  overlapArea,
  type Point,
  similarityBetween,
  squareAround,
} from './geometry.ts';
import { ARCFACE_112 } from './landmarks.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const similarity = fc.record({
  size: number(0.1, 10),
  turn: number(-Math.PI, Math.PI),
  tx: number(-500, 500),
  ty: number(-500, 500),
});

describe('similarity', () => {
  test('is found again from where it brings five points', () => {
    fc.assert(
      fc.property(similarity, ({ size, turn, tx, ty }) => {
        const made = { a: size * Math.cos(turn), b: size * Math.sin(turn), tx, ty };
        const found = similarityBetween(
          ARCFACE_112,
          ARCFACE_112.map((point) => applySimilarity(made, point)),
        );
        for (const key of ['a', 'b', 'tx', 'ty'] as const) expect(found[key]).toBeCloseTo(made[key], 5);
      }),
    );
  });

  test('no nearby similarity fits noisy points better', () => {
    const from: Point[] = [...ARCFACE_112];
    const to = from.map(({ x, y }, index) => ({ x: 2 * x + (index % 2) * 3, y: 2 * y - (index % 3) * 2 }));
    const best = similarityBetween(from, to);
    const error = (candidate: typeof best) =>
      from.reduce((sum, point, index) => {
        const at = applySimilarity(candidate, point);
        const target = to[index] as Point;
        return sum + (at.x - target.x) ** 2 + (at.y - target.y) ** 2;
      }, 0);
    for (const key of ['a', 'b', 'tx', 'ty'] as const) {
      for (const step of [-1e-3, 1e-3])
        expect(error({ ...best, [key]: best[key] + step })).toBeGreaterThan(error(best));
    }
  });

  test('its inverse brings every point back', () => {
    fc.assert(
      fc.property(similarity, number(-300, 300), number(-300, 300), ({ size, turn, tx, ty }, x, y) => {
        const made = { a: size * Math.cos(turn), b: size * Math.sin(turn), tx, ty };
        const back = applySimilarity(invertSimilarity(made), applySimilarity(made, { x, y }));
        expect(back.x).toBeCloseTo(x, 6);
        expect(back.y).toBeCloseTo(y, 6);
      }),
    );
  });

  test('points in one place are refused', () => {
    expect(() => similarityBetween([ARCFACE_112[0], ARCFACE_112[0]], [ARCFACE_112[0], ARCFACE_112[1]])).toThrow();
  });
});

test.each([
  { name: 'wide', size: [1280, 720], fit: { width: 320, height: 180, offsetX: 0, offsetY: 30 } },
  { name: 'chip photo', size: [297, 355], fit: { width: 201, height: 240, offsetX: 59, offsetY: 0 } },
  { name: 'same shape', size: [640, 480], fit: { width: 320, height: 240, offsetX: 0, offsetY: 0 } },
  { name: 'a line', size: [5000, 1], fit: { width: 320, height: 1, offsetX: 0, offsetY: 119 } },
])('letterbox keeps the shape: $name', ({ size: [width = 0, height = 0], fit }) => {
  expect(letterbox(width, height, 320, 240)).toEqual(fit);
});

test('a square keeps the middle of its box', () => {
  expect(squareAround({ x: 10, y: 20, width: 30, height: 50 }, 50, 1.2)).toEqual({
    x: -5,
    y: 15,
    width: 60,
    height: 60,
  });
});

test('overlap of boxes apart is nothing, of a box with itself its area', () => {
  const box = { x: 0, y: 0, width: 4, height: 5 };
  expect(overlapArea(box, { ...box, x: 4 })).toBe(0);
  expect(overlapArea(box, box)).toBe(20);
});
