import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { StationFault } from '../../../shared/fault.ts';
import type { ChildAnswer, ChildStart, Finding, TaskKind } from './messages.ts';
import { PIPE_FD, TaskPipe } from './task-pipe.ts';

/** Time limits, ms. */
export interface ProcessLimits {
  /** Loading and checking the models, warm-up included. */
  readonly startMs: number;
  /** One task; far above the slowest picture, so that only a hang reaches it. */
  readonly taskMs: number;
}

/** A small young generation: pictures pass through it and are garbage at once, which is collected after each visit. */
const FLAGS = ['--max-semi-space-size=4', '--expose-gc'] as const;

type Settle = PromiseWithResolvers<Finding>;

/**
 * One child process and the task it is at. A process that ends or hangs is a fault for that task only: a new one is started
 * at once, and the next task runs on it. It is a process and not a thread, because a thread is ended only between native
 * calls, and an abort inside the runtime (seen when a thread was ended while its library loaded) takes the station along.
 */
export class EngineProcess {
  readonly #script: string;
  readonly #start: ChildStart;
  readonly #limits: ProcessLimits;
  #child: ChildProcess | undefined;
  #pipe: TaskPipe | undefined;
  #ready: Promise<void> | undefined;
  #task: Settle | undefined;
  #closed = false;

  constructor(script: string, start: ChildStart, limits: ProcessLimits) {
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
    const child = this.#child;
    if (child === undefined) throw fault('the face process ended');
    const task = Promise.withResolvers<Finding>();
    this.#task = task;
    const limit = setTimeout(
      () => this.#lose(child, fault(`no finding within ${this.#limits.taskMs} ms`)),
      this.#limits.taskMs,
    );
    try {
      this.#pipe?.send({ kind, image });
      return await task.promise;
    } finally {
      clearTimeout(limit);
      this.#task = undefined;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (child === undefined) return;
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    this.#lose(child, fault('the engine was closed'));
    await ended;
  }

  async #launch(): Promise<void> {
    if (this.#closed) throw fault('the engine was closed');
    const { NODE_OPTIONS: _ours, ...env } = process.env;
    // Standard output belongs to the data of the command line.
    const child = spawn(process.execPath, [...FLAGS, this.#script, JSON.stringify(this.#start)], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    });
    this.#child = child;
    const started = Promise.withResolvers<void>();
    const limit = setTimeout(
      () => started.reject(fault(`not ready within ${this.#limits.startMs} ms`)),
      this.#limits.startMs,
    );
    const end = (how: unknown) => {
      const lost = fault('the face process ended', how);
      started.reject(lost);
      this.#lose(child, lost);
    };
    const hear = (answer: ChildAnswer) => this.#hear(child, answer, started);
    this.#pipe = new TaskPipe(child.stdio[PIPE_FD] as Duplex, hear, end);
    child.on('error', end);
    child.on('exit', (code, signal) => end(new Error(signal ?? `exit code ${code}`)));
    try {
      await started.promise;
    } catch (error) {
      if (this.#child === child) this.#child = undefined;
      child.kill('SIGKILL');
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  #hear(child: ChildProcess, answer: ChildAnswer, started: PromiseWithResolvers<void>): void {
    if (this.#child !== child) return;
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

  /** Gives up a process; a new one is started unless the engine is closing or the old one never was ready. */
  #lose(child: ChildProcess, cause: StationFault): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#task?.reject(cause);
    const wasReady = this.#ready;
    this.#ready = undefined;
    child.kill('SIGKILL');
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
