import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { within } from '../../src/shared/wait.ts';

export interface ProgramOptions {
  readonly name: string;
  readonly command: () => readonly [file: string, ...args: string[]];
  /** Where it says that it is ready. */
  readonly readyOn: 'stdout' | 'stderr';
  readonly ready: RegExp;
  readonly onLine?: (line: string) => void;
}

const READY_LIMIT_MS = 30_000;
const KEPT_LINES = 20;

/** A program that is started, killed with SIGKILL and started again. */
export class Program implements AsyncDisposable {
  readonly name: string;
  readonly #options: ProgramOptions;
  readonly #never = new AbortController().signal;
  #child: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  #said: string[] = [];

  constructor(options: ProgramOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it is ready. @throws Error with its last lines when it ends or says nothing instead */
  async start(): Promise<void> {
    const { name, command, readyOn, ready } = this.#options;
    const [file, ...args] = command();
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#said = [];
    this.#exited = once(child, 'close');
    const isReady = Promise.withResolvers<void>();
    const fail = (why: string) => isReady.reject(new Error(`${name}: ${why}\n${this.#said.join('\n')}`));
    for (const stream of ['stdout', 'stderr'] as const)
      createInterface({ input: child[stream] }).on('line', (line) => {
        this.#said = [...this.#said, line].slice(-KEPT_LINES);
        if (stream === readyOn && ready.test(line)) isReady.resolve();
        if (stream === 'stdout') this.#options.onLine?.(line);
      });
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => fail(`ended with ${code}`));
    await within(
      isReady.promise,
      READY_LIMIT_MS,
      this.#never,
      () => new Error(`${name}: not ready\n${this.#said.join('\n')}`),
    );
  }

  /** As a power cut would, without a word. Everything that it had said by then has been heard when this resolves. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.isRunning) this.#child?.kill(signal);
    await this.#exited;
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
