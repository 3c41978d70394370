import type { InferenceSession } from 'onnxruntime-node';
import { Sameness } from '../../attack/sameness.ts';
import { hintFor, hintForNotSeen } from '../../guidance.ts';
import { interEyeDistance } from '../../landmarks.ts';
import { measureLight } from '../../light.ts';
import type { FaceModels } from '../../manifest.ts';
import type { GuidanceFinding, NotAcquiredReason, ProbeFinding, ReferenceFinding } from '../../port.ts';
import { meanBrightness, measureQuality, type SeenFace } from '../../quality.ts';
import type { Raster } from '../../raster.ts';
import { length } from '../../scores.ts';
import { drop, type FoundFace, findAnyRoll, findFace, type RecognisedFace } from './find-face.ts';
import type { Sessions } from './load-models.ts';
import { decodePicture, forget, type Picture } from './picture.ts';
import { alignFace, scoreAttack, selfTest } from './stages.ts';
import { makeTemplate, templateModel } from './template.ts';
import { boundsInPicture, type QuarterTurn } from './turned.ts';

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

interface NotAcquired {
  readonly kind: 'not-acquired';
  readonly reason: NotAcquiredReason;
}

/** While a face is not seen well, its turn is looked for anew at most this often. */
const SEARCH_EVERY_MS = 1_000;
/** Nobody has been looked at for so long: what was kept of the last frame goes. */
const FORGET_AFTER_MS = 1_000;

/** Detect → landmarks → align → template and attack score, on one thread, one picture at a time. */
export class Pipeline {
  readonly #models: FaceModels;
  readonly #sessions: Sessions;
  readonly #options: PipelineOptions;
  readonly #templateModel: string;
  /** At which the last face stood upright: people keep lying as they lie. */
  #turn: QuarterTurn = 0;
  #searchedAt = Number.NEGATIVE_INFINITY;
  readonly #sameness = new Sameness();
  #forgetting: NodeJS.Timeout | undefined;

  constructor(models: FaceModels, sessions: Sessions, options: PipelineOptions) {
    this.#models = models;
    this.#sessions = sessions;
    this.#options = options;
    this.#templateModel = templateModel(models);
  }

  /** Every model runs once and must compute what it should. @throws StationFault `FACE_ENGINE` */
  async warmUp(): Promise<void> {
    const { recognisers, ...models } = this.#models;
    for (const role of ['detector', 'landmarks', 'attack-detector'] as const)
      await selfTest(this.#sessions[role], models[role]);
    for (const [at, model] of recognisers.entries())
      await selfTest(this.#sessions.recognisers[at] as InferenceSession, model);
  }

  async guide(image: Uint8Array): Promise<GuidanceFinding> {
    const found = await this.#examine(image, this.#options.guidanceSize, async (picture) => {
      const finding = await this.#look(picture);
      const isGood = !('reason' in finding) && finding.hint === null;
      if (isGood || performance.now() - this.#searchedAt < SEARCH_EVERY_MS) return finding;
      this.#searchedAt = performance.now();
      const before = this.#turn;
      const face = await this.#recognise(picture, this.#models.comparison.turnBelow);
      if (face) drop(face);
      if (this.#turn === before) return finding;
      const again = await this.#look(picture);
      // The frame before it is this one.
      return 'reason' in again ? again : { ...again, same: null };
    });
    if ('reason' in found) return { kind: 'not-seen', reason: found.reason, hint: hintForNotSeen(found.reason) };
    return found;
  }

  /** A card's photo stands upright: another turn is tried only where there is no face at all. */
  async acquireReference(image: Uint8Array): Promise<ReferenceFinding> {
    const remembered = this.#turn;
    this.#turn = 0;
    try {
      return await this.#acquire(image, 0, async () => ({}));
    } finally {
      this.#turn = remembered;
    }
  }

  async acquireProbe(image: Uint8Array): Promise<ProbeFinding> {
    return this.#acquire(image, this.#models.comparison.turnBelow, async (picture, { box, view }) => {
      const { 'attack-detector': session } = this.#sessions;
      const model = this.#models['attack-detector'];
      return { attackScore: await scoreAttack(session, model, picture.raster, box, view.toPicture) };
    });
  }

  /** Makes a template of the main face, and what `more` says of it. */
  #acquire<T extends object>(
    image: Uint8Array,
    enough: number,
    more: (picture: Picture, face: RecognisedFace) => Promise<T>,
  ) {
    return this.#examine(image, CAPTURE_SIZE, async (picture) => {
      const face = await this.#recognise(picture, enough);
      if (face === undefined) return this.#nobody(picture);
      try {
        const refused = this.#refusal(picture, face, face.aligned);
        if (refused) return refused;
        const quality = measureQuality(seen(picture, face), face.aligned, length(face.raw));
        const vector = await makeTemplate(this.#sessions.recognisers, this.#models, face.aligned, face.raw);
        const template = { model: this.#templateModel, vector };
        return { kind: 'acquired' as const, template, quality, ...(await more(picture, face)) };
      } finally {
        drop(face);
      }
    });
  }

  /** The main face at whatever turn; the turn is remembered for the next frame. */
  async #recognise({ raster }: Picture, enough: number): Promise<RecognisedFace | undefined> {
    const face = await findAnyRoll(this.#models, this.#sessions, raster, this.#turn, enough);
    if (face) this.#turn = face.turn;
    return face;
  }

  /** A look without a template, at the remembered turn. */
  async #look(picture: Picture): Promise<Extract<GuidanceFinding, { kind: 'seen' }> | NotAcquired> {
    const face = await findFace(this.#models, this.#sessions, picture.raster, this.#turn);
    if (face === undefined) return this.#nobody(picture);
    const aligned = alignFace(picture.raster, face.points);
    try {
      const refused = this.#refusal(picture, face, aligned);
      if (refused) return refused;
      const measured = seen(picture, face);
      const quality = measureQuality(measured, aligned, undefined);
      return {
        kind: 'seen',
        quality,
        hint: hintFor(quality),
        light: measureLight(picture.raster, face.points),
        same: this.#lookAgain(picture, measured.box),
      };
    } finally {
      forget(aligned);
    }
  }

  /** The face against the frame before. */
  #lookAgain(picture: Picture, box: SeenFace['box']): number | null {
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#sameness.forget(), FORGET_AFTER_MS);
    this.#forgetting.unref();
    return this.#sameness.look(picture.raster, box);
  }

  #nobody({ raster }: Picture): NotAcquired {
    return notAcquired(meanBrightness(raster) < DARK ? 'too-dark' : 'no-face');
  }

  #refusal(picture: Picture, face: FoundFace, aligned: Raster): NotAcquired | undefined {
    if (face.faceCount > 1 && this.#options.manyFaces === 'refuse') return notAcquired('many-faces');
    if (interEyeDistance(face.points) * picture.reduction < MIN_INTER_EYE_PX) return notAcquired('too-small');
    const { brightness } = measureQuality(seen(picture, face), aligned, undefined);
    return brightness < DARK ? notAcquired('too-dark') : undefined;
  }

  /** Hands a picture to `use`; every pixel is overwritten when it is done. */
  async #examine<T>(
    image: Uint8Array,
    maxSide: number,
    use: (picture: Picture) => Promise<T>,
  ): Promise<T | NotAcquired> {
    const picture = await decodePicture(image, maxSide);
    if (picture === undefined) return notAcquired('unreadable-image');
    try {
      return await use(picture);
    } finally {
      forget(picture.raster);
    }
  }
}

function seen({ raster, reduction }: Picture, { faceCount, box, view, points }: FoundFace): SeenFace {
  return { faceCount, box: boundsInPicture(box, view), points, picture: raster, reduction };
}

function notAcquired(reason: NotAcquiredReason): NotAcquired {
  return { kind: 'not-acquired', reason };
}
