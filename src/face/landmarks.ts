import { centre, type Point } from './geometry.ts';

/** Which of a model's landmarks make each of the five points, averaged. */
export interface FivePointMap {
  readonly rightEye: readonly number[];
  readonly leftEye: readonly number[];
  readonly nose: readonly number[];
  readonly mouthRight: readonly number[];
  readonly mouthLeft: readonly number[];
}

/** Right eye, left eye, nose tip, right and left corner of the mouth; right and left are the person's own. */
export type FivePoints = readonly [Point, Point, Point, Point, Point];

/** Where the five points lie in the recogniser's 112×112 crop. */
export const ARCFACE_112: FivePoints = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

export function fivePoints(landmarks: readonly Point[], map: FivePointMap): FivePoints {
  const point = (indices: readonly number[]) => centre(indices.map((index) => landmarks[index] as Point));
  return [point(map.rightEye), point(map.leftEye), point(map.nose), point(map.mouthRight), point(map.mouthLeft)];
}

/** The five points in another coordinate system. */
export function mapPoints(
  [right, left, nose, mouthRight, mouthLeft]: FivePoints,
  map: (point: Point) => Point,
): FivePoints {
  return [map(right), map(left), map(nose), map(mouthRight), map(mouthLeft)];
}

/** Distance between the eyes, pixels. */
export function interEyeDistance([right, left]: FivePoints): number {
  return Math.hypot(left.x - right.x, left.y - right.y);
}

/** Turn in the picture plane, degrees, clockwise positive: 0 = upright. */
export function rollDegrees([right, left]: FivePoints): number {
  return (Math.atan2(left.y - right.y, left.x - right.x) * 180) / Math.PI;
}

/**
 * How far the nose has wandered from the middle of the eyes, in eye distances along the line of the eyes:
 * 0 = straight at the camera, ±0.5 = over one eye. Turning the head left and right moves it; rolling does not.
 */
export function headTurn([right, left, nose]: FivePoints): number {
  const dx = left.x - right.x;
  const dy = left.y - right.y;
  const size = dx * dx + dy * dy;
  return size === 0 ? 0 : ((nose.x - right.x) * dx + (nose.y - right.y) * dy) / size - 0.5;
}
