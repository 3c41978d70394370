import { readFile } from 'node:fs/promises';
import { acquireSamples, wipeSamples } from '../face/calibration/acquire-samples.ts';
import { seededRandom } from '../face/calibration/bootstrap.ts';
import {
  type Calibration,
  calibrate,
  comparisonsNeeded,
  LEAST_PEOPLE,
  peopleNeeded,
} from '../face/calibration/calibrate.ts';
import { allPairs, scoreTrials, type TrialPair } from '../face/calibration/comparisons.ts';
import { NOTHING_MATCHES, thresholdsOf, withThresholds } from '../face/calibration/thresholds.ts';
import type { Comparison } from '../face/manifest.ts';
import { NO_SCORE } from '../face/rates.ts';
import { StationFault } from '../shared/fault.ts';
import { modelsFolder, openCollection } from './models-registry.ts';
import { chipPhotoProtocol, openFaceEngine } from './registry.ts';

export interface CalibrateOptions {
  readonly modelsDir: string;
  /** Folder of people, or pairs file. */
  readonly data: string;
  readonly groups: string | undefined;
  /** A new folder for models and manifest; `undefined`: the manifest in place. `null`: nothing is written. */
  readonly out: string | undefined | null;
  readonly fmr: number;
  readonly isChip: boolean;
  readonly workers: number;
  /** The data in words, for `calibratedOn`. */
  readonly name: string | undefined;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly onProgress: (done: number, total: number) => void;
}

export interface CalibrationReport {
  readonly thresholds: Comparison['thresholds'];
  readonly calibration: Calibration;
  readonly pictures: number;
  readonly notAcquired: number;
  readonly unreadable: number;
  /** Bona fide probes that attack detection took for attacks, of so many. */
  readonly attacks: { readonly refused: number; readonly of: number };
}

const REVIEW_FMR = 1e-2;
const ROUNDS = 500;
const SEED = 1;

/**
 * Runs the station's own pipeline over an agency's pictures and fits the thresholds of the comparison to them. Nothing of the
 * pictures is kept: templates live in memory and are overwritten at the end.
 * @throws StationFault `USAGE`, `CALIBRATION_TOO_SMALL`, `MANIFEST_INVALID`, and the face engine's faults
 */
export async function calibrateModels(options: CalibrateOptions, signal: AbortSignal): Promise<CalibrationReport> {
  const folder = await modelsFolder();
  if (typeof options.out === 'string') await folder.requireNothing(options.out);
  const manifest = await folder.readRawManifest(options.modelsDir);
  const collection = await openCollection(options.data, options.groups);
  const { references, probes, people, pairs, groups } = collection;
  const trials = () => pairs ?? allPairs(references.length, probes.length);
  const isImpostor = (pair: TrialPair) => references[pair.reference]?.person !== probes[pair.probe]?.person;
  const impostors = count(trials(), isImpostor);
  if (count(trials(), () => true) === impostors) {
    const expected = 'expected a card* picture and another one of each person';
    throw new StationFault(
      'CALIBRATION_TOO_SMALL',
      options.data,
      `${options.data}: ${expected}, found no two pictures of one person to compare`,
    );
  }
  requireEnough(people.length, impostors, options.fmr, {
    probes: probes.length / people.length,
    references: references.length / people.length,
  });
  await using trial = await folder.openTrialFolder(options.modelsDir, withThresholds(manifest, NOTHING_MATCHES));
  const prepareReference = options.isChip ? await chipPhotoProtocol() : undefined;
  await using engine = await openFaceEngine(
    { modelsDir: trial.path, processes: options.workers, guidanceSize: 640, manyFaces: 'take-main' },
    signal,
  );
  const read = (path: string) => readFile(path).catch(() => undefined);
  const { workers: concurrency, onProgress } = options;
  const samples = await acquireSamples(
    engine,
    { references, probes },
    { concurrency, read, prepareReference, onProgress },
    signal,
  );
  try {
    const scored = scoreTrials(samples.references, samples.probes, trials());
    const acquired = scored.impostors.bins.reduce((sum, bin) => sum + Number(bin !== NO_SCORE), 0);
    requireEnough(people.length, acquired, options.fmr, undefined);
    const calibration = calibrate(
      { people: people.length, groups, ...scored },
      { fmr: options.fmr, reviewFmr: REVIEW_FMR, rounds: ROUNDS },
      seededRandom(SEED),
    );
    if (calibration.match > 1) {
      throw new StationFault(
        'USAGE',
        options.data,
        `${options.data}: expected pictures of different people, found more than ${options.fmr} of the comparisons between people identical: the same pictures under two names`,
      );
    }
    if (options.out !== null) requireStrongGroups(calibration, options.fmr);
    const words = options.name ?? `own pictures of ${people.length} people`;
    const thresholds = thresholdsOf(calibration, words, options.fmr, options.date);
    const finished = withThresholds(manifest, thresholds);
    if (typeof options.out === 'string') await folder.createModelsFolder(options.modelsDir, options.out, finished);
    else if (options.out === undefined) await folder.replaceManifest(options.modelsDir, finished);
    return {
      thresholds,
      calibration,
      pictures: references.length + probes.length,
      notAcquired: samples.notAcquired,
      unreadable: samples.unreadable,
      attacks: { refused: samples.attacks, of: samples.probes.filter(({ template }) => template !== undefined).length },
    };
  } finally {
    wipeSamples(samples);
  }
}

/** Told before the pictures are looked at where it can be, and again when some were not acquired. */
function requireEnough(
  people: number,
  impostors: number,
  fmr: number,
  each: { readonly probes: number; readonly references: number } | undefined,
): void {
  const needed = comparisonsNeeded(fmr);
  if (people >= LEAST_PEOPLE && impostors >= needed) return;
  const enough = peopleNeeded(fmr, each?.probes ?? 1, each?.references ?? 1);
  throw new StationFault(
    'CALIBRATION_TOO_SMALL',
    'calibrate',
    `FMR ${fmr} needs ${needed} comparisons between different people (3 / FMR) and ${LEAST_PEOPLE} people; found ${impostors} comparisons of ${people} people${each ? `; with as many pictures of each, about ${enough} people are enough` : ''}`,
  );
}

/** A group about which nothing can be said must not be covered by thresholds that claim to hold for it. */
function requireStrongGroups({ groups }: Calibration, fmr: number): void {
  const weak = groups.find(({ threshold }) => threshold === null);
  if (weak === undefined) return;
  throw new StationFault(
    'CALIBRATION_TOO_SMALL',
    'calibrate',
    `group "${weak.name}": FMR ${fmr} needs ${comparisonsNeeded(fmr)} comparisons between its people and ${LEAST_PEOPLE} people, found ${weak.impostors} of ${weak.people}; add people of this group, or take its lines out of the groups file and so leave its false match rate unknown`,
  );
}

function count<T>(items: Iterable<T>, is: (item: T) => boolean): number {
  let found = 0;
  for (const item of items) if (is(item)) found++;
  return found;
}
