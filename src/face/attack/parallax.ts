import { applySimilarity, similarityBetween } from '../geometry.ts';
import { type FivePoints, interEyeDistance } from '../landmarks.ts';

/** How five points moved from one frame to another, in eye distances. */
export interface PointMotion {
  /** What a similarity (shift, turn, scale) does not explain: the thing tilted, or is not flat. */
  readonly tilt: number;
  /** What no affine map explains either: the nose moved against eyes and mouth. On one plane that is the points' own error. */
  readonly depth: number;
}

/** Compares where the five points lie in two frames. */
export function pointMotion(one: FivePoints, other: FivePoints): PointMotion {
  const unit = (interEyeDistance(one) + interEyeDistance(other)) / 2 || 1;
  const rigid = similarityBetween(one, other);
  const placed = one.map((point) => applySimilarity(rigid, point));
  const tilt = rms(placed.map((point, at) => [point.x - x(other, at), point.y - y(other, at)] as const)) / unit;
  return { tilt, depth: rms(beyondAffine(one, other)) / unit };
}

/** The greatest of each over all pairs of frames; `undefined` for fewer than two frames. */
export function greatestMotion(frames: readonly FivePoints[]): PointMotion | undefined {
  const motions = frames.flatMap((one, at) => frames.slice(at + 1).map((other) => pointMotion(one, other)));
  if (motions.length === 0) return undefined;
  return motions.reduce((most, { tilt, depth }) => ({
    tilt: Math.max(most.tilt, tilt),
    depth: Math.max(most.depth, depth),
  }));
}

const x = (points: FivePoints, at: number) => (points[at] as FivePoints[0]).x;
const y = (points: FivePoints, at: number) => (points[at] as FivePoints[0]).y;

/** What is left of each point after the best affine map: the part of its move that lies outside the span of 1, x and y. */
function beyondAffine(one: FivePoints, other: FivePoints): readonly (readonly [number, number])[] {
  const basis: number[][] = [];
  for (const column of [one.map(() => 1), one.map((point) => point.x), one.map((point) => point.y)]) {
    const rest = without(column, basis);
    const size = Math.hypot(...rest);
    if (size > 1e-6) basis.push(rest.map((value) => value / size));
  }
  const restX = without(
    other.map((point) => point.x),
    basis,
  );
  const restY = without(
    other.map((point) => point.y),
    basis,
  );
  return restX.map((value, at) => [value, restY[at] as number] as const);
}

/** Gram and Schmidt: the part of `values` that is at right angles to every vector of an orthonormal basis. */
function without(values: readonly number[], basis: readonly (readonly number[])[]): number[] {
  const rest = [...values];
  for (const direction of basis) {
    const along = rest.reduce((sum, value, at) => sum + value * (direction[at] as number), 0);
    for (let at = 0; at < rest.length; at++) rest[at] = (rest[at] as number) - along * (direction[at] as number);
  }
  return rest;
}

function rms(moves: readonly (readonly [number, number])[]): number {
  return Math.sqrt(moves.reduce((sum, [dx, dy]) => sum + dx * dx + dy * dy, 0) / moves.length);
}
