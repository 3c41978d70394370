import { compareTemplates } from './compare.ts';
import { csvField, type Pair, parsePair, SCORE_HEADER } from './pairs.ts';
import { type FaceEngine, type ProbeFinding, type ReferenceFinding, type Template, wipe } from './port.ts';

/** Files, as scoring sees them; the driver decides where they are. */
export interface PairFiles {
  /** For messages. */
  readonly pairsName: string;
  /** The pairs file from its start, line by line; asked for twice. */
  lines(): AsyncIterable<string>;
  /** @returns `undefined` when there is no such file, or it cannot be read */
  picture(path: string): Promise<Uint8Array | undefined>;
  /** Writes the result from start to end; it appears only when it is complete. */
  write(lines: AsyncIterable<string>): Promise<void>;
}

export interface ScoreOptions {
  /** How many pictures are worked on at once: the engine's processes. */
  readonly concurrency: number;
  /** Applied to the reference side first, e.g. the chip-photo protocol; `undefined` = pictures as they are. */
  readonly prepareReference: ((image: Uint8Array) => Promise<Uint8Array>) | undefined;
  readonly onProgress: (done: number, total: number) => void;
  /** A picture that is missing or cannot be prepared; its rows then say "not acquired". */
  readonly onWarning: (message: string) => void;
}

export interface ScoreSummary {
  readonly pairs: number;
  readonly pictures: number;
  /** Pairs without a score, because a side was not acquired. */
  readonly notAcquired: number;
}

interface Side {
  readonly template: Template | undefined;
  readonly attackScore: number | undefined;
}
const NOTHING: Side = { template: undefined, attackScore: undefined };

/**
 * Scores every pair of a pairs file. Each picture is made into a template once (once for each
 * side it appears on, where the reference side is prepared).
 * The whole file is checked before any picture is touched.
 * @throws StationFault `USAGE` for a malformed line, `FACE_ENGINE`
 */
export async function scorePairs(
  engine: FaceEngine,
  files: PairFiles,
  options: ScoreOptions,
  signal: AbortSignal,
): Promise<ScoreSummary> {
  const probes = new Map<string, Side>();
  // Prepared pictures give other templates than the pictures themselves; without that, one template serves both sides.
  const references = options.prepareReference === undefined ? probes : new Map<string, Side>();
  for await (const { reference, probe } of pairsOf(files)) {
    references.set(reference, NOTHING);
    probes.set(probe, NOTHING);
  }
  const total = probes.size + (references === probes ? 0 : references.size);
  let done = 0;
  const acquire = async (sides: Map<string, Side>, path: string, look: (image: Uint8Array) => Promise<Side>) => {
    const image = await files.picture(path);
    if (image === undefined) options.onWarning(`${path}: no such picture, or it cannot be read`);
    else sides.set(path, await look(image));
    options.onProgress(++done, total);
  };
  const asReference = async (image: Uint8Array): Promise<Side> => {
    const prepared = await prepare(image, options);
    return prepared === undefined ? NOTHING : sideOf(await engine.acquireReference(prepared, signal));
  };
  const asProbe = async (image: Uint8Array) => sideOf(await engine.acquireProbe(image, signal));
  try {
    await eachAtOnce(options.concurrency, probes.keys(), (path) => acquire(probes, path, asProbe), signal);
    if (references !== probes) {
      await eachAtOnce(
        options.concurrency,
        references.keys(),
        (path) => acquire(references, path, asReference),
        signal,
      );
    }
    const counts = { pairs: 0, notAcquired: 0 };
    await files.write(rows(files, references, probes, counts));
    return { ...counts, pictures: total };
  } finally {
    for (const { template } of [...references.values(), ...probes.values()]) if (template) wipe(template);
  }
}

async function prepare(image: Uint8Array, options: ScoreOptions): Promise<Uint8Array | undefined> {
  if (options.prepareReference === undefined) return image;
  try {
    return await options.prepareReference(image);
  } catch {
    // A picture that cannot be decoded is "not acquired", like one that shows no face.
    return undefined;
  }
}

function sideOf(finding: ReferenceFinding | ProbeFinding): Side {
  if (finding.kind === 'not-acquired') return NOTHING;
  const { patch, ...template } = finding.template;
  // Thousands of pictures are scored in one run, and only attack detection looks at patches.
  patch?.fill(0);
  return { template, attackScore: 'attackScore' in finding ? finding.attackScore : undefined };
}

async function* pairsOf(files: PairFiles): AsyncGenerator<Pair> {
  let lineNumber = 0;
  for await (const line of files.lines()) {
    const pair = parsePair(line, ++lineNumber, files.pairsName);
    if (pair !== undefined) yield pair;
  }
}

async function* rows(
  files: PairFiles,
  references: ReadonlyMap<string, Side>,
  probes: ReadonlyMap<string, Side>,
  counts: { pairs: number; notAcquired: number },
): AsyncGenerator<string> {
  yield SCORE_HEADER;
  for await (const { reference: referencePath, probe: probePath } of pairsOf(files)) {
    const reference = references.get(referencePath) ?? NOTHING;
    const probe = probes.get(probePath) ?? NOTHING;
    const score =
      reference.template && probe.template ? compareTemplates(probe.template, reference.template).toFixed(6) : '';
    counts.pairs++;
    if (score === '') counts.notAcquired++;
    yield [
      csvField(referencePath),
      csvField(probePath),
      score,
      reference.template !== undefined,
      probe.template !== undefined,
      probe.attackScore?.toFixed(4) ?? '',
    ].join(',');
  }
}

async function eachAtOnce(
  concurrency: number,
  paths: Iterable<string>,
  work: (path: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const queue = paths[Symbol.iterator]();
  let failure: { readonly error: unknown } | undefined;
  const lane = async () => {
    for (let next = queue.next(); !next.done && failure === undefined; next = queue.next()) {
      try {
        signal.throwIfAborted();
        await work(next.value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  if (failure !== undefined) throw failure.error;
}
