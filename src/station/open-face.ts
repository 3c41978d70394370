import type { Settings } from '../config/settings.ts';
import type { FaceEngine } from '../face/port.ts';
import type { Log } from '../observe/log.ts';
import { asFault } from '../shared/fault.ts';
import { type PartBoard, stateOfFault } from './parts.ts';
import { MODELS_DIR } from './paths.ts';
import { openFaceEngine } from './registry.ts';

/** A sixth of what a face answers in the simulated room. */
const SIMULATED_LEAST_ANSWER = 0.1;

/** The simulated room's light is known, so that silence means something from the first visit on. */
export function withKnownLight(settings: Settings): Settings {
  return { ...settings, face: { ...settings.face, leastAnswer: settings.face.leastAnswer ?? SIMULATED_LEAST_ANSWER } };
}

/** The face pipeline, or `null` with the reason on the board: people then finish every visit. */
export async function openFace(
  settings: Settings,
  board: PartBoard,
  log: Log,
  signal: AbortSignal,
): Promise<FaceEngine | null> {
  const modelsDir = settings.face.modelsDir ?? MODELS_DIR;
  try {
    const { guidanceSize } = settings.face;
    const face = await openFaceEngine({ modelsDir, processes: 1, guidanceSize, manyFaces: 'refuse' }, signal);
    board.set('face', { state: 'ready', name: face.models.join(' '), code: null });
    return face;
  } catch (error) {
    signal.throwIfAborted();
    const fault = asFault(error, 'FACE_ENGINE', modelsDir);
    log.error('effect-failed', { code: fault.code, detail: fault.message });
    board.set('face', { state: stateOfFault(fault.code), name: modelsDir, code: fault.code });
    return null;
  }
}
