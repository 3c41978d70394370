import type { Detection } from '../detections.ts';
import type { FivePoints } from '../landmarks.ts';

/** A model's outputs by name, flat, float32. */
export type Outputs = (name: string) => Float32Array;

/** The input that a detector was fed, pixels. Boxes and points of its faces are given in it. */
export interface DetectorInput {
  readonly width: number;
  readonly height: number;
}

/** The value at `index`; 0 behind the end, which the check of the outputs' sizes rules out. */
export function at(values: Float32Array, index: number): number {
  return values[index] ?? 0;
}

/** A box by its corners. */
export function byCorners(score: number, x1: number, y1: number, x2: number, y2: number): Detection {
  return { score, box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 } };
}

/** Five points out of ten values, x before y. */
export function readFive(place: (value: number) => { readonly x: number; readonly y: number }): FivePoints {
  return [place(0), place(2), place(4), place(6), place(8)];
}
