import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { greatestCorrelation } from './same-picture.ts';

const SIDE = 112;
/** A smooth picture that depends on `seed` alone: waves of many lengths. */
function picture(seed: number) {
  const waves = Array.from({ length: 40 }, (_, at) => {
    const draw = (n: number) => {
      const value = Math.sin(seed * 91.7 + at * 37.3 + n * 11.9) * 43_758.545;
      return value - Math.floor(value);
    };
    return { x: (draw(1) - 0.5) * 0.9, y: (draw(2) - 0.5) * 0.9, phase: draw(3) * 6.28 };
  });
  return (x: number, y: number) =>
    128 + waves.reduce((sum, wave) => sum + 12 * Math.cos(wave.x * x + wave.y * y + wave.phase), 0);
}
const patch = (value: (x: number, y: number) => number) =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, at) =>
    Math.min(255, Math.max(0, value(at % SIDE, Math.floor(at / SIDE)))),
  );

describe('greatest correlation', () => {
  const card = picture(1);
  const reference = patch(card);
  const correlation = (value: (x: number, y: number) => number) => greatestCorrelation([patch(value)], reference);

  test.each<{ name: string; shown: (x: number, y: number) => number }>([
    { name: 'as it is', shown: card },
    { name: 'paler and darker', shown: (x, y) => 40 + 0.5 * card(x, y) },
    { name: 'in light from one side', shown: (x, y) => card(x, y) * (0.6 + 0.005 * x) },
    { name: 'moved by two pixels', shown: (x, y) => card(x + 2, y - 1.5) },
    { name: 'turned, larger and tilted', shown: (x, y) => card(1.04 * x + 0.03 * y - 3, 0.97 * y - 0.03 * x + 3) },
    { name: 'mirrored', shown: (x, y) => card(SIDE - 1 - x, y) },
    { name: 'with noise', shown: (x, y) => card(x, y) + 6 * Math.sin(x * 12.9 + y * 78.2) },
  ])('the same photograph, $name', ({ shown }) => expect(correlation(shown)).toBeGreaterThan(0.93));

  test('two different pictures have little in common', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10_000 }), (seed) => {
        const found = correlation(picture(seed)) as number;
        expect(found).toBeLessThan(0.75);
        expect(found).toBeGreaterThanOrEqual(-1);
      }),
      { numRuns: 30 },
    );
  });

  test('of several the most alike one counts', () => {
    const probes = [patch(picture(7)), reference, patch(picture(8))];
    expect(greatestCorrelation(probes, reference)).toBeGreaterThan(0.99);
  });

  test('what shows nothing says nothing: a wiped patch is not taken for another picture', () => {
    const blank = new Uint8Array(SIDE * SIDE);
    expect(greatestCorrelation([blank], reference)).toBeUndefined();
    expect(greatestCorrelation([reference], blank)).toBeUndefined();
    expect(greatestCorrelation([reference, blank], reference)).toBeUndefined();
    expect(greatestCorrelation([], reference)).toBeUndefined();
  });

  test('the pictures stay as they are', () => {
    const [one, other] = [patch(picture(5)), patch(picture(6))];
    greatestCorrelation([one], other);
    expect([one, other]).toEqual([patch(picture(5)), patch(picture(6))]);
  });
});
