import { gaussian, type Random } from './random.ts';
import type { Pixels } from './variants.ts';

/** A place on a flat thing: its middle is (0, 0), its edges are at ±1. */
export type Place = readonly [number, number];

/** How a flat thing stands before the camera. */
export interface Stand {
  /** Degrees: to the side, up or down, in the picture. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Part of the frame's height that it fills when it faces the camera. */
  readonly size: number;
  /** Width over height. */
  readonly aspect: number;
  /** Parts of the frame, from its middle. */
  readonly shift: Place;
}

/** Light over a frame: brightness, and how it falls off in one direction. */
export interface Light {
  readonly gain: number;
  readonly slope: number;
  readonly degrees: number;
}

/** Distance of the camera in heights of what it looks at: near enough for a tilted plane to show its perspective. */
const DISTANCE = 2.5;

/**
 * Where on a flat thing a pixel of the frame looks, by the homography of its stand.
 * @returns a function of the frame's pixel; beyond ±1 it misses the thing
 */
export function planeView(stand: Stand, side: number): (x: number, y: number) => Place {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [sy, cy] = [Math.sin(radians(stand.yaw)), Math.cos(radians(stand.yaw))];
  const [sp, cp] = [Math.sin(radians(stand.pitch)), Math.cos(radians(stand.pitch))];
  const [sr, cr] = [Math.sin(radians(stand.roll)), Math.cos(radians(stand.roll))];
  // Columns of the rotation (roll · pitch · yaw) that carry the plane's two axes.
  const right: Place3 = [cr * cy - sr * sp * sy, sr * cy + cr * sp * sy, -cp * sy];
  const down: Place3 = [-sr * cp, cr * cp, sp];
  const [w, h] = [(stand.size * stand.aspect) / 2, stand.size / 2];
  // Frame = (point's x, y) · DISTANCE / (DISTANCE + z), as a 3 × 3 matrix of (u, v, 1), then its inverse.
  const inverse = invert3([
    ...([right[0] * w * DISTANCE, down[0] * h * DISTANCE, 0] as const),
    ...([right[1] * w * DISTANCE, down[1] * h * DISTANCE, 0] as const),
    ...([right[2] * w, down[2] * h, DISTANCE] as const),
  ]);
  const [a, b, c, d, e, f, g, i, j] = inverse;
  return (x, y) => {
    const px = (x + 0.5) / side - 0.5 - stand.shift[0];
    const py = (y + 0.5) / side - 0.5 - stand.shift[1];
    const z = g * px + i * py + j;
    return [(a * px + b * py + c) / z, (d * px + e * py + f) / z];
  };
}

type Place3 = readonly [number, number, number];
type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

function invert3([a, b, c, d, e, f, g, h, i]: Matrix3): Matrix3 {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const size = a * A + b * B + c * C;
  if (size === 0) throw new Error('this plane is seen from its edge');
  const over = (value: number) => value / size;
  return [
    over(A),
    over(c * h - b * i),
    over(b * f - c * e),
    over(B),
    over(a * i - c * g),
    over(c * d - a * f),
    over(C),
    over(b * g - a * h),
    over(a * e - b * d),
  ];
}

/** Colour of a frame at a place of it, 0..255; written into `into`. */
export type Shade = (x: number, y: number, into: [number, number, number]) => void;

/**
 * What the camera makes of a scene: several samples for each pixel, light, sensor noise.
 * @param samples a side, for each pixel
 */
export function photograph(
  shade: Shade,
  side: number,
  samples: number,
  light: Light,
  noise: number,
  random: Random,
): Pixels {
  const data = new Uint8Array(side * side * 3);
  const direction = [Math.cos((light.degrees * Math.PI) / 180), Math.sin((light.degrees * Math.PI) / 180)] as const;
  // Drawn once and picked from at random: a fresh draw for every value would take longer than all the rest.
  const grain = Float32Array.from({ length: 8192 }, () => noise * gaussian(random));
  const colour: [number, number, number] = [0, 0, 0];
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let [red, green, blue] = [0, 0, 0];
      for (let sample = 0; sample < samples * samples; sample++) {
        const dx = ((sample % samples) + 0.5) / samples - 0.5;
        const dy = (Math.floor(sample / samples) + 0.5) / samples - 0.5;
        shade(x + dx, y + dy, colour);
        red += colour[0];
        green += colour[1];
        blue += colour[2];
      }
      const across = direction[0] * (x / side - 0.5) + direction[1] * (y / side - 0.5);
      const gain = (light.gain * (1 + light.slope * across)) / (samples * samples);
      for (const sum of [red, green, blue]) {
        data[at++] = Math.min(255, Math.max(0, Math.round(sum * gain + (grain[(random() * 8192) | 0] as number))));
      }
    }
  }
  return { width: side, height: side, data };
}

/** Bilinear; what lies outside repeats the edge. */
export function look({ width, height, data }: Pixels, x: number, y: number, into: [number, number, number]): void {
  const atX = Math.min(width - 1.001, Math.max(0, x));
  const atY = Math.min(height - 1.001, Math.max(0, y));
  const [left, top] = [Math.floor(atX), Math.floor(atY)];
  const [u, v] = [atX - left, atY - top];
  const at = 3 * (top * width + left);
  const below = at + 3 * width;
  for (let c = 0; c < 3; c++) {
    const upper = (data[at + c] as number) * (1 - u) + (data[at + 3 + c] as number) * u;
    const lower = (data[below + c] as number) * (1 - u) + (data[below + 3 + c] as number) * u;
    into[c] = upper * (1 - v) + lower * v;
  }
}

/**
 * Depth of a head seen from the front, in half heights of the picture: a ball with a nose. A living face shows it when it turns.
 * @param place in a portrait whose face is in the middle
 */
export function headDepth([u, v]: Place): number {
  const ball = 1 - (u / 0.5) ** 2 - ((v - 0.02) / 0.68) ** 2;
  const nose = 0.14 * Math.exp(-((u / 0.1) ** 2) - ((v - 0.1) / 0.16) ** 2);
  return (ball > 0 ? 0.36 * Math.sqrt(ball) : 0) + nose;
}
