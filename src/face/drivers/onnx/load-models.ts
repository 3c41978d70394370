import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { StationFault } from '../../../shared/fault.ts';
import { namedOutputs } from '../../manifest/outputs.ts';
import { channels, type FaceModels, type Model } from '../../manifest.ts';
import { inputShape } from './run-model.ts';
import { splitPrelu } from './split-prelu.ts';

/** The models, checked and in memory; the recognisers in the order of the manifest. */
export interface Sessions {
  readonly detector: InferenceSession;
  /** As in the manifest: none where the detector gives the points. */
  readonly landmarks: InferenceSession | undefined;
  readonly eyes: InferenceSession | undefined;
  readonly 'attack-detector': InferenceSession;
  readonly recognisers: readonly InferenceSession[];
}

/**
 * One thread each: several sessions whose threads spin on few cores run two to three times slower, and a kiosk has
 * other work.
 */
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  // Arenas grow to the largest picture and never shrink; without them the models are no slower here and 20 MB smaller.
  enableCpuMemArena: false,
  // Its warnings (a constant that is not used any more) would stand on standard error; errors are thrown.
  logSeverityLevel: 3,
};

/**
 * Loads every model of the manifest; the hash is checked on the very bytes that are loaded.
 * @throws StationFault `MODEL_MISSING`, `MODEL_CHECKSUM`, `MODEL_MISMATCH`, `FACE_ENGINE`
 */
export async function loadSessions(models: FaceModels, modelsDir: string): Promise<Sessions> {
  const open = (model: Model) => loadSession(model, modelsDir);
  const [detector, landmarks, eyes, attackDetector, ...recognisers] = await Promise.all([
    open(models.detector),
    models.landmarks && open(models.landmarks),
    models.eyes && open(models.eyes),
    open(models['attack-detector']),
    ...models.recognisers.map(open),
  ]);
  return { detector, landmarks, eyes, 'attack-detector': attackDetector, recognisers };
}

/** Every model with its session. */
export function eachSession(models: FaceModels, sessions: Sessions): readonly [Model, InferenceSession][] {
  const all: [Model | undefined, InferenceSession | undefined][] = [
    [models.detector, sessions.detector],
    [models.landmarks, sessions.landmarks],
    [models.eyes, sessions.eyes],
    [models['attack-detector'], sessions['attack-detector']],
    ...models.recognisers.map((model, at): [Model, InferenceSession | undefined] => [model, sessions.recognisers[at]]),
  ];
  return all.filter((pair): pair is [Model, InferenceSession] => pair[0] !== undefined && pair[1] !== undefined);
}

/**
 * Loads one model and compares its inputs and outputs with what the manifest says.
 * @throws StationFault `MODEL_MISSING`, `MODEL_CHECKSUM`, `MODEL_MISMATCH`, `FACE_ENGINE`
 */
export async function loadSession(model: Model, modelsDir: string): Promise<InferenceSession> {
  const file = join(modelsDir, model.file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new StationFault('MODEL_MISSING', file, `${file}: expected model ${model.id}, found no readable file`, {
      cause,
    });
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== model.sha256) {
    throw new StationFault('MODEL_CHECKSUM', file, `${file}: expected sha256 ${model.sha256}, found ${found}`);
  }
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(splitPrelu(bytes), SESSION_OPTIONS);
  } catch (cause) {
    throw new StationFault('FACE_ENGINE', file, `${file}: the runtime cannot load this model`, { cause });
  }
  requireFit(session, model, file);
  return session;
}

/** Names and shapes that the model itself declares; sides that it leaves open are tried when it runs. */
function requireFit({ inputMetadata, outputNames }: InferenceSession, model: Model, file: string): void {
  const mismatch = (detail: string) => new StationFault('MODEL_MISMATCH', file, `${file}: ${detail}`);
  const { input } = model;
  const [own, ...others] = inputMetadata;
  if (own === undefined || own.name !== input.name || others.length > 0) {
    const found = inputMetadata.map(({ name }) => name).join(', ');
    throw mismatch(`input.name: expected one input "${input.name}", found ${found || 'none'}`);
  }
  if (!own.isTensor || own.type !== 'float32') {
    throw mismatch(`input.dtype: expected float32, found ${own.isTensor ? own.type : 'no tensor'}`);
  }
  const shape = inputShape(input, input.width * input.height * channels(input.colour));
  const isFit = own.shape.length === shape.length && own.shape.every((side, at) => isSide(side, shape[at]));
  if (!isFit) {
    throw mismatch(`input: expected ${shape.join('×')} (${input.layout}), found ${own.shape.join('×')}`);
  }
  for (const { field, name } of namedOutputs(model)) {
    if (!outputNames.includes(name)) throw mismatch(`${field}: expected "${name}", found ${outputNames.join(', ')}`);
  }
}

/** A side given by a name, or by a number below 1, is open. */
function isSide(side: number | string, expected: number | undefined): boolean {
  return typeof side === 'string' || side < 1 || side === expected;
}
