import { readFile } from 'node:fs/promises';
import { StationFault } from '../../../shared/fault.ts';
import { measureCues } from '../../attack/cues.ts';
import { Sameness } from '../../attack/sameness.ts';
import { compareTemplates } from '../../compare.ts';
import { hintFor, hintForNotSeen } from '../../guidance.ts';
import { interEyeDistance } from '../../landmarks.ts';
import { measureLight } from '../../light.ts';
import type { FaceModels, Mirroring } from '../../manifest.ts';
import type { GuidanceFinding, NotAcquiredReason, ProbeFinding, ReferenceFinding } from '../../port.ts';
import { meanBrightness, measureQuality, type SeenFace } from '../../quality.ts';
import { type Raster, toGrey } from '../../raster.ts';
import { length } from '../../scores.ts';
import { drop, type FoundFace, findAnyRoll, findFace, type RecognisedFace } from './find-face.ts';
import { eachSession, type Sessions } from './load-models.ts';
import { decodePicture, forget, type Picture } from './picture.ts';
import { selfTest } from './self-test.ts';
import { alignFace, measureEyes, scoreAttack } from './stages.ts';
import { makeTemplate, templateModel } from './template.ts';
import { boundsInPicture, type Turn } from './turned.ts';

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

/** Drawn for this; nobody looks like it. `drawn-face.svg` is what it was made from. */
const DRAWN_FACE = new URL('./drawn-face.png', import.meta.url);
/** By then the code is compiled and the decoder's memory is there. */
const WARM_UP_ROUNDS = 3;
/** One drawing as reference and as probe, which are made with different work, scores 0.98. */
const SAME_DRAWING = 0.9;

/** While a face is not seen well, its turn is looked for anew at most this often. */
const SEARCH_EVERY_MS = 1_000;

/** Detect → landmarks → align → template and attack score, on one thread, one picture at a time. */
export class Pipeline {
  readonly #models: FaceModels;
  readonly #sessions: Sessions;
  readonly #options: PipelineOptions;
  readonly #templateModel: string;
  /** At which guidance last saw the face upright: people keep lying as they lie. Pictures that nobody was guided to start upright. */
  #turn: Turn = 0;
  #searchedAt = Number.NEGATIVE_INFINITY;
  #isGuiding = false;
  readonly #sameness = new Sameness();

  constructor(models: FaceModels, sessions: Sessions, options: PipelineOptions) {
    this.#models = models;
    this.#sessions = sessions;
    this.#options = options;
    this.#templateModel = templateModel(models);
  }

  /**
   * Every model must compute what it should, and the whole way from a picture to a comparison is gone a few times with a drawn face:
   * the first person waits no longer than the tenth, and a station whose comparison is broken does not say that it is ready.
   * @throws StationFault `MODEL_MISMATCH`, `FACE_ENGINE`
   */
  async warmUp(): Promise<void> {
    for (const [model, session] of eachSession(this.#models, this.#sessions)) await selfTest(session, model);
    const picture = await readFile(DRAWN_FACE);
    for (let round = 0; round < WARM_UP_ROUNDS; round++) {
      await this.guide(picture);
      const [reference, probe] = [await this.acquireReference(picture), await this.acquireProbe(picture)];
      // Not every detector takes a drawing for a face.
      if (reference.kind !== 'acquired' || probe.kind !== 'acquired') continue;
      const score = compareTemplates(probe.template, reference.template);
      if (!(score >= SAME_DRAWING))
        throw new StationFault(
          'FACE_ENGINE',
          'face',
          `a face compared with itself scores ${score}, expected 0.9 or more`,
        );
    }
    this.forget();
  }

  async guide(image: Uint8Array): Promise<GuidanceFinding> {
    this.#isGuiding = true;
    const found = await this.#examine(image, this.#options.guidanceSize, async (picture) => {
      const finding = await this.#look(picture);
      const isGood = !('reason' in finding) && finding.hint === null;
      if (isGood || performance.now() - this.#searchedAt < SEARCH_EVERY_MS) return finding;
      this.#searchedAt = performance.now();
      const before = this.#turn;
      const face = await this.#recognise(picture, this.#models.comparison.turnBelow);
      if (face === undefined) return finding;
      drop(face);
      this.#turn = face.turn;
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
      const { reference } = this.#models.comparison.mirroring;
      return await this.#acquire(image, { enough: 0, mirroring: reference }, async () => ({}));
    } finally {
      this.#turn = remembered;
    }
  }

  async acquireProbe(image: Uint8Array): Promise<ProbeFinding> {
    const { mirroring, turnBelow } = this.#models.comparison;
    const how = { enough: turnBelow, mirroring: mirroring.probe };
    return this.#acquire(image, how, async ({ raster }, { aligned, box, points, turn, view }) => {
      // A face may look well to guidance and stand on its head; the template tells.
      if (this.#isGuiding) this.#turn = turn;
      const { 'attack-detector': session } = this.#sessions;
      const model = this.#models['attack-detector'];
      const attackScore = await scoreAttack(session, model, raster, box, view.toPicture);
      return { attackScore, cues: measureCues(raster, aligned, box, view.toPicture), points };
    });
  }

  /** The next person may lie in another way, and nothing is kept of the last frame. */
  forget(): void {
    this.#isGuiding = false;
    this.#sameness.forget();
    this.#turn = 0;
    this.#searchedAt = Number.NEGATIVE_INFINITY;
  }

  /** Makes a template of the main face, and what `more` says of it. */
  #acquire<T extends object>(
    image: Uint8Array,
    how: { readonly enough: number; readonly mirroring: Mirroring },
    more: (picture: Picture, face: RecognisedFace) => Promise<T>,
  ) {
    return this.#examine(image, CAPTURE_SIZE, async (picture) => {
      const face = await this.#recognise(picture, how.enough);
      if (face === undefined) return this.#nobody(picture);
      try {
        const refused = this.#refusal(picture, face, face.aligned);
        if (refused) return refused;
        const quality = measureQuality(seen(picture, face), face.aligned, { templateLength: length(face.raw) });
        const { recognisers } = this.#sessions;
        const vector = await makeTemplate(recognisers, this.#models, how.mirroring, picture.raster, face);
        const template = { model: this.#templateModel, vector, patch: toGrey(face.aligned) };
        return { kind: 'acquired' as const, template, quality, ...(await more(picture, face)) };
      } finally {
        drop(face);
      }
    });
  }

  /** The main face at whatever turn. */
  #recognise({ raster }: Picture, enough: number): Promise<RecognisedFace | undefined> {
    return findAnyRoll(this.#models, this.#sessions, raster, this.#turn, enough);
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
      const { eyes } = this.#sessions;
      const eyesOpen = eyes && this.#models.eyes ? await measureEyes(eyes, this.#models.eyes, aligned) : undefined;
      const quality = measureQuality(measured, aligned, { eyesOpen });
      const light = measureLight(picture.raster, face.points);
      const same = this.#sameness.look(picture.raster, measured.box);
      return { kind: 'seen', quality, hint: hintFor(quality, light), light, same };
    } finally {
      forget(aligned);
    }
  }

  #nobody({ raster }: Picture): NotAcquired {
    return notAcquired(meanBrightness(raster) < DARK ? 'too-dark' : 'no-face');
  }

  #refusal(picture: Picture, face: FoundFace, aligned: Raster): NotAcquired | undefined {
    if (face.faceCount > 1 && this.#options.manyFaces === 'refuse') return notAcquired('many-faces');
    if (interEyeDistance(face.points) * picture.reduction < MIN_INTER_EYE_PX) return notAcquired('too-small');
    const { brightness } = measureQuality(seen(picture, face), aligned);
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
