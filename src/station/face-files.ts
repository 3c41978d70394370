import { readFile } from 'node:fs/promises';
import { comparePictures, type PictureComparison } from '../face/compare-pictures.ts';
import { type ScoreSummary, scorePairs } from '../face/score-pairs.ts';
import { StationFault } from '../shared/fault.ts';
import { MODELS_DIR } from './paths.ts';
import { chipPhotoProtocol, openFaceEngine, openPairFiles } from './registry.ts';

/** Files are examined at full size; guidance is not asked for. */
const GUIDANCE_SIZE = 640;

/**
 * Compares picture files with the shipped pipeline.
 * @throws StationFault `IMAGE_UNREADABLE` for a file that is not there, and the face engine's faults
 */
export async function compareFiles(
  reference: string,
  probes: readonly string[],
  signal: AbortSignal,
): Promise<PictureComparison> {
  const [referenceBytes, ...probeBytes] = await Promise.all([reference, ...probes].map(readPicture));
  await using engine = await openFaceEngine(
    { modelsDir: MODELS_DIR, processes: 1, guidanceSize: GUIDANCE_SIZE, manyFaces: 'take-main' },
    signal,
  );
  return await comparePictures(engine, referenceBytes ?? new Uint8Array(), probeBytes, signal);
}

/** Scores a pairs file; see `scorePairs`. @param isChip reduces the reference side to what a card's chip holds */
export async function scoreFile(
  options: {
    readonly pairs: string;
    readonly out: string;
    readonly isChip: boolean;
    readonly workers: number;
    readonly onProgress: (done: number, total: number) => void;
    readonly onWarning: (message: string) => void;
  },
  signal: AbortSignal,
): Promise<ScoreSummary> {
  await using engine = await openFaceEngine(
    { modelsDir: MODELS_DIR, processes: options.workers, guidanceSize: GUIDANCE_SIZE, manyFaces: 'take-main' },
    signal,
  );
  const files = await openPairFiles(options.pairs, options.out);
  const prepareReference = options.isChip ? await chipPhotoProtocol() : undefined;
  const { workers: concurrency, onProgress, onWarning } = options;
  return await scorePairs(engine, files, { concurrency, prepareReference, onProgress, onWarning }, signal);
}

async function readPicture(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new StationFault('IMAGE_UNREADABLE', path, `${path}: the file cannot be read`, { cause });
  }
}
