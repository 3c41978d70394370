import { expect, test } from 'vitest';
import type { Point } from './geometry.ts';
import { ARCFACE_112, type FivePoints, fivePoints, headTurn, interEyeDistance, rollDegrees } from './landmarks.ts';

function turned(points: FivePoints, degrees: number): FivePoints {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return points.map(({ x, y }) => ({ x: cos * x - sin * y, y: sin * x + cos * y })) as unknown as FivePoints;
}

test.each([0, 15, -30, 90, 179])('a face turned by %d° clockwise says so, and nothing else changes', (degrees) => {
  const upright = rollDegrees(ARCFACE_112);
  const face = turned(ARCFACE_112, degrees);
  expect(rollDegrees(face) - upright).toBeCloseTo(degrees, 3);
  expect(interEyeDistance(face)).toBeCloseTo(interEyeDistance(ARCFACE_112), 6);
  expect(headTurn(face)).toBeCloseTo(headTurn(ARCFACE_112), 6);
});

test('the nose over one eye is half an eye distance of turn', () => {
  const [right, left, , ...mouth] = ARCFACE_112;
  expect(headTurn([right, left, left, ...mouth])).toBeCloseTo(0.5, 6);
  expect(headTurn([right, left, right, ...mouth])).toBeCloseTo(-0.5, 6);
});

test('each of the five points is the middle of its landmarks', () => {
  const landmarks: Point[] = Array.from({ length: 8 }, (_, index) => ({ x: index, y: 10 * index }));
  const map = { rightEye: [0, 2], leftEye: [4, 6], nose: [3], mouthRight: [5, 5], mouthLeft: [7] };
  expect(fivePoints(landmarks, map).map(({ x }) => x)).toEqual([1, 5, 3, 5, 7]);
});
