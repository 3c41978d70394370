import { z } from 'zod';
import type { FaceCues } from '../port.ts';

/** Captures of its own that a station must have seen before it judges by light. */
export const CAPTURES_NEEDED = 30;
/** After so many captures a new one counts for one part in as many: no single visit moves much. */
const WINDOW = 300;
/** Squared distance that one capture in a thousand exceeds when the cues are normally distributed and well known (χ², 8 cues). */
const FLOOR = 26.1;
/** While few captures are known their spread is known badly (Hotelling): the floor is higher by this over their number. */
const FEW = 40;
/** Beside the floor: above what all but one in two hundred of its own captures reached, with this much room. */
const [OWN_SHARE, ROOM] = [0.995, 1.25] as const;
/** How much of the cues' common variation is taken for chance. */
const SHRINKAGE = 0.2;

/** How each cue is brought to a scale on which it varies evenly, and the least spread that is believed of it there. */
const SCALES: readonly {
  readonly cue: keyof FaceCues;
  readonly of: (value: number) => number;
  readonly least: number;
}[] = [
  { cue: 'blown', of: Math.sqrt, least: 0.03 },
  { cue: 'contrast', of: (value) => Math.log(value + 1), least: 0.08 },
  { cue: 'saturation', of: (value) => value, least: 0.02 },
  { cue: 'cast', of: (value) => value, least: 0.03 },
  { cue: 'black', of: Math.sqrt, least: 0.3 },
  { cue: 'glare', of: Math.sqrt, least: 0.02 },
  { cue: 'sharper', of: (value) => value, least: 0.1 },
  { cue: 'grid', of: (value) => value, least: 0.15 },
];
const SIZE = SCALES.length;

/**
 * What this station's own bona fide captures look like by light and grain: means and how the cues vary together. Numbers
 * over many visits; no face, no time, no visit can be found in them.
 */
export const ownLightSchema = z.strictObject({
  version: z.literal(1),
  /** Another camera has another light. */
  camera: z.string(),
  captures: z.int().nonnegative(),
  mean: z.array(z.number()).length(SIZE),
  /** Row by row. */
  covariance: z.array(z.number()).length(SIZE * SIZE),
  /** Squared distances of its latest captures, each taken before it was learned. */
  distances: z.array(z.number().nonnegative()).max(WINDOW),
});
export type OwnLight = z.infer<typeof ownLightSchema>;

export function noLight(camera: string): OwnLight {
  return {
    version: 1,
    camera,
    captures: 0,
    mean: new Array(SIZE).fill(0),
    covariance: new Array(SIZE * SIZE).fill(0),
    distances: [],
  };
}

/** How far a capture is from what is normal here, and beyond what it is an attack. */
export interface LightDistance {
  /** Squared Mahalanobis distance. */
  readonly distance: number;
  readonly limit: number;
}

/** @returns `undefined` while too few captures are known, or when a cue is no number */
export function lightDistance(own: OwnLight, frames: readonly FaceCues[]): LightDistance | undefined {
  const values = valuesOf(frames);
  if (own.captures < CAPTURES_NEEDED || values === undefined) return undefined;
  return { distance: distanceTo(own, values), limit: limitOf(own) };
}

/**
 * The model with one more capture, which the caller knows to be bona fide by every other sign. A capture beyond the limit
 * changes nothing: who is let through by mistake must not be able to move the limit.
 */
export function learnLight(own: OwnLight, frames: readonly FaceCues[]): OwnLight {
  const values = valuesOf(frames);
  if (values === undefined) return own;
  const found = lightDistance(own, frames);
  if (found !== undefined && !(found.distance <= found.limit)) return own;
  const share = Math.max(1 / (own.captures + 1), 1 / WINDOW);
  const away = values.map((value, at) => value - (own.mean[at] as number));
  return {
    ...own,
    captures: own.captures + 1,
    mean: own.mean.map((mean, at) => mean + share * (away[at] as number)),
    covariance: own.covariance.map((value, at) => {
      const product = (away[Math.floor(at / SIZE)] as number) * (away[at % SIZE] as number);
      return (1 - share) * (value + share * product);
    }),
    distances: found === undefined ? own.distances : [...own.distances, found.distance].slice(-WINDOW),
  };
}

function limitOf({ captures, distances }: OwnLight): number {
  const floor = FLOOR * (1 + FEW / captures);
  if (distances.length < CAPTURES_NEEDED) return floor;
  const sorted = distances.toSorted((a, b) => a - b);
  const own = sorted[Math.min(sorted.length - 1, Math.floor(OWN_SHARE * sorted.length))] as number;
  return Math.max(floor, ROOM * own);
}

/** Mean over the frames of each cue, on its scale. */
function valuesOf(frames: readonly FaceCues[]): readonly number[] | undefined {
  if (frames.length === 0) return undefined;
  const values = SCALES.map(({ cue, of }) => frames.reduce((sum, frame) => sum + of(frame[cue]), 0) / frames.length);
  return values.every(Number.isFinite) ? values : undefined;
}

/** (x − mean)ᵀ · S⁻¹ · (x − mean) by Cholesky: S is the covariance, shrunk towards its diagonal and never narrower than believed. */
function distanceTo({ mean, covariance }: OwnLight, values: readonly number[]): number {
  const factor = new Float64Array(SIZE * SIZE);
  const solved = new Float64Array(SIZE);
  let sum = 0;
  for (let i = 0; i < SIZE; i++) {
    let rest = (values[i] as number) - (mean[i] as number);
    for (let j = 0; j <= i; j++) {
      const shared = i === j ? (SCALES[i]?.least as number) ** 2 : -SHRINKAGE * (covariance[i * SIZE + j] as number);
      let value = (covariance[i * SIZE + j] as number) + shared;
      for (let k = 0; k < j; k++) value -= (factor[i * SIZE + k] as number) * (factor[j * SIZE + k] as number);
      if (i === j) factor[i * SIZE + i] = Math.sqrt(Math.max(value, (SCALES[i]?.least as number) ** 2 / 4));
      else {
        factor[i * SIZE + j] = value / (factor[j * SIZE + j] as number);
        rest -= (factor[i * SIZE + j] as number) * (solved[j] as number);
      }
    }
    solved[i] = rest / (factor[i * SIZE + i] as number);
    sum += (solved[i] as number) ** 2;
  }
  return sum;
}
