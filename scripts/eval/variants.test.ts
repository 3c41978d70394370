import sharp from 'sharp';
import { expect, test } from 'vitest';
import { randomFor } from './random.ts';
import { captureFrame, moved, type Pixels, turned } from './variants.ts';

const STILL = { degrees: 0, scale: 1, shift: [0, 0], gain: 1, noise: 0 } as const;
const random = () => randomFor('variants');

/** Black, with one coloured pixel. */
function dot(width: number, height: number, x: number, y: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  data.set([200, 100, 50], 3 * (y * width + x));
  return { width, height, data };
}

function noise(width: number, height: number): Pixels {
  const next = random();
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => next() * 256) };
}

const jpeg = ({ width, height, data }: Pixels) =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();

test('a picture that is not moved stays as it is, bit by bit', () => {
  const picture = noise(9, 7);
  expect(moved(picture, STILL, random())).toEqual(picture);
});

test.each([
  { degrees: 90, x: 4, y: 1 },
  { degrees: 180, x: 3, y: 4 },
  { degrees: 270, x: 0, y: 3 },
])('$degrees° is clockwise and exact', ({ degrees, x, y }) => {
  expect(moved(dot(5, 5, 1, 0), { ...STILL, degrees }, random())).toEqual(dot(5, 5, x, y));
});

test('shift moves to the right and down, gain makes lighter and stops at white', () => {
  expect(moved(dot(10, 10, 3, 3), { ...STILL, shift: [0.1, 0.2] }, random())).toEqual(dot(10, 10, 4, 5));
  const bright = moved(dot(3, 3, 1, 1), { ...STILL, gain: 1.5 }, random());
  expect([...bright.data.subarray(12, 15)]).toEqual([255, 150, 75]);
});

test('what comes in from outside repeats the edge: an even picture stays even', () => {
  const even = { width: 8, height: 8, data: new Uint8Array(192).fill(77) };
  expect(moved(even, { ...STILL, degrees: 33, scale: 0.5 }, random())).toEqual(even);
});

test('a turned picture keeps its size', async () => {
  const { width, height } = await sharp(await turned(await jpeg(noise(40, 30)), 45)).metadata();
  expect([width, height]).toEqual([40, 30]);
});

test('frames of a capture depend on their seed alone, and differ', async () => {
  const picture = await jpeg(noise(24, 24));
  const frame = await captureFrame(picture, randomFor('picture', 0));
  expect(await captureFrame(picture, randomFor('picture', 0))).toEqual(frame);
  expect(await captureFrame(picture, randomFor('picture', 1))).not.toEqual(frame);
});
