import type { InferenceSession } from 'onnxruntime-node';
import { distinctFaces, mainFace } from '../../detections.ts';
import type { Box } from '../../geometry.ts';
import { hintFor, hintForNotSeen } from '../../guidance.ts';
import { interEyeDistance } from '../../landmarks.ts';
import type { FaceModels } from '../../manifest.ts';
import type { FaceQuality, GuidanceFinding, NotAcquiredReason, ProbeFinding, ReferenceFinding } from '../../port.ts';
import { meanBrightness, measureQuality, type SeenFace } from '../../quality.ts';
import type { Raster } from '../../raster.ts';
import type { Sessions } from './load-models.ts';
import { decodePicture, forget, type Picture } from './picture.ts';
import { alignFace, detectFaces, findPoints, scoreAttack, warmUp } from './stages.ts';
import { makeTemplate, templateModel } from './template.ts';

/** What to do with a picture of several people. */
export type ManyFaces =
  /** A visit: nobody must be compared by mistake. */
  | 'refuse'
  /** Measuring on collections of photographs: the large face near the middle is the subject. */
  | 'take-main';

export interface PipelineOptions {
  /** Longer side of the picture that guidance looks at, pixels. */
  readonly guidanceSize: number;
  readonly manyFaces: ManyFaces;
}

/** The longer side that templates are made from, pixels; a face worth comparing is large enough at this size. */
const CAPTURE_SIZE = 1_920;
/** Mean grey of a picture without a face, or of a face, below which only darkness can be told. */
const DARK = 22;
/** Eyes closer than this give the recogniser nothing to work with, pixels. */
const MIN_INTER_EYE_PX = 16;

interface FoundFace {
  readonly picture: Raster;
  readonly box: Box;
  readonly aligned: Raster;
  quality(templateLength: number | undefined): FaceQuality;
}
interface NotAcquired {
  readonly kind: 'not-acquired';
  readonly reason: NotAcquiredReason;
}

/** Detect → landmarks → align → template and attack score, on one thread, one picture at a time. */
export class Pipeline {
  readonly #models: FaceModels;
  readonly #sessions: Sessions;
  readonly #options: PipelineOptions;
  readonly #templateModel: string;

  constructor(models: FaceModels, sessions: Sessions, options: PipelineOptions) {
    this.#models = models;
    this.#sessions = sessions;
    this.#options = options;
    this.#templateModel = templateModel(models);
  }

  async warmUp(): Promise<void> {
    const { recognisers, ...models } = this.#models;
    for (const role of ['detector', 'landmarks', 'attack-detector'] as const)
      await warmUp(this.#sessions[role], models[role].input);
    for (const [at, { input }] of recognisers.entries())
      await warmUp(this.#sessions.recognisers[at] as InferenceSession, input);
  }

  async guide(image: Uint8Array): Promise<GuidanceFinding> {
    const found = await this.#examine(image, this.#options.guidanceSize, async (face) => {
      const quality = face.quality(undefined);
      return { kind: 'seen' as const, quality, hint: hintFor(quality) };
    });
    if (found.kind === 'seen') return found;
    return { kind: 'not-seen', reason: found.reason, hint: hintForNotSeen(found.reason) };
  }

  async acquireReference(image: Uint8Array): Promise<ReferenceFinding> {
    return this.#examine(image, CAPTURE_SIZE, async (face) => ({ kind: 'acquired', ...(await this.#template(face)) }));
  }

  async acquireProbe(image: Uint8Array): Promise<ProbeFinding> {
    return this.#examine(image, CAPTURE_SIZE, async (face) => {
      const made = await this.#template(face);
      const { 'attack-detector': session } = this.#sessions;
      const attackScore = await scoreAttack(session, this.#models['attack-detector'], face.picture, face.box);
      return { kind: 'acquired', ...made, attackScore };
    });
  }

  async #template(face: FoundFace) {
    const { vector, length } = await makeTemplate(this.#sessions.recognisers, this.#models, face.aligned);
    return { template: { model: this.#templateModel, vector }, quality: face.quality(length) };
  }

  /** Hands the one face of a picture to `use`; every pixel is overwritten when it is done. */
  async #examine<T>(
    image: Uint8Array,
    maxSide: number,
    use: (face: FoundFace) => Promise<T>,
  ): Promise<T | NotAcquired> {
    const picture = await decodePicture(image, maxSide);
    if (picture === undefined) return notAcquired('unreadable-image');
    try {
      const found = await this.#find(picture);
      if ('reason' in found) return found;
      try {
        return await use(found);
      } finally {
        forget(found.aligned);
      }
    } finally {
      forget(picture.raster);
    }
  }

  async #find({ raster, reduction }: Picture): Promise<FoundFace | NotAcquired> {
    const all = await detectFaces(this.#sessions.detector, this.#models.detector, raster);
    const faces = distinctFaces(all);
    const main = mainFace(faces, raster.width, raster.height);
    if (main === undefined) return notAcquired(meanBrightness(raster) < DARK ? 'too-dark' : 'no-face');
    if (faces.length > 1 && this.#options.manyFaces === 'refuse') return notAcquired('many-faces');
    const points = await findPoints(this.#sessions.landmarks, this.#models.landmarks, raster, main.box);
    if (interEyeDistance(points) * reduction < MIN_INTER_EYE_PX) return notAcquired('too-small');
    const aligned = alignFace(raster, points);
    const seen: SeenFace = { faceCount: faces.length, box: main.box, points, picture: raster, reduction };
    const quality = (templateLength: number | undefined) => measureQuality(seen, aligned, templateLength);
    if (quality(undefined).brightness < DARK) return notAcquired('too-dark');
    return { picture: raster, box: main.box, aligned, quality };
  }
}

function notAcquired(reason: NotAcquiredReason): NotAcquired {
  return { kind: 'not-acquired', reason };
}
