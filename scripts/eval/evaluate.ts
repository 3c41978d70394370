import type { FaceThresholds } from '../../src/face/port.ts';
import type { Job } from './acquire.ts';
import { bonaFideErrors } from './attack.ts';
import { type DiscardPoint, discardCurve, type LengthFifth, lengthFifths } from './discard.ts';
import type { Estimate, ThresholdRule } from './figures.ts';
import type { Person } from './people.ts';
import {
  allPictures,
  CAPTURE_FRAMES,
  captureProbe,
  chipReference,
  type Find,
  originalProbe,
  originalReference,
  pairedPictures,
  pictureTrials,
  severalPicturesTrials,
} from './protocols.ts';
import { randomFor } from './random.ts';
import { binOf } from './rates.ts';
import { measureRoll, type RollFigures, rollJobs, rollPairs } from './roll.ts';
import type { Trials } from './trials.ts';
import { GROUP, type Groups, type Verification, verify } from './verification.ts';

/** What can be left out; the chip protocol is always there, for its thresholds serve the others. */
export const PARTS = ['originals', 'frames', 'captures', 'roll', 'quality'] as const;
export type Part = (typeof PARTS)[number];

export interface Plan {
  readonly people: readonly Person[];
  readonly parts: ReadonlySet<Part>;
  readonly rounds: number;
  readonly rollPairCount: number;
}

export interface Results {
  /** By name: `chip` and what the parts added. */
  readonly protocols: Readonly<Record<string, Verification>>;
  readonly roll: { readonly pairs: number; readonly figures: readonly RollFigures[] } | undefined;
  readonly quality: { readonly curve: readonly DiscardPoint[]; readonly fifths: readonly LengthFifth[] } | undefined;
  readonly attack: { readonly oneFrame: Estimate; readonly capture: Estimate | undefined };
}

const FMR_TARGETS = { '1e-2': 1e-2, '1e-3': 1e-3, '1e-4': 1e-4, '1e-5': 1e-5 } as const;
/** Threshold at which the group's own FMR is 1e-3. */
export const GROUP_RULE = 'group 1e-3';

/** Every picture that the chosen parts need as a template, in the order in which they are wanted. */
export function jobsOf({ people, parts, rollPairCount }: Plan): readonly Job[] {
  const all = allPictures(people);
  const frames = Array.from({ length: CAPTURE_FRAMES }, (_, frame) => frame);
  return [
    ...all.map(chipReference),
    ...all.map(originalProbe),
    ...(parts.has('originals') ? all.map(originalReference) : []),
    ...(parts.has('roll') ? rollJobs(rollPairs(people, rollPairCount)) : []),
    ...(parts.has('captures')
      ? pairedPictures(people).flatMap((one) => frames.map((at) => captureProbe(one, at)))
      : []),
  ];
}

/** Runs the chosen protocols on what was found. @param say told before each of them */
export function evaluate(plan: Plan, find: Find, shipped: FaceThresholds, say: (what: string) => void): Results {
  const { people, parts, rounds } = plan;
  const protocols: Record<string, Verification> = {};
  const rules: ThresholdRule[] = [
    ...Object.entries(FMR_TARGETS).map(([name, fmr]) => ({ name, rule: { fmr, on: 'everyone' } })),
    { name: GROUP_RULE, rule: { fmr: 1e-3, on: GROUP } },
    { name: 'match', rule: { bin: binOf(shipped.match) } },
    { name: 'review', rule: { bin: binOf(shipped.review) } },
  ];
  const inGroup: Groups = people.some((one) => one.inGroup)
    ? { [GROUP]: (person) => people[person]?.inGroup === true }
    : {};
  const run = (name: string, trials: () => Trials, groups: Groups, more: readonly ThresholdRule[]) => {
    say(name);
    const options = { people, groups, rules: [...rules, ...more], rounds, seed: name };
    protocols[name] = verify(trials(), options);
    return protocols[name];
  };
  const byPicture = (
    referenceOf: (picture: string) => Job,
    probesOf: (picture: string) => readonly Job[],
    least: number,
  ) => pictureTrials(people, find, referenceOf, probesOf, least);

  const groups = { ...inGroup, ...otherGroups(people, find) };
  const chip = run('chip', () => byPicture(chipReference, (one) => [originalProbe(one)], 1), groups, []);
  const chipBin = (rule: string) => binOf(chip.split[`${rule}.threshold`]?.value ?? Number.NaN);
  // One frame's thresholds, applied to what several frames give.
  const ofChip = ['1e-3', '1e-4', ...(GROUP in inGroup ? [GROUP_RULE] : [])].map((rule) => ({
    name: `chip ${rule}`,
    rule: { bin: chipBin(rule) },
  }));
  if (parts.has('originals')) {
    run('originals', () => byPicture(originalReference, (one) => [originalProbe(one)], 1), inGroup, []);
  }
  if (parts.has('frames')) {
    for (const size of [1, 2, 3]) {
      run(`pictures ${size}`, () => severalPicturesTrials(people, find, size, 'fused'), inGroup, ofChip);
    }
    run('attempts 3', () => severalPicturesTrials(people, find, 3, 'best-of'), inGroup, ofChip);
  }
  if (parts.has('captures')) {
    for (const size of [1, CAPTURE_FRAMES]) {
      const frames = Array.from({ length: size }, (_, frame) => frame);
      const probes = (picture: string) => frames.map((frame) => captureProbe(picture, frame));
      run(`capture ${size}`, () => byPicture(chipReference, probes, 2), inGroup, ofChip);
    }
  }
  const thresholds = { match: binOf(shipped.match), '1e-3': chipBin('1e-3') };
  say('roll, quality, attack signal');
  const pairs = rollPairs(people, plan.rollPairCount);
  const reported = chip.scopes['half 2/everyone']?.genuine ?? [];
  return {
    protocols,
    roll: parts.has('roll')
      ? { pairs: pairs.length, figures: measureRoll(people, pairs, find, thresholds, rounds) }
      : undefined,
    quality: parts.has('quality')
      ? { curve: discardCurve(reported, thresholds), fifths: lengthFifths(reported, thresholds) }
      : undefined,
    attack: attackSignal(plan, find, shipped),
  };
}

function attackSignal({ people, parts, rounds }: Plan, find: Find, shipped: FaceThresholds): Results['attack'] {
  const owned = people.flatMap(({ pictures }, person) => pictures.map((picture) => ({ person, picture })));
  const paired = owned.filter(({ person }) => (people[person]?.pictures.length ?? 0) > 1);
  const framesOf = (picture: string) =>
    Array.from({ length: CAPTURE_FRAMES }, (_, frame) => find(captureProbe(picture, frame)));
  const errors = (captures: Parameters<typeof bonaFideErrors>[0]) =>
    bonaFideErrors(captures, shipped, rounds, randomFor('attack'));
  return {
    oneFrame: errors(owned.map(({ person, picture }) => ({ person, frames: [find(originalProbe(picture))] }))),
    capture: parts.has('captures')
      ? errors(paired.map(({ person, picture }) => ({ person, frames: framesOf(picture) })))
      : undefined,
  };
}

/**
 * Nobody but the one group is listed by origin, age or sex. What the pictures tell by themselves is their light
 * and the length of their templates: fifths of the people by the mean over their pictures.
 */
function otherGroups(people: readonly Person[], find: Find): Groups {
  const means = (value: (quality: { brightness: number; templateLength: number | undefined }) => number) =>
    people.map(({ pictures }) => {
      const values = pictures.flatMap((picture) => {
        const finding = find(originalProbe(picture));
        return finding.kind === 'acquired' ? [value(finding.quality)] : [];
      });
      return values.reduce((sum, one) => sum + one, 0) / values.length;
    });
  const brightness = means((quality) => quality.brightness);
  const length = means((quality) => quality.templateLength ?? Number.NaN);
  const at = (values: readonly number[], share: number) => {
    const sorted = values.filter((one) => !Number.isNaN(one)).toSorted((a, b) => a - b);
    return sorted[Math.floor(share * (sorted.length - 1))] as number;
  };
  const [dark, light, short] = [at(brightness, 0.2), at(brightness, 0.8), at(length, 0.2)];
  return {
    others: (person) => people[person]?.inGroup === false,
    dark: (person) => (brightness[person] as number) <= dark,
    light: (person) => (brightness[person] as number) >= light,
    short: (person) => (length[person] as number) <= short,
  };
}
