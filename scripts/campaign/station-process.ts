import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { within } from '../../src/shared/wait.ts';
import { Pages } from './pages.ts';
import type { ChildOptions, ChildWord, JournalFacts, WorldCommand } from './station-words.ts';

const CHILD = resolve(import.meta.dirname, 'station-child.ts');
const READY_LIMIT_MS = 60_000;
const COMMAND_LIMIT_MS = 60_000;
const KEPT_CHARACTERS = 4_000;

/** A running station: its pages, and the world around it. */
export class StationProcess implements AsyncDisposable {
  readonly pages: Pages;
  readonly reader: 'pcsc' | 'in-process';
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #waiting: Map<number, PromiseWithResolvers<unknown>>;
  readonly #never = new AbortController().signal;
  #nextId = 0;

  private constructor(
    child: ChildProcess,
    exited: Promise<unknown>,
    waiting: Map<number, PromiseWithResolvers<unknown>>,
    pages: Pages,
    reader: 'pcsc' | 'in-process',
  ) {
    this.#child = child;
    this.#exited = exited;
    this.#waiting = waiting;
    this.pages = pages;
    this.reader = reader;
  }

  /** @throws Error with its last words when it ends instead of being ready */
  static async start(options: ChildOptions): Promise<StationProcess> {
    // A group of its own, so that a power cut takes camera, models and card service along.
    const child = spawn(
      process.execPath,
      ['--expose-gc', '--disable-warning=ExperimentalWarning', CHILD, JSON.stringify(options)],
      { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: true },
    );
    const exited = once(child, 'exit');
    const waiting = new Map<number, PromiseWithResolvers<unknown>>();
    const ready = Promise.withResolvers<Extract<ChildWord, { kind: 'ready' }>>();
    ready.promise.catch(() => undefined);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-KEPT_CHARACTERS);
    });
    child.on('message', (word: ChildWord) => {
      if (word.kind === 'ready') return ready.resolve(word);
      const wait = waiting.get(word.id);
      waiting.delete(word.id);
      if (word.kind === 'done') wait?.resolve(word.result);
      else wait?.reject(new Error(`station: ${word.why}`));
    });
    child.once('exit', (code, signal) => {
      const ended = new Error(`the station ended (${code ?? signal})\n${said}`);
      ready.reject(ended);
      for (const wait of waiting.values()) wait.reject(ended);
      waiting.clear();
    });
    const late = () => new Error(`the station is not ready\n${said}`);
    const { port, reader } = await within(ready.promise, READY_LIMIT_MS, new AbortController().signal, late);
    return new StationProcess(child, exited, waiting, await Pages.open(port), reader);
  }

  async world(command: WorldCommand): Promise<unknown> {
    const id = this.#nextId++;
    const wait = Promise.withResolvers<unknown>();
    this.#waiting.set(id, wait);
    this.#child.send({ id, command });
    return await within(
      wait.promise,
      COMMAND_LIMIT_MS,
      this.#never,
      () => new Error(`no answer of the world to ${command.do}`),
    );
  }

  async journal(): Promise<JournalFacts> {
    return (await this.world({ do: 'journal' })) as JournalFacts;
  }

  /** Shuts the station down as the service does. */
  async stop(): Promise<void> {
    this.pages.close();
    await this.world({ do: 'stop' });
    await this.#exited;
  }

  /** Everything is off at once, without a word. */
  async powerCut(): Promise<void> {
    this.pages.close();
    this.#kill();
    await this.#exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.powerCut();
  }

  #kill(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
