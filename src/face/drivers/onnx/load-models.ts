import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { StationFault } from '../../../shared/fault.ts';
import type { FaceModels, Model, SingleRole } from '../../manifest.ts';
import { splitPrelu } from './split-prelu.ts';

/** The models, checked and in memory; the recognisers in the order of the manifest. */
export type Sessions = { readonly [Role in SingleRole]: InferenceSession } & {
  readonly recognisers: readonly InferenceSession[];
};

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
 * @throws StationFault `MODEL_MISSING`, `MODEL_CHECKSUM`, `FACE_ENGINE`
 */
export async function loadSessions(models: FaceModels, modelsDir: string): Promise<Sessions> {
  const open = (model: Model) => loadSession(model, modelsDir);
  const [detector, landmarks, attackDetector, ...recognisers] = await Promise.all([
    open(models.detector),
    open(models.landmarks),
    open(models['attack-detector']),
    ...models.recognisers.map(open),
  ]);
  return { detector, landmarks, 'attack-detector': attackDetector, recognisers };
}

async function loadSession(model: Model, modelsDir: string): Promise<InferenceSession> {
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
  try {
    return await InferenceSession.create(splitPrelu(bytes), SESSION_OPTIONS);
  } catch (cause) {
    throw new StationFault('FACE_ENGINE', file, `${file}: the runtime cannot load this model`, { cause });
  }
}
