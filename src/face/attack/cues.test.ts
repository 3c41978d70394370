import { describe, expect, test } from 'vitest';
import { IDENTITY } from '../geometry.ts';
import type { FaceCues } from '../port.ts';
import type { Raster } from '../raster.ts';
import { measureCues } from './cues.ts';

type Colour = readonly [number, number, number];
const draw = (width: number, height: number, colour: (x: number, y: number) => Colour): Raster => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 3)
      data.set(
        colour(x, y).map((value) => Math.min(255, Math.max(0, value))),
        at,
      );
  return { data, width, height };
};
const BOX = { x: 120, y: 80, width: 120, height: 160 };
const isFace = (x: number, y: number) => x >= 120 && x < 240 && y >= 80 && y < 240;
const grain = (x: number, y: number) => {
  const value = Math.sin(x * 12.9898 + y * 78.233) * 43_758.545;
  return value - Math.floor(value);
};
const SKIN = (x: number, y: number): Colour => {
  const grey = 110 + 8 * grain(x, y);
  return [grey + 30, grey, grey - 20];
};
const measure = (picture: (x: number, y: number) => Colour, aligned: (x: number, y: number) => Colour = SKIN) =>
  measureCues(draw(360, 320, picture), draw(112, 112, aligned), BOX, IDENTITY);

describe('cues of a frame', () => {
  const usual = measure(SKIN);
  const changed = (cues: FaceCues) =>
    Object.keys(cues).filter((name) => Math.abs(cues[name as keyof FaceCues] - usual[name as keyof FaceCues]) > 0.05);

  test('are numbers, all of them', () => {
    for (const value of Object.values(usual)) expect(Number.isFinite(value)).toBe(true);
  });

  test.each<{ name: keyof FaceCues; aligned: (x: number, y: number) => Colour; sign: 1 | -1 }>([
    { name: 'blown', aligned: (x, y) => (x > 60 ? [250, 248, 244] : SKIN(x, y)), sign: 1 },
    { name: 'contrast', aligned: (x) => [x * 2, x * 2, x * 2], sign: 1 },
    { name: 'saturation', aligned: () => [128, 128, 128], sign: -1 },
    { name: 'cast', aligned: () => [90, 100, 140], sign: 1 },
    { name: 'black', aligned: () => [200, 200, 200], sign: 1 },
  ])('$name follows the face', ({ name, aligned, sign }) => {
    expect(sign * (measure(SKIN, aligned)[name] - usual[name])).toBeGreaterThan(0);
  });

  test('a burnt-out spot is glare', () => {
    const glare = measure((x, y) => (Math.hypot(x - 150, y - 120) < 25 ? [255, 255, 255] : SKIN(x, y)));
    expect(glare.glare).toBeGreaterThan(0.01);
    expect(usual.glare).toBe(0);
  });

  test('a face softer than what is around it shows in sharpness alone', () => {
    const soft = measure((x, y) => (isFace(x, y) ? [140, 112, 92] : SKIN(x, y)));
    expect(soft.sharper).toBeLessThan(usual.sharper - 1);
    expect(changed(soft).filter((name) => name !== 'grid')).toEqual(['sharper']);
  });

  test('a raster over the face shows in the grid', () => {
    const raster = measure((x, y) => {
      const [r, g, b] = SKIN(x, y);
      const wave = 12 * Math.cos(2.1 * x + 0.4 * y);
      return [r + wave, g + wave, b + wave];
    });
    expect(usual.grid).toBeLessThan(3.2);
    expect(raster.grid).toBeGreaterThan(4);
  });

  test('a picture too small to look for a grid in has none, and a face at its edge is measured', () => {
    const small = draw(100, 100, SKIN);
    const cues = measureCues(small, draw(112, 112, SKIN), { x: 60, y: 70, width: 60, height: 60 }, IDENTITY);
    expect(cues.grid).toBe(0);
    for (const value of Object.values(cues)) expect(Number.isFinite(value)).toBe(true);
  });
});
