import { createHash } from 'node:crypto';
import { StationFault } from '../../shared/fault.ts';
import type { HintId } from '../../visit/types.ts';
import { hintFor, hintForNotSeen } from '../guidance.ts';
import { ARCFACE_112 } from '../landmarks.ts';
import type {
  FaceCues,
  FaceEngine,
  FaceLight,
  FaceQuality,
  GuidanceFinding,
  NotAcquiredReason,
  ProbeFinding,
  ReferenceFinding,
  Template,
} from '../port.ts';
import { normalise } from '../scores.ts';

/** What a simulated picture shows; everything left out is as a good picture has it. */
export interface SimulatedScene {
  /** The same name gives templates that match. */
  readonly person: string;
  /** Frames of one person differ a little. */
  readonly frame?: number;
  readonly notAcquired?: NotAcquiredReason;
  /** The frame shows the very photograph that is on the card. */
  readonly isCardPhoto?: boolean;
  readonly cues?: Partial<FaceCues>;
  /** `null` = attack detection did not run. */
  readonly attackScore?: number | null;
  readonly quality?: Partial<FaceQuality>;
  readonly light?: Partial<FaceLight>;
  /** Share of the face that is as in the frame before. */
  readonly same?: number;
  /** Forces the hint instead of deriving it from the quality. */
  readonly hint?: HintId | null;
}

const MARK = 'simulated-face:';
const DIM = 512;
const MODEL = createHash('sha256').update('simulated').digest('hex');
/** How far a frame is from its person: two frames of one person compare at about 0.8. */
const FRAME_NOISE = 0.5;
const GOOD: FaceQuality = {
  faceCount: 1,
  box: { x: 0.35, y: 0.25, width: 0.3, height: 0.5 },
  interEyePx: 100,
  rollDegrees: 0,
  turn: 0,
  sharpness: 120,
  brightness: 130,
  evenness: 0.9,
  eyesOpen: 1,
  templateLength: 3.7,
};

const CUES: FaceCues = {
  blown: 0.01,
  contrast: 40,
  saturation: 0.4,
  cast: -0.3,
  black: 30,
  glare: 0,
  sharper: 0.5,
  grid: 2,
};
const LIGHT: FaceLight = { face: 0.2, centre: 0.25, rim: 0.18, beside: 0.1, room: 0.1 };

/** The bytes of a picture that the simulated engine sees `scene` in. */
export function simulatedPicture(scene: SimulatedScene): Uint8Array {
  return new TextEncoder().encode(MARK + JSON.stringify(scene));
}

/**
 * A face engine without models, in process, for tests of what stands around it. It sees what
 * {@link simulatedPicture} wrote; any other bytes show one good face of a person of their own.
 */
export class SimulatedFaceEngine implements FaceEngine {
  readonly thresholds = { match: 0.43, fmrAtMatch: 1e-3, review: 0.34, weakLength: 3, attack: 8.1 };
  readonly models = [`simulated@${MODEL.slice(0, 12)}`];
  #fault: StationFault | undefined;

  /** Every call fails with this until it is set to `undefined`. */
  failWith(fault: StationFault | undefined): void {
    this.#fault = fault;
  }

  async guide(image: Uint8Array, signal: AbortSignal): Promise<GuidanceFinding> {
    const scene = this.#look(image, signal);
    if (scene.notAcquired !== undefined) {
      return { kind: 'not-seen', reason: scene.notAcquired, hint: hintForNotSeen(scene.notAcquired) };
    }
    const quality = { ...qualityOf(scene), templateLength: undefined };
    const light = { ...LIGHT, ...scene.light };
    const hint = scene.hint === undefined ? hintFor(quality) : scene.hint;
    return { kind: 'seen', quality, hint, light, same: scene.same ?? 0 };
  }

  async acquireReference(image: Uint8Array, signal: AbortSignal): Promise<ReferenceFinding> {
    const scene = this.#look(image, signal);
    if (scene.notAcquired !== undefined) return { kind: 'not-acquired', reason: scene.notAcquired };
    const template = { ...templateOf(scene), patch: patchOf(`${scene.person}'s card`) };
    return { kind: 'acquired', template, quality: qualityOf(scene) };
  }

  async acquireProbe(image: Uint8Array, signal: AbortSignal): Promise<ProbeFinding> {
    const reference = await this.acquireReference(image, signal);
    if (reference.kind === 'not-acquired') return reference;
    const { person, frame = 0, isCardPhoto = false, attackScore, cues } = this.#look(image, signal);
    const patch = patchOf(isCardPhoto ? `${person}'s card` : `${person}/${frame}`);
    return {
      ...reference,
      template: { ...reference.template, patch },
      attackScore: attackScore === null ? undefined : (attackScore ?? 12),
      cues: { ...CUES, ...cues },
      points: ARCFACE_112,
    };
  }

  async forget(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.failWith(new StationFault('FACE_ENGINE', 'face', 'the engine was closed'));
  }

  #look(image: Uint8Array, signal: AbortSignal): SimulatedScene {
    signal.throwIfAborted();
    if (this.#fault !== undefined) throw this.#fault;
    if (image.length === 0) return { person: '', notAcquired: 'unreadable-image' };
    const text = new TextDecoder().decode(image);
    if (text.startsWith(MARK)) return JSON.parse(text.slice(MARK.length)) as SimulatedScene;
    return { person: createHash('sha256').update(image).digest('hex') };
  }
}

function qualityOf(scene: SimulatedScene): FaceQuality {
  return { ...GOOD, ...scene.quality };
}

function templateOf({ person, frame = 0 }: SimulatedScene): Template {
  const vector = direction(person);
  const noise = direction(`${person}/${frame}`);
  for (let i = 0; i < DIM; i++) vector[i] = (vector[i] as number) + FRAME_NOISE * (noise[i] as number);
  return { model: MODEL, vector: normalise(vector) };
}

/** A picture that depends on `seed` alone; those of different seeds have nothing in common. */
function patchOf(seed: string): Uint8Array {
  return Uint8Array.from(
    createHash('shake256', { outputLength: 112 * 112 })
      .update(seed)
      .digest(),
  );
}

/** A direction that depends on `seed` alone; those of different seeds are all but perpendicular. */
function direction(seed: string): Float32Array {
  const bytes = createHash('shake256', { outputLength: DIM }).update(seed).digest();
  return normalise(Float32Array.from(bytes, (byte) => byte - 127.5));
}
