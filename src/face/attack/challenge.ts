import type { AttackVerdict } from '../../visit/types.ts';
import type { FaceLight } from '../port.ts';
import { type Following, follow } from './follow.ts';

/** Light of one frame. */
export interface LightSample {
  /** When the frame came, monotonic, ms. */
  readonly atMs: number;
  readonly light: FaceLight;
}

/** A level of the ring light and since when it was shown. Oldest first; the first one is older than every sample. */
export interface ShownLevel {
  readonly atMs: number;
  /** 0..1 */
  readonly level: number;
}

export type ChallengeReason =
  /** The face brightens with the ring light, more than the room behind it, and where it looks at the light most. */
  | 'answers-like-a-face'
  /** It answers as an even sheet does, and so does what is beside it. */
  | 'answers-flat'
  /** What is behind it answers, the face does not. */
  | 'face-does-not-answer'
  /** Nothing in the picture answers, where the light of this place has always let a face answer. */
  | 'nothing-answers'
  | 'too-few-frames'
  /** Daylight, or a stream that does not know the pattern: this alone cannot tell which. */
  | 'ring-not-seen'
  /** The ring light is seen, the shape of the face in it is not. */
  | 'shape-not-seen';

export interface ChallengeFinding {
  readonly verdict: AttackVerdict;
  readonly reason: ChallengeReason;
  /** By how much more the face brightens than the room, ln per whole ring light; `null` when that could not be measured. */
  readonly answer: number | null;
  /** 0 = an even sheet, about 0.3 = a face: how much more its middle answers than its rims; `null` = not measured. */
  readonly shape: number | null;
  /** Between what was shown and what the frames tell, ms. */
  readonly lagMs: number | null;
}

/** Camera, lamp and cable together are late by no more. */
const MOST_LAG_MS = 300;
const LAG_STEP_MS = 10;
const FEWEST_SAMPLES = 12;
/** Of the shown levels among the samples, standard deviation: less, and the pattern was not seen through. */
const LEAST_SPREAD = 0.08;
/** An answer counts from here on: four standard errors, since the best of many lags was chosen. */
const SURE = 4;
/** Another pattern than the one that was shown reaches this about twice in a hundred times (measured: docs/attack-challenge.md). */
const LEAST_CORRELATION = 0.9;
const LEAST_ANSWER = 0.03;
const SHAPED = { least: 0.15, sure: 3 } as const;
/** A sheet: its shape is surely below this, and what is beside the face answers by this share of the face's answer. */
const FLAT = { most: 0.15, besideShare: 0.6 } as const;
/** Behind a face the room is dark when daylight falls on the face alone: only as light a room tells of a face that does not answer. */
const ROOM_AS_LIGHT = 0.8;

interface Series {
  readonly times: readonly number[];
  readonly face: readonly number[];
  readonly ofRoom: readonly number[];
  readonly besideOfRoom: readonly number[];
  readonly shape: readonly number[];
}

/**
 * Does the face answer the station's own light? All of it is in ratios, so that the camera's own exposure cancels out, and so
 * does the colour of the skin: light from the ring is weighed against the other light on the same place.
 * @param leastAnswer that a face gives in the brightest light of this place; `null` = not known, and nothing is made of silence
 * @source physics, not data: see docs/attack-challenge.md
 */
export function judgeChallenge(
  samples: readonly LightSample[],
  shown: readonly ShownLevel[],
  leastAnswer: number | null,
): ChallengeFinding {
  const nothing = { answer: null, shape: null, lagMs: null } as const;
  const usable = samples.filter(({ light }) => Object.values(light).every((value) => value !== null && value > 0));
  if (usable.length < FEWEST_SAMPLES) return { verdict: 'not-run', reason: 'too-few-frames', ...nothing };
  const series = seriesOf(usable);
  const best = bestLag(series, shown);
  if (!best) return { verdict: 'not-run', reason: 'too-few-frames', ...nothing };
  const { lagMs, levels } = best;
  const { times } = series;
  const [answer, whole, beside, bend] = [series.ofRoom, series.face, series.besideOfRoom, series.shape].map((one) =>
    follow(one, levels, times),
  ) as [Following, Following, Following, Following];
  const meanLevel = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  // ln(1 + c·l) changes by c ÷ (1 + c·l): a face that the ring light alone makes visible answers by 1 ÷ l, whatever its shape.
  const span = answer.slope * Math.max(0, 1 - answer.slope * meanLevel);
  const isFollowed = isSure(answer) && answer.slope >= LEAST_ANSWER;
  const shape = isFollowed && span > 0 ? { value: bend.slope / span, error: bend.error / span } : null;
  const figures = { answer: answer.slope, shape: shape?.value ?? null, lagMs };
  const finding = (verdict: AttackVerdict, reason: ChallengeReason) => ({ verdict, reason, ...figures });

  const isBent = bend.slope >= SHAPED.sure * bend.error && bend.correlation > 0;
  if (isFollowed && isBent && shape && shape.value >= SHAPED.least) return finding('bona-fide', 'answers-like-a-face');
  if (isFollowed) {
    const isEven = shape !== null && shape.value + 2 * shape.error < FLAT.most;
    const isSheet = isEven && isSure(beside) && beside.slope >= FLAT.besideShare * answer.slope;
    return isSheet ? finding('attack', 'answers-flat') : finding('not-run', 'shape-not-seen');
  }
  if (!isBent) {
    const roomIsLight = mean(usable, 'room') >= ROOM_AS_LIGHT * mean(usable, 'face');
    const isLeftOut = isSure({ ...answer, slope: -answer.slope, correlation: -answer.correlation });
    if (isLeftOut && answer.slope <= -LEAST_ANSWER && roomIsLight) return finding('attack', 'face-does-not-answer');
    const most = Math.max(answer.slope + 2 * answer.error, whole.slope + 2 * whole.error);
    if (leastAnswer !== null && most < leastAnswer)
      return finding('attack', isLeftOut ? 'face-does-not-answer' : 'nothing-answers');
  }
  return finding('not-run', isSure(whole) ? 'shape-not-seen' : 'ring-not-seen');
}

function seriesOf(samples: readonly LightSample[]): Series {
  const log = (part: keyof FaceLight) => samples.map(({ light }) => Math.log(light[part] as number));
  const [face, centre, rim, beside, room] = (['face', 'centre', 'rim', 'beside', 'room'] as const).map(log) as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  const over = (one: readonly number[], other: readonly number[]) =>
    one.map((value, index) => value - (other[index] as number));
  return {
    times: samples.map(({ atMs }) => atMs),
    face,
    ofRoom: over(face, room),
    besideOfRoom: over(beside, room),
    shape: over(centre, rim),
  };
}

/** The lag at which face, or face against room, follows the levels best; one lag for all that is measured. */
function bestLag({ times, face, ofRoom }: Series, shown: readonly ShownLevel[]) {
  let best: { readonly lagMs: number; readonly levels: readonly number[]; readonly fit: number } | undefined;
  for (let lagMs = 0; lagMs <= MOST_LAG_MS; lagMs += LAG_STEP_MS) {
    const levels = times.map((atMs) => levelAt(shown, atMs - lagMs));
    if (spread(levels) < LEAST_SPREAD * Math.max(...levels)) continue;
    for (const series of [ofRoom, face]) {
      const fit = Math.abs(follow(series, levels, times)?.correlation ?? 0);
      if (fit > (best?.fit ?? -1)) best = { lagMs, levels, fit };
    }
  }
  return best;
}

function levelAt(shown: readonly ShownLevel[], atMs: number): number {
  let level = shown[0]?.level ?? 0;
  for (const one of shown) {
    if (one.atMs > atMs) break;
    level = one.level;
  }
  return level;
}

function isSure({ slope, error, correlation }: Following): boolean {
  return slope > 0 && slope >= SURE * error && correlation >= LEAST_CORRELATION;
}

function spread(values: readonly number[]): number {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
}

function mean(samples: readonly LightSample[], part: keyof FaceLight): number {
  return samples.reduce((sum, { light }) => sum + (light[part] ?? 0), 0) / samples.length;
}
