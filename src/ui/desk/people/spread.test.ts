import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from './spread.ts';

const SIZE = { width: 100, height: 80, mark: 13 };

test('every mark stays inside the picture, wherever the villages lie', () => {
  const spot = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 20 }), (spots) => {
      for (const { x, y } of spread(spots, SIZE)) {
        expect(Math.abs(x - 0.5) * SIZE.width).toBeLessThanOrEqual((SIZE.width - SIZE.mark) / 2 + 1e-6);
        expect(Math.abs(y - 0.5) * SIZE.height).toBeLessThanOrEqual((SIZE.height - SIZE.mark) / 2 + 1e-6);
      }
    }),
  );
});

test('villages that lie close together are moved apart until each can be touched', () => {
  const close = Array.from({ length: 11 }, (_, i) => ({
    x: 0.5 + 0.4 * Math.cos(i),
    y: 0.5 + 0.4 * Math.sin(i * 1.3),
  }));
  const placed = spread(close, SIZE).map(({ x, y }) => ({ x: x * SIZE.width, y: y * SIZE.height }));
  const gaps = placed.flatMap((one, i) =>
    placed.slice(i + 1).map((other) => Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y))),
  );
  expect(Math.min(...gaps)).toBeGreaterThan(SIZE.mark - 0.5);
});
