import { Worker } from 'node:worker_threads';
import { StationFault } from '../../../shared/fault.ts';
import type { Finding, Task, TaskKind, WorkerAnswer, WorkerStart } from './messages.ts';

/** Time limits, ms. */
export interface WorkerLimits {
  /** Loading and checking the models, warm-up included. */
  readonly startMs: number;
  /** One task; far above the slowest picture, so that only a hang reaches it. */
  readonly taskMs: number;
}

type Settle = PromiseWithResolvers<Finding>;

/**
 * One worker thread and the task it is at. A thread that ends or hangs is a fault for that task only:
 * a new thread is started at once, and the next task runs on it.
 */
export class EngineWorker {
  readonly #script: URL;
  readonly #start: WorkerStart;
  readonly #limits: WorkerLimits;
  #worker: Worker | undefined;
  #ready: Promise<void> | undefined;
  #task: Settle | undefined;
  #closed = false;

  constructor(script: URL, start: WorkerStart, limits: WorkerLimits) {
    this.#script = script;
    this.#start = start;
    this.#limits = limits;
  }

  /** Resolves when the models are loaded and warm; after a failure the next call tries again. */
  ready(): Promise<void> {
    this.#ready ??= this.#launch().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  /** Runs one task; the caller never gives a second before the first has settled. */
  async run(kind: TaskKind, image: Uint8Array): Promise<Finding> {
    await this.ready();
    const worker = this.#worker;
    if (worker === undefined) throw fault('the worker thread ended');
    const task = Promise.withResolvers<Finding>();
    this.#task = task;
    const limit = setTimeout(
      () => this.#lose(worker, fault(`no finding within ${this.#limits.taskMs} ms`)),
      this.#limits.taskMs,
    );
    try {
      const copy = Uint8Array.from(image);
      worker.postMessage({ kind, image: copy } satisfies Task, [copy.buffer]);
      return await task.promise;
    } finally {
      clearTimeout(limit);
      this.#task = undefined;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (worker === undefined) return;
    this.#lose(worker, fault('the engine was closed'));
    await worker.terminate();
  }

  async #launch(): Promise<void> {
    if (this.#closed) throw fault('the engine was closed');
    const worker = new Worker(this.#script, { workerData: this.#start, name: 'face' });
    this.#worker = worker;
    const started = Promise.withResolvers<void>();
    const limit = setTimeout(
      () => started.reject(fault(`not ready within ${this.#limits.startMs} ms`)),
      this.#limits.startMs,
    );
    const end = (cause: unknown) => {
      const lost = fault('the worker thread ended', cause);
      started.reject(lost);
      this.#lose(worker, lost);
    };
    worker.on('message', (answer: WorkerAnswer) => this.#hear(worker, answer, started));
    worker.on('error', end);
    worker.on('exit', (code) => end(new Error(`exit code ${code}`)));
    try {
      await started.promise;
    } catch (error) {
      if (this.#worker === worker) this.#worker = undefined;
      await worker.terminate();
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  #hear(worker: Worker, answer: WorkerAnswer, started: PromiseWithResolvers<void>): void {
    if (this.#worker !== worker) return;
    switch (answer.kind) {
      case 'ready':
        return started.resolve();
      case 'found':
        return this.#task?.resolve(answer.finding);
      case 'fault': {
        const { code, part, message } = answer.fault;
        const told = new StationFault(code, part, message);
        started.reject(told);
        return this.#task?.reject(told);
      }
    }
  }

  /** Gives up a thread; a new one is started unless the engine is closing or the old one never was ready. */
  #lose(worker: Worker, cause: StationFault): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#task?.reject(cause);
    const wasReady = this.#ready;
    this.#ready = undefined;
    worker.terminate().catch(() => undefined);
    if (this.#closed || wasReady === undefined) return;
    wasReady.then(
      () => this.ready().catch(() => undefined),
      () => undefined,
    );
  }
}

function fault(message: string, cause?: unknown): StationFault {
  return new StationFault('FACE_ENGINE', 'face', message, cause === undefined ? {} : { cause });
}
