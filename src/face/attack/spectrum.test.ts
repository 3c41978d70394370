import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridPeak, powerSpectrum } from './spectrum.ts';

const SIDE = 32;
const picture = (value: (x: number, y: number) => number, side = SIDE) =>
  Float32Array.from({ length: side * side }, (_, at) => value(at % side, Math.floor(at / side)));
/** Even noise that depends on `seed` alone, 0..40. */
const noise = (seed: number) => (x: number, y: number) => {
  const value = Math.sin(x * 127.1 + y * 311.7 + seed * 74.7) * 43_758.545;
  return 40 * (value - Math.floor(value));
};

describe('power spectrum', () => {
  test('is that of the transform by its definition', () => {
    const side = 8;
    const grey = picture(noise(3), side);
    const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
    const window = (at: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / side);
    const power = powerSpectrum(grey, side);
    for (const [kx, ky] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [3, 5],
      [4, 4],
      [2, 7],
    ] as const) {
      let [re, im] = [0, 0];
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
          const value = ((grey[y * side + x] as number) - mean) * window(x) * window(y);
          const angle = (-2 * Math.PI * (kx * x + ky * y)) / side;
          re += value * Math.cos(angle);
          im += value * Math.sin(angle);
        }
      }
      expect(power[ky * (side / 2 + 1) + kx]).toBeCloseTo(re * re + im * im, 4);
    }
  });

  test('keeps the energy of any picture (Parseval)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (seed) => {
        const grey = picture(noise(seed), 16);
        const power = powerSpectrum(grey, 16);
        let sum = 0;
        for (let ky = 0; ky < 16; ky++)
          for (let kx = 0; kx <= 8; kx++) sum += (kx === 0 || kx === 8 ? 1 : 2) * (power[ky * 9 + kx] as number);
        const mean = grey.reduce((total, value) => total + value, 0) / grey.length;
        const window = (at: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / 16);
        const energy = grey.reduce(
          (total, value, at) => total + ((value - mean) * window(at % 16) * window(Math.floor(at / 16))) ** 2,
          0,
        );
        expect(sum / 256 / energy).toBeCloseTo(1, 9);
      }),
      { numRuns: 20 },
    );
  });
});

describe('grid peak', () => {
  const side = 128;
  const peakOf = (value: (x: number, y: number) => number) => gridPeak(powerSpectrum(picture(value, side), side), side);

  test.each([1, 2, 3, 4, 5])('noise alone (seed %i) has none', (seed) => expect(peakOf(noise(seed))).toBeLessThan(3.2));

  test.each([2.3, 3, 4.7, 5.1])('a weak grid of %f pixels stands out of noise, at any turn', (wave) => {
    for (const degrees of [0, 17, 45, 80]) {
      const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const grain = noise(degrees);
      const peak = peakOf((x, y) => grain(x, y) + 8 * Math.cos((2 * Math.PI * (cos * x + sin * y)) / wave));
      expect(peak).toBeGreaterThan(4);
    }
  });

  test('the blocks of JPEG and slow changes of light are no grid', () => {
    const grain = noise(9);
    expect(peakOf((x, y) => grain(x, y) + (x % 8 === 0 ? 10 : 0) + (y % 8 === 0 ? 10 : 0))).toBeLessThan(3.2);
    expect(peakOf((x, y) => grain(x, y) + 60 * Math.cos(x / 20) + 40 * Math.sin(y / 30))).toBeLessThan(3.2);
  });

  test('an empty picture has none', () => expect(peakOf(() => 128)).toBe(0));
});
