import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { gridPeak, powerSpectrum } from '../../src/face/attack/spectrum.ts';
import { captureOf, SPECIES } from './attack-samples.ts';
import { headDepth, look, photograph, planeView, type Stand } from './attack-scene.ts';
import { bare, cutOut, printed, shown } from './attack-surfaces.ts';
import { randomFor } from './random.ts';

const FACING: Stand = { yaw: 0, pitch: 0, roll: 0, size: 1, aspect: 1, shift: [0, 0] };
const grey = (level: number) => ({ width: 40, height: 40, data: new Uint8Array(40 * 40 * 3).fill(level) });
/** Soft shapes of many colours, as a stand-in for a photograph. */
async function photo(seed: number): Promise<Uint8Array> {
  const data = new Uint8Array(120 * 120 * 3);
  for (let at = 0; at < data.length; at++) {
    const [x, y, c] = [Math.floor(at / 3) % 120, Math.floor(at / 360), at % 3];
    data[at] = 128 + 60 * Math.sin(x / (7 + seed) + c) + 50 * Math.cos(y / (9 + seed) - c);
  }
  return await sharp(data, { raw: { width: 120, height: 120, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

describe('the view of a plane', () => {
  test('straight before the camera, the frame is the plane', () => {
    const view = planeView(FACING, 100);
    for (const [x, y, u, v] of [
      [49.5, 49.5, 0, 0],
      [-0.5, 49.5, -1, 0],
      [49.5, 99.5, 0, 1],
    ] as const) {
      const place = view(x, y);
      expect(place[0]).toBeCloseTo(u, 9);
      expect(place[1]).toBeCloseTo(v, 9);
    }
  });

  test('straight lines stay straight at any stand: it is a homography', () => {
    const tilt = fc.double({ min: -40, max: 40, noNaN: true });
    fc.assert(
      fc.property(tilt, tilt, tilt, (yaw, pitch, roll) => {
        const view = planeView({ ...FACING, yaw, pitch, roll, shift: [0.1, -0.05] }, 100);
        const [a, b, c] = [view(10, 20), view(40, 45), view(70, 70)];
        const across = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        expect(Math.abs(across)).toBeLessThan(1e-9);
      }),
    );
  });

  test('the nearer side of a tilted plane is larger', () => {
    const view = planeView({ ...FACING, yaw: 30 }, 100);
    const width = (x: number) => Math.abs(view(x, 60)[1] - view(x, 40)[1]);
    expect(width(20) / width(80)).not.toBeCloseTo(1, 1);
  });

  test('a plane seen from its edge is refused', () => {
    expect(() => planeView({ ...FACING, size: 0 }, 100)).toThrow(/edge/);
  });
});

test('a head is deepest at the nose and flat beside it', () => {
  expect(headDepth([0, 0.1])).toBeGreaterThan(headDepth([0.3, 0.1]));
  expect(headDepth([0.3, 0.1])).toBeGreaterThan(headDepth([0.9, 0.1]));
  expect(headDepth([0.9, 0.9])).toBeCloseTo(0, 3);
});

describe('surfaces', () => {
  const at = (surface: ReturnType<typeof bare>, u: number, v: number) => {
    const colour: [number, number, number] = [-1, -1, -1];
    return surface([u, v], colour) ? colour : undefined;
  };

  test('paper has raised black and no bright white, a screen has raised black, both end', () => {
    const random = randomFor('surface');
    const [black, white] = [printed(grey(0), 10, random), printed(grey(255), 10, random)];
    expect(Math.min(...(at(black, 0, 0) as number[]))).toBeGreaterThan(15);
    expect(Math.max(...(at(white, 0, 0) as number[]))).toBeLessThan(254);
    expect(Math.min(...(at(shown(grey(0), 10, random), 0, 0) as number[]))).toBeGreaterThan(2);
    for (const surface of [black, shown(grey(0), 10, random)]) expect(at(surface, 1.01, 0)).toBeUndefined();
  });

  test('a cut-out shows the head and what is behind its corners', () => {
    const head = cutOut(bare(grey(90)));
    expect(at(head, 0, 0)).toEqual([90, 90, 90]);
    expect(at(head, 0.9, -0.9)).toBeUndefined();
  });

  test('print and screen leave a grid where the picture itself has none', () => {
    const still = { gain: 1, slope: 0, degrees: 0 };
    const peak = (surface: ReturnType<typeof bare>) => {
      const view = planeView({ ...FACING, yaw: 5, roll: 3 }, 128);
      const shot = photograph((x, y, into) => void surface(view(x, y), into), 128, 2, still, 1.5, randomFor('shot'));
      return gridPeak(
        powerSpectrum(
          Float32Array.from({ length: 128 * 128 }, (_, at) => shot.data[3 * at + 1] as number),
          128,
        ),
        128,
      );
    };
    expect(peak(bare(grey(128)))).toBeLessThan(3.2);
    expect(peak(printed(grey(128), 50, randomFor('print')))).toBeGreaterThan(4);
    expect(peak(shown(grey(128), 90, randomFor('screen')))).toBeGreaterThan(4);
  });
});

test('looking between pixels mixes them, and outside repeats the edge', () => {
  const two = { width: 2, height: 2, data: Uint8Array.of(0, 0, 0, 100, 100, 100, 0, 0, 0, 100, 100, 100) };
  const into: [number, number, number] = [0, 0, 0];
  look(two, 0.5, 0.5, into);
  expect(into[0]).toBeCloseTo(50, 0);
  look(two, -5, 7, into);
  expect(into[0]).toBeCloseTo(0, 0);
});

describe('captures', () => {
  test.each(['bona-fide', ...SPECIES] as const)(
    '%s: frames of one capture differ, and the seed alone decides them',
    async (kind) => {
      const source = { photo: await photo(1), cardPhoto: await photo(2) };
      const make = (seed: string) => captureOf(kind, source, 2, (part) => randomFor(seed, part));
      const [one, again, other] = [await make('a'), await make('a'), await make('b')];
      expect(one).toEqual(again);
      expect(one[0]).not.toEqual(one[1]);
      expect(one).not.toEqual(other);
      const { format, width, height } = await sharp(one[0]).metadata();
      expect([format, width === height]).toEqual(['jpeg', true]);
    },
  );
});
