import { addTo, emptyCounts, NO_SCORE, rateAt, rateCurve, scoreOf, thresholdFor } from '../rates.ts';
import { drawPeople, interval, type Random, type Range } from './bootstrap.ts';
import type { Comparisons } from './comparisons.ts';

/** Comparisons of a collection of people, with the groups among whom thresholds must hold too. */
export interface CalibrationData {
  readonly people: number;
  readonly genuine: Comparisons;
  readonly impostors: Comparisons;
  readonly groups: readonly CalibrationGroup[];
}

export interface CalibrationGroup {
  readonly name: string;
  /** 1 for each person who belongs to it, by index. */
  readonly members: Uint8Array;
}

export interface CalibrationGoal {
  /** False match rate at the match threshold, in the group that is falsely matched most. */
  readonly fmr: number;
  /** False match rate at the review threshold, over everyone. */
  readonly reviewFmr: number;
  /** Bootstrap rounds over people. */
  readonly rounds: number;
}

/** Impostor comparisons with both sides in a group. */
export interface GroupResult {
  readonly name: string;
  readonly people: number;
  readonly impostors: number;
  /** Lowest score at which its FMR is the asked one; `null`: too few comparisons to tell. */
  readonly threshold: number | null;
  /** Its FMR at the match threshold that was taken. */
  readonly fmrAtMatch: number;
}

export interface Calibration {
  readonly match: number;
  readonly review: number;
  /** 95 % interval of `match`. */
  readonly interval: Range;
  readonly worstGroup: string;
  readonly people: number;
  readonly genuine: number;
  readonly impostors: number;
  /** Failures to acquire count as false non-matches (ISO/IEC 19795-1, generalised). */
  readonly fnmrAtMatch: Estimate;
  readonly fnmrAtReview: Estimate;
  readonly groups: readonly GroupResult[];
}

export interface Estimate extends Range {
  readonly value: number;
}

/** The scope of all people. */
export const EVERYONE = 'everyone';
/** Fewer people make an interval over people mean nothing. */
export const LEAST_PEOPLE = 20;

/** Impostor comparisons without which an FMR cannot be told from 0 with 95 % certainty (the rule of three). */
export function comparisonsNeeded(fmr: number): number {
  return Math.ceil(3 / fmr - 1e-9);
}

/** People who give that many comparisons, each against every other, with `probesEach` × `referencesEach` of them. */
export function peopleNeeded(fmr: number, probesEach: number, referencesEach: number): number {
  const pairs = comparisonsNeeded(fmr) / Math.max(1, probesEach * referencesEach);
  return Math.max(LEAST_PEOPLE, Math.ceil((1 + Math.sqrt(1 + 4 * pairs)) / 2));
}

/**
 * Thresholds out of comparisons: `match` at which neither everyone nor any group that is large enough is falsely matched more
 * often than asked, `review` at which everyone is at `reviewFmr`. Its interval: people are drawn with replacement and all is
 * fitted again.
 */
export function calibrate(data: CalibrationData, goal: CalibrationGoal, random: Random): Calibration {
  const once = new Float64Array(data.people).fill(1);
  const all = new Uint8Array(data.people).fill(1);
  const scopes = [{ name: EVERYONE, members: all }, ...data.groups];
  const sizes = scopes.map((scope) => ({ ...scope, ...sizeOf(data, scope.members) }));
  const strong = sizes.filter(
    ({ name, people, impostors }) =>
      name === EVERYONE || (people >= LEAST_PEOPLE && impostors >= comparisonsNeeded(goal.fmr)),
  );
  const fits = (weights: Float64Array) =>
    strong.map(({ members }) => thresholdFor(fmrCurve(data.impostors, weights, members), goal.fmr));
  const bins = fits(once);
  const match = Math.max(...bins);
  const curve = fmrCurve(data.impostors, once, all);
  const review = Math.min(match, thresholdFor(curve, goal.reviewFmr));
  const drawn = { match: [] as number[], atMatch: [] as number[], atReview: [] as number[] };
  for (let round = 0; round < goal.rounds; round++) {
    const weights = drawPeople(data.people, random);
    const fitted = Math.max(...fits(weights));
    if (fitted !== NO_SCORE) drawn.match.push(scoreOf(fitted));
    drawn.atMatch.push(fnmr(data.genuine, weights, match));
    drawn.atReview.push(fnmr(data.genuine, weights, review));
  }
  return {
    match: scoreOf(match),
    review: scoreOf(review),
    interval: interval(drawn.match),
    worstGroup: strong[bins.indexOf(match)]?.name ?? EVERYONE,
    people: data.people,
    genuine: data.genuine.bins.length,
    impostors: sizes[0]?.impostors ?? 0,
    fnmrAtMatch: { value: fnmr(data.genuine, once, match), ...interval(drawn.atMatch) },
    fnmrAtReview: { value: fnmr(data.genuine, once, review), ...interval(drawn.atReview) },
    groups: sizes.map(({ name, people, impostors, members }) => {
      const place = strong.findIndex((scope) => scope.name === name);
      return {
        name,
        people,
        impostors,
        threshold: place < 0 ? null : scoreOf(bins[place] as number),
        fmrAtMatch: rateAt(fmrCurve(data.impostors, once, members), match),
      };
    }),
  };
}

/** Members, and impostor comparisons that could be made among them. */
function sizeOf({ impostors: { bins, probes, references } }: CalibrationData, members: Uint8Array) {
  let impostors = 0;
  for (let i = 0; i < bins.length; i++)
    if (bins[i] !== NO_SCORE && members[probes[i] as number] && members[references[i] as number]) impostors++;
  return { people: members.reduce((sum, member) => sum + member, 0), impostors };
}

/** An impostor comparison counts as often as both of its people together; what was not acquired cannot match falsely. */
function fmrCurve({ bins, probes, references }: Comparisons, weights: Float64Array, members: Uint8Array) {
  const counts = emptyCounts();
  let total = 0;
  for (let i = 0; i < bins.length; i++) {
    const [bin, probe, reference] = [bins[i] as number, probes[i] as number, references[i] as number];
    if (bin === NO_SCORE || !members[probe] || !members[reference]) continue;
    const weight = (weights[probe] as number) * (weights[reference] as number);
    if (weight === 0) continue;
    addTo(counts, bin, weight);
    total += weight;
  }
  return rateCurve(counts, total);
}

function fnmr({ bins, probes }: Comparisons, weights: Float64Array, threshold: number): number {
  let [missed, total] = [0, 0];
  for (let i = 0; i < bins.length; i++) {
    const weight = weights[probes[i] as number] as number;
    total += weight;
    if ((bins[i] as number) < threshold) missed += weight;
  }
  return total === 0 ? Number.NaN : missed / total;
}
