import { RASTER, SAME_PICTURE } from '../../src/face/attack/assess.ts';
import { CAPTURES_NEEDED } from '../../src/face/attack/photometry.ts';
import type { FaceThresholds } from '../../src/face/port.ts';
import { shareOver } from './attack.ts';
import { FOLDS, type JudgedCapture, KINDS, letsThrough, type SeenCapture } from './attack-captures.ts';
import { SPECIES } from './attack-samples.ts';
import type { Estimate } from './figures.ts';
import { percent, table } from './markdown.ts';
import { randomFor } from './random.ts';

const PARTS = ['model', 'card-copy', 'continuity', 'grid', 'photometry'] as const;
const FUSIONS = ['first', 'mean', 'median', 'least', 'greatest'] as const;
type Fusion = (typeof FUSIONS)[number];
type Kind = (typeof KINDS)[number];

/** Error rates of one subsystem, 0..1: BPCER under `bona-fide`, APCER under each species. */
export type Errors = Readonly<Record<Kind, Estimate>>;

export interface AttackFigures {
  readonly people: number;
  readonly frames: number;
  /** Captures without a usable frame: attack presentation non-response (APNRR), for bona fide people failure to acquire. */
  readonly nonResponse: Readonly<Record<Kind, number>>;
  /** Of every part alone; `fused` as shipped, `fusedWithLight` with the veto of the station's own light. */
  readonly errors: Readonly<Record<(typeof PARTS)[number] | 'fused' | 'fusedWithLight', Errors>>;
  /** Attack captures that would have been verified: bona fide by every part, and a match. Under `bona-fide`: those that would not. */
  readonly verified: Errors;
  /** The model alone, its score fused over the frames in different ways. */
  readonly fusions: Readonly<Record<Fusion, Errors>>;
  /** Quantiles of what separates: 0, 5, 50, 95, 100 %. */
  readonly spreads: Readonly<Record<string, Readonly<Record<Kind, readonly number[]>>>>;
}

/** All figures of a run. */
export function attackFigures(
  seen: readonly SeenCapture[],
  judged: readonly JudgedCapture[],
  thresholds: FaceThresholds,
  frames: number,
  rounds: number,
): AttackFigures {
  const errorsOf = (name: string, passes: (capture: JudgedCapture) => boolean): Errors =>
    forKinds((kind) => {
      const people = new Map<number, { some: number; all: number }>();
      for (const capture of judged) {
        if (capture.kind !== kind) continue;
        const counts = people.get(capture.person) ?? { some: 0, all: 0 };
        counts.all++;
        if (passes(capture) === (kind !== 'bona-fide')) counts.some++;
        people.set(capture.person, counts);
      }
      return shareOver([...people.values()], rounds, randomFor('attack report', name, kind));
    });
  const partOf = ({ parts }: JudgedCapture, id: string) => parts.find((part) => part.id === id);
  const spread = (value: (capture: JudgedCapture) => number | null | undefined) =>
    forKinds((kind) => quantiles(judged.filter((one) => one.kind === kind).map(value)));
  return {
    people: new Set(seen.map(({ person }) => person)).size,
    frames,
    nonResponse: forKinds((kind) => {
      const all = seen.filter((capture) => capture.kind === kind);
      return all.filter(({ probes }) => probes.length === 0).length / all.length;
    }),
    errors: {
      ...(Object.fromEntries(
        PARTS.map((id) => [id, errorsOf(id, (capture) => letsThrough(partOf(capture, id)))]),
      ) as Record<(typeof PARTS)[number], Errors>),
      fused: errorsOf('fused', ({ fused }) => fused === 'bona-fide'),
      fusedWithLight: errorsOf('fused with light', ({ fusedWithLight }) => fusedWithLight === 'bona-fide'),
    },
    verified: errorsOf('verified', ({ fused, isMatch }) => fused === 'bona-fide' && isMatch),
    fusions: Object.fromEntries(
      FUSIONS.map((fusion) => [
        fusion,
        errorsOf(fusion, ({ attackScores }) => fusedScore(attackScores, fusion) >= thresholds.attack),
      ]),
    ) as Record<Fusion, Errors>,
    spreads: {
      'correlation with the card photo': spread((one) => 1 - (partOf(one, 'card-copy')?.score ?? Number.NaN)),
      'comparison score': spread(({ score }) => score),
      'least score among frames': spread((one) => partOf(one, 'continuity')?.score),
      'grid below the limit': spread((one) => partOf(one, 'grid')?.score),
      'depth of five points': spread((one) => partOf(one, 'parallax')?.score),
    },
  };
}

function fusedScore(scores: readonly (number | undefined)[], fusion: Fusion): number {
  const known = scores.map((score) => score ?? Number.NaN);
  const sorted = known.toSorted((a, b) => a - b);
  switch (fusion) {
    case 'first':
      return known[0] as number;
    case 'mean':
      return known.reduce((sum, score) => sum + score, 0) / known.length;
    case 'median':
      return sorted[Math.floor(sorted.length / 2)] as number;
    case 'least':
      return Math.min(...known);
    case 'greatest':
      return Math.max(...known);
  }
}

function forKinds<T>(of: (kind: Kind) => T): Readonly<Record<Kind, T>> {
  return Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as Record<Kind, T>;
}

function quantiles(values: readonly (number | null | undefined)[]): readonly number[] {
  const sorted = values
    .filter((value) => typeof value === 'number' && Number.isFinite(value))
    .map(Number)
    .toSorted((a, b) => a - b);
  return [0, 0.05, 0.5, 0.95, 1].map((share) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN);
}

export interface AttackRun {
  readonly date: string;
  readonly command: string;
  readonly machine: string;
  readonly models: readonly string[];
  readonly thresholds: FaceThresholds;
  readonly rounds: number;
}

/** The generated part of `docs/attack.md`. */
export function writeAttackReport(run: AttackRun, figures: AttackFigures): string {
  const header = (first: string) => [first, 'BPCER', ...SPECIES];
  const row = (name: string, errors: Errors) => [name, ...KINDS.map((kind) => percent(errors[kind]))];
  const worst = (errors: Errors) =>
    100 * Math.max(...SPECIES.map((kind) => errors[kind].value).filter(Number.isFinite));
  const { errors } = figures;
  return [
    `Written by \`${run.command}\` on ${run.date}. ${run.machine}. Models: ${run.models.join(', ')}.`,
    `${figures.people} people with two pictures or more, spread evenly over the collection; for each one bona fide capture and one of each species, ${figures.frames} frames a capture. Intervals: 95 %, ${run.rounds} bootstrap rounds over people.`,
    '### Errors, part by part and fused, %',
    'APCER of each species: attack captures that the part, if it were alone, would let through; BPCER: bona fide captures that it would not. Captures without a usable frame are not counted here.',
    table(header('part'), [
      ...PARTS.map((id) => row(id, errors[id])),
      row('**fused**', errors.fused),
      row('fused, photometry too', errors.fusedWithLight),
      ['no usable frame', ...KINDS.map((kind) => (100 * figures.nonResponse[kind]).toFixed(1))],
    ]),
    `Worst species: ${worst(errors.model).toFixed(1)} % with the model alone, ${worst(errors.fused).toFixed(1)} % fused (as shipped: photometry is watched and has no veto), ${worst(errors.fusedWithLight).toFixed(1)} % with its veto.`,
    `Limits: model ${run.thresholds.attack}, correlation ${SAME_PICTURE}, grid ${RASTER}, continuity ${run.thresholds.review} (the review threshold). What is normal light is learned from the bona fide captures of the people of the other ${FOLDS - 1} of ${FOLDS} parts that every other part let through (at least ${CAPTURES_NEEDED}, else it is not run); nothing else is fitted in the run.`,
    '### What would have been verified, %',
    'Every part bona fide **and** the comparison a match. Under BPCER: bona fide captures that would not be verified, wrong matches of the comparison included.',
    table(header('outcome'), [row('verified', figures.verified)]),
    '### The model over the frames of a capture, %',
    table(
      header('fusion'),
      FUSIONS.map((fusion) => row(fusion, figures.fusions[fusion])),
    ),
    '### What the parts measure: 0 / 5 / 50 / 95 / 100 %',
    table(
      ['figure', ...KINDS],
      Object.entries(figures.spreads).map(([name, kinds]) => [
        name,
        ...KINDS.map((kind) => kinds[kind].map((value) => (Number.isNaN(value) ? '–' : value.toFixed(2))).join(' / ')),
      ]),
    ),
  ].join('\n\n');
}
