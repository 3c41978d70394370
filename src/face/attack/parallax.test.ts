import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ARCFACE_112, type FivePoints } from '../landmarks.ts';
import { greatestMotion, pointMotion } from './parallax.ts';

const moved = (map: (x: number, y: number, at: number) => readonly [number, number]) =>
  ARCFACE_112.map(({ x, y }, at) => {
    const [u, v] = map(x, y, at);
    return { x: u, y: v };
  }) as unknown as FivePoints;
const small = fc.double({ min: -0.2, max: 0.2, noNaN: true });

test('a flat face that tilts, moves and turns shows no depth, whatever the motion', () => {
  fc.assert(
    fc.property(small, small, small, small, (a, b, c, d) => {
      const tilted = moved((x, y) => [(1 + a) * x + b * y + 30, c * x + (1 + d) * y - 12]);
      expect(pointMotion(ARCFACE_112, tilted).depth).toBeLessThan(1e-9);
    }),
  );
});

test('shift, turn and scale are no tilt', () => {
  const turned = moved((x, y) => [0.9 * x - 0.2 * y + 5, 0.2 * x + 0.9 * y]);
  expect(pointMotion(ARCFACE_112, turned).tilt).toBeLessThan(1e-9);
});

test('a nose that moves against eyes and mouth shows depth, and the greatest of all pairs counts', () => {
  const nose = (by: number) => moved((x, y, at) => [at === 2 ? x + by : x, y]);
  const little = pointMotion(ARCFACE_112, nose(1)).depth;
  expect(little).toBeGreaterThan(0.005);
  expect(pointMotion(ARCFACE_112, nose(3)).depth).toBeCloseTo(3 * little, 4);
  expect(greatestMotion([ARCFACE_112, nose(1), nose(-2)])?.depth).toBeCloseTo(3 * little, 4);
});

test('one frame has no motion', () => {
  expect(greatestMotion([ARCFACE_112])).toBeUndefined();
  expect(greatestMotion([])).toBeUndefined();
});
