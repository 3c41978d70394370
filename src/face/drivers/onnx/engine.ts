import { fileURLToPath } from 'node:url';
import { StationFault } from '../../../shared/fault.ts';
import { allModels, modelName } from '../../manifest.ts';
import type { FaceEngine, FaceThresholds, GuidanceFinding, ProbeFinding, ReferenceFinding } from '../../port.ts';
import { wipe } from '../../port.ts';
import { EngineProcess } from './engine-process.ts';
import { loadManifest } from './load-manifest.ts';
import type { Finding, TaskKind } from './messages.ts';
import type { ManyFaces } from './pipeline.ts';

export interface OnnxFaceEngineOptions {
  /** Folder with `manifest.json` and the models. */
  readonly modelsDir: string;
  /** Child processes, each with its own models: one for a station, as many as cores for measuring. */
  readonly processes: number;
  /** Longer side of the picture that guidance looks at, pixels. */
  readonly guidanceSize: number;
  readonly manyFaces: ManyFaces;
}

const LIMITS = { startMs: 20_000, taskMs: 15_000 };

interface Waiting {
  readonly kind: TaskKind;
  readonly image: Uint8Array;
  readonly signal: AbortSignal;
  readonly settle: PromiseWithResolvers<Finding>;
}

/**
 * Opens the face engine: reads the manifest, starts the processes, loads, checks and warms the models.
 * @throws StationFault `MANIFEST_INVALID`, `MODEL_MISSING`, `MODEL_CHECKSUM`, `FACE_ENGINE`
 */
export async function openOnnxFaceEngine(options: OnnxFaceEngineOptions, signal: AbortSignal): Promise<FaceEngine> {
  signal.throwIfAborted();
  const models = await loadManifest(options.modelsDir);
  const { thresholds } = models.comparison;
  const { modelsDir, guidanceSize, manyFaces } = options;
  const script = fileURLToPath(new URL('./child.ts', import.meta.url));
  const processes = Array.from(
    { length: options.processes },
    () => new EngineProcess(script, { modelsDir, guidanceSize, manyFaces }, LIMITS),
  );
  const engine = new OnnxFaceEngine(
    processes,
    {
      match: thresholds.match,
      fmrAtMatch: thresholds.fmrAtMatch,
      review: thresholds.review,
      weakLength: models.comparison.weakBelow,
      attack: models['attack-detector'].thresholds.bonaFide,
    },
    // The eye model only guides.
    allModels(models)
      .filter(({ role }) => role !== 'eyes')
      .map(modelName),
  );
  const close = () => engine[Symbol.asyncDispose]();
  signal.addEventListener('abort', close, { once: true });
  try {
    await Promise.all(processes.map((one) => one.ready()));
    signal.throwIfAborted();
    return engine;
  } catch (error) {
    await close();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

class OnnxFaceEngine implements FaceEngine {
  readonly thresholds: FaceThresholds;
  readonly models: readonly string[];
  readonly #processes: readonly EngineProcess[];
  readonly #idle: EngineProcess[];
  readonly #waiting: Waiting[] = [];
  #closed = false;

  constructor(processes: readonly EngineProcess[], thresholds: FaceThresholds, models: readonly string[]) {
    this.#processes = processes;
    this.#idle = [...processes];
    this.thresholds = thresholds;
    this.models = models;
  }

  guide(image: Uint8Array, signal: AbortSignal): Promise<GuidanceFinding> {
    return this.#submit('guide', image, signal) as Promise<GuidanceFinding>;
  }

  acquireReference(image: Uint8Array, signal: AbortSignal): Promise<ReferenceFinding> {
    return this.#submit('acquire-reference', image, signal) as Promise<ReferenceFinding>;
  }

  acquireProbe(image: Uint8Array, signal: AbortSignal): Promise<ProbeFinding> {
    return this.#submit('acquire-probe', image, signal) as Promise<ProbeFinding>;
  }

  async forget(): Promise<void> {
    const { signal } = new AbortController();
    // One that cannot, has ended, and its memory with it.
    await Promise.allSettled(this.#processes.map(() => this.#submit('forget', new Uint8Array(), signal)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const { settle } of this.#waiting.splice(0)) settle.reject(closedFault());
    await Promise.all(this.#processes.map((one) => one.close()));
  }

  async #submit(kind: TaskKind, image: Uint8Array, signal: AbortSignal): Promise<Finding> {
    signal.throwIfAborted();
    if (this.#closed) throw closedFault();
    const settle = Promise.withResolvers<Finding>();
    const waiting: Waiting = { kind, image, signal, settle };
    const onAbort = () => {
      const place = this.#waiting.indexOf(waiting);
      if (place >= 0) this.#waiting.splice(place, 1);
      settle.reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#waiting.push(waiting);
    this.#dispatch();
    try {
      return await settle.promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #dispatch(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const child = this.#idle.shift() as EngineProcess;
      const { kind, image, signal, settle } = this.#waiting.shift() as Waiting;
      child
        .run(kind, image)
        .then((finding) => {
          // Nobody waits for it any more: what was computed of a face is not kept.
          if (signal.aborted && 'template' in finding) wipe(finding.template);
          settle.resolve(finding);
        }, settle.reject)
        .finally(() => {
          this.#idle.push(child);
          this.#dispatch();
        });
    }
  }
}

function closedFault(): StationFault {
  return new StationFault('FACE_ENGINE', 'face', 'the engine was closed');
}
