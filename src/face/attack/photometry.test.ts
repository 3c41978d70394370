import { describe, expect, test } from 'vitest';
import { gaussian, type Random, randomFor } from '../../../scripts/eval/random.ts';
import type { FaceCues } from '../port.ts';
import { CAPTURES_NEEDED, learnLight, lightDistance, noLight, type OwnLight, ownLightSchema } from './photometry.ts';

/** Captures at one station: a common brightness drives most cues, `spread` times as far as usual. */
function captureAt(random: Random, spread = 1): FaceCues[] {
  const light = gaussian(random) * spread;
  const vary = (middle: number, deviation: number, by = 0) =>
    middle + deviation * (by * light + (1 - Math.abs(by)) * spread * gaussian(random));
  const shared = {
    blown: Math.max(0, vary(0.02, 0.01, 0.7)),
    contrast: Math.max(5, vary(45, 6, 0.5)),
    saturation: vary(0.4, 0.04, -0.4),
    cast: vary(-0.4, 0.06),
    black: Math.max(0, vary(40, 8, 0.6)),
    glare: Math.max(0, vary(0.004, 0.004, 0.5)),
    sharper: vary(0.8, 0.3),
  };
  return [0, 1, 2].map(() => ({ ...shared, grid: 2.3 + 0.15 * gaussian(random) }));
}
function stationAfter(captures: number, random: Random, spread?: number): OwnLight {
  let own = noLight('camera');
  for (let n = 0; n < captures; n++) own = learnLight(own, captureAt(random, spread));
  return own;
}
const PRINT: FaceCues = {
  blown: 0,
  contrast: 24,
  saturation: 0.2,
  cast: -0.15,
  black: 75,
  glare: 0.02,
  sharper: -1.2,
  grid: 5.5,
};

describe('one-class model of a station', () => {
  test('says nothing before it has seen enough', () => {
    const random = randomFor('few');
    expect(lightDistance(stationAfter(CAPTURES_NEEDED - 1, random), [PRINT])).toBeUndefined();
    expect(lightDistance(stationAfter(CAPTURES_NEEDED, random), [PRINT])).toBeDefined();
  });

  test.each([30, 60, 300])('after %i captures, at most 1 %% of its own are beyond the limit', (captures) => {
    let [beyond, all] = [0, 0];
    for (let station = 0; station < 10; station++) {
      const random = randomFor('own', captures, station);
      const own = stationAfter(captures, random);
      for (let n = 0; n < 100; n++, all++) {
        const found = lightDistance(own, captureAt(random));
        if (found === undefined || found.distance > found.limit) beyond++;
      }
    }
    expect(beyond / all).toBeLessThanOrEqual(0.01);
  });

  test('a print is far beyond it', () => {
    const found = lightDistance(stationAfter(60, randomFor('print')), [PRINT]);
    expect(found?.distance).toBeGreaterThan(2 * (found?.limit as number));
  });

  test('what is beyond the limit is never learned, and no single capture moves much', () => {
    const random = randomFor('poison');
    const own = stationAfter(200, random);
    expect(learnLight(own, [PRINT])).toBe(own);
    const next = learnLight(own, captureAt(random));
    expect(next.captures).toBe(201);
    const shift = next.mean.map((mean, at) => Math.abs(mean - (own.mean[at] as number)));
    expect(Math.max(...shift)).toBeLessThan(0.05);
  });

  test('who works towards a print in small steps needs many visits that all pass for bona fide', () => {
    let own = stationAfter(300, randomFor('drift'));
    const [from] = captureAt(randomFor('start'), 0) as [FaceCues];
    const steps = 20;
    for (let step = 1; step <= steps; step++) {
      const share = step / steps;
      const cue = (name: keyof FaceCues) => from[name] + share * (PRINT[name] - from[name]);
      own = learnLight(own, [
        {
          ...from,
          contrast: cue('contrast'),
          saturation: cue('saturation'),
          sharper: cue('sharper'),
          grid: cue('grid'),
        },
      ]);
    }
    const found = lightDistance(own, [PRINT]);
    expect(found?.distance).toBeGreaterThan(found?.limit as number);
  });

  test('cues that are no numbers are neither judged nor learned', () => {
    const own = stationAfter(40, randomFor('nan'));
    expect(lightDistance(own, [{ ...PRINT, cast: Number.NaN }])).toBeUndefined();
    expect(learnLight(own, [{ ...PRINT, grid: Number.POSITIVE_INFINITY }])).toBe(own);
    expect(learnLight(own, [])).toBe(own);
  });

  test('what is kept is numbers only and reads back', () => {
    const own = stationAfter(400, randomFor('kept'));
    expect(ownLightSchema.parse(JSON.parse(JSON.stringify(own)))).toEqual(own);
    expect(own.distances.length).toBeLessThanOrEqual(300);
  });
});
