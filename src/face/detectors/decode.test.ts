import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSound } from '../detections.ts';
import type { Decoder } from '../manifest/decoder-schema.ts';
import { decodeFaces } from './decode.ts';

const INPUT = { width: 64, height: 32 };
const COMMON = { minScore: 0.5, maxIou: 0.4 };
const DECODERS: readonly Decoder[] = [
  { family: 'ultraface', scores: 'a', boxes: 'b', ...COMMON },
  {
    family: 'yunet',
    levels: [16, 32].map((stride) => ({ stride, cls: 'a', obj: 'a', bbox: 'b', kps: 'c' })),
    ...COMMON,
  },
  {
    family: 'scrfd',
    anchorsPerCell: 2,
    levels: [16, 32].map((stride) => ({ stride, score: 'a', bbox: 'b', kps: 'c' })),
    ...COMMON,
  },
  {
    family: 'blazeface',
    keypoints: 6,
    levels: [16, 32].map((stride) => ({ stride, perCell: 2, scores: 'a', boxes: 'b' })),
    ...COMMON,
  },
];

/** Outputs in which only what is named differs from 0. */
function outputs(lists: Readonly<Record<string, readonly number[]>>) {
  return (name: string) => Float32Array.from(lists[name] ?? []);
}
const sparse = (length: number, values: Readonly<Record<number, number>>) =>
  Array.from({ length }, (_, at) => values[at] ?? 0);

test.each(DECODERS.map((decoder) => ({ family: decoder.family, decoder })))(
  '$family: whatever a model says, it neither throws nor lets a worthless detection through as sound',
  ({ decoder }) => {
    const values = fc.float32Array({ maxLength: 400 });
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const found = decodeFaces((name) => ({ a, b, c })[name] ?? a, decoder, INPUT);
        for (const { score } of found) expect(score).toBeGreaterThanOrEqual(0.5);
        for (const { box, points } of found.filter(isSound)) {
          expect(Number.isFinite(box.x + box.y + box.width + box.height)).toBe(true);
          expect(box.width > 0 && box.height > 0).toBe(true);
          if (points) expect(Math.hypot(points[1].x - points[0].x, points[1].y - points[0].y)).toBeGreaterThan(0);
        }
      }),
    );
  },
);

test('yunet: the score is the geometric mean of cls and obj, both taken for 0..1', () => {
  const decoder: Decoder = {
    family: 'yunet',
    levels: [{ stride: 16, cls: 'a', obj: 'o', bbox: 'b', kps: 'c' }],
    ...COMMON,
  };
  const [found, ...others] = decodeFaces(
    outputs({
      a: sparse(8, { 6: 1.5, 1: 0.4 }),
      o: sparse(8, { 6: 0.64, 1: 0.4 }),
      b: sparse(32, {}),
      c: sparse(80, { 60: 0.5 }),
    }),
    decoder,
    INPUT,
  );
  expect(others).toEqual([]);
  expect(found?.score).toBeCloseTo(0.8, 6);
  // Cell 6 of rows of four: column 2, row 1. The middle lies on its corner, one stride wide.
  expect(found?.box).toEqual({ x: 24, y: 8, width: 16, height: 16 });
  expect(found?.points?.[0]).toEqual({ x: 40, y: 16 });
  expect(found?.points?.[1]).toEqual({ x: 32, y: 16 });
});

test('scrfd: the anchors of a cell lie one behind the other, distances count in strides', () => {
  const decoder: Decoder = {
    family: 'scrfd',
    anchorsPerCell: 2,
    levels: [{ stride: 16, score: 'a', bbox: 'b', kps: 'c' }],
    ...COMMON,
  };
  const found = decodeFaces(
    outputs({
      a: sparse(16, { 13: 0.9 }),
      b: sparse(64, { 52: 1, 53: 0.5, 54: 1.5, 55: 0.25 }),
      c: sparse(160, { 138: -1 }),
    }),
    decoder,
    INPUT,
  );
  expect(found).toHaveLength(1);
  expect(found[0]?.box).toEqual({ x: 16, y: 8, width: 40, height: 12 });
  expect(found[0]?.points?.[4]).toEqual({ x: 16, y: 16 });
});

test('blazeface: grids in one output lie one behind the other, those in outputs of their own each from the start', () => {
  const level = (stride: number, scores: string, boxes: string) => ({ stride, perCell: 2, scores, boxes });
  const common = { family: 'blazeface', keypoints: 0, ...COMMON } as const;
  const box = { x: 40, y: 8, width: 16, height: 16 };
  // 16 anchors of stride 16, then 4 of stride 32: the third of these is the first in the right cell.
  const one = outputs({ a: [...new Array(16).fill(-9), -9, -9, 9, -9], b: sparse(80, { 74: 16, 75: 16 }) });
  const joined = decodeFaces(one, { ...common, levels: [level(16, 'a', 'b'), level(32, 'a', 'b')] }, INPUT);
  expect(joined.map((found) => found.box)).toEqual([box]);
  const two = outputs({
    a: new Array(16).fill(-9),
    b: sparse(64, {}),
    c: [-9, -9, 9, -9],
    d: sparse(16, { 10: 16, 11: 16 }),
  });
  const apart = decodeFaces(two, { ...common, levels: [level(16, 'a', 'b'), level(32, 'c', 'd')] }, INPUT);
  expect(apart).toEqual(joined);
});
