import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { StationFault } from '../../../../shared/fault.ts';
import type { PcscBackend } from './backend.ts';
import type { Ask, Failure, Reply, Told } from './messages.ts';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const KILL_LIMIT_MS = 2_000;

type Value = readonly string[] | Uint8Array | undefined;

/** One child process: requests with replies, and what it tells by itself. Not reused after it ended. */
export class ChildLink {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, PromiseWithResolvers<Value>>();
  #nextId = 1;
  #end: StationFault | undefined;

  /** @param onEnd called once, when the process is gone for whatever reason */
  constructor(backend: PcscBackend, onTold: (told: Told) => void, onEnd: (fault: StationFault) => void) {
    const { NODE_OPTIONS: _ours, ...env } = process.env;
    this.#child = fork(CHILD, [backend], {
      env,
      execArgv: [],
      serialization: 'advanced',
      // Standard output belongs to the data of the command line.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message: Reply | Told) => {
      if ('tell' in message) onTold(message);
      else this.#settle(message);
    });
    const end = (how: string) => {
      if (this.#end !== undefined) return;
      this.#end = new StationFault('PCSC_SERVICE_DOWN', 'pcsc', `the card process ended (${how})`);
      for (const { reject } of this.#pending.values()) reject(this.#end);
      this.#pending.clear();
      onEnd(this.#end);
    };
    this.#child.once('error', (error) => end(error.message));
    this.#child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
  }

  /** Resolves with the child's answer. When `signal` aborts, the process is killed: nothing less takes a call back. */
  async ask(question: Ask, signal: AbortSignal): Promise<Value> {
    signal.throwIfAborted();
    if (this.#end !== undefined) throw this.#end;
    const id = this.#nextId++;
    const answer = Promise.withResolvers<Value>();
    this.#pending.set(id, answer);
    const onAbort = () => {
      answer.reject(signal.reason);
      this.#child.kill('SIGKILL');
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      if (this.#child.connected) this.#child.send({ id, ...question });
      return await answer.promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#pending.delete(id);
    }
  }

  /** Kills the process and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit', { signal: AbortSignal.timeout(KILL_LIMIT_MS) });
    this.#child.kill('SIGKILL');
    await gone.catch(() => undefined);
  }

  #settle(reply: Reply): void {
    const answer = this.#pending.get(reply.id);
    if (answer === undefined) return;
    if ('failure' in reply) answer.reject(faultOf(reply.failure, 'pcsc'));
    else answer.resolve(reply.value);
  }
}

export function faultOf(failure: Failure, part: string): StationFault {
  return new StationFault(failure.code, part, failure.message);
}
