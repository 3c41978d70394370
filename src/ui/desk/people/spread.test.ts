import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from './spread.ts';

const SIZE = { width: 100, height: 80, mark: 14 };

test('every mark stays inside the picture, and no two lie over each other where there is room', () => {
  const spot = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 11 }), (spots) => {
      const placed = spread(spots, SIZE).map(({ x, y }) => ({ x: x * SIZE.width, y: y * SIZE.height }));
      for (const [i, one] of placed.entries()) {
        expect(one.x).toBeGreaterThanOrEqual(SIZE.mark / 2 - 1e-6);
        expect(one.x).toBeLessThanOrEqual(SIZE.width - SIZE.mark / 2 + 1e-6);
        expect(one.y).toBeGreaterThanOrEqual(SIZE.mark / 2 - 1e-6);
        expect(one.y).toBeLessThanOrEqual(SIZE.height - SIZE.mark / 2 + 1e-6);
        for (const other of placed.slice(i + 1)) {
          expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(SIZE.mark * 0.9);
        }
      }
    }),
  );
});
