import { backOffMs, pause } from '../shared/wait.ts';
import { type Committed, commitBatch } from './commit-batch.ts';
import { buried, type Judged, judgeInPool } from './judge.ts';
import type { KeyRegister } from './key-register.ts';
import type { Months } from './months.ts';
import type { HeldMessage } from './mqtt/shard-session.ts';
import { DatabaseAway, DatabaseRefused, type HubDatabase } from './port.ts';

export interface CommitterOptions {
  readonly database: HubDatabase;
  readonly register: KeyRegister;
  readonly months: Months;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** Told when the database cannot be had (with the reason), and when it is back (`null`). */
  onDatabase(detail: string | null): void;
}

/** Keys are read anew after so long: a key that is revoked is refused everywhere within it, ms. */
const REGISTER_MS = 5_000;
/** For a key that nobody knows the register is looked at, but not more often than this, ms. */
const UNKNOWN_MS = 1_000;
/** Messages whose judging is begun at a stretch: in between the database's answers are heard. */
const STRETCH = 16;
const RETRY_BASE_MS = 100;
const RETRY_MAX_MS = 5_000;

/** Judges batches and commits them, one after the other, for as long as it takes; what the database will not have is buried. */
export class Committer {
  readonly #options: CommitterOptions;
  #refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  /** Judges what came; waits for the database only when the register is to be read. */
  async judge(messages: readonly HeldMessage[], signal: AbortSignal): Promise<readonly Judged[]> {
    await this.#refresh(REGISTER_MS, signal);
    const judged = await this.#judgeAll(messages);
    if (!judged.some(isUnknown) || !(await this.#refresh(UNKNOWN_MS, signal))) return judged;
    return this.#judgeAll(messages);
  }

  /** Resolves when every message is on the disk, in one way or another. @throws the signal's reason */
  async commit(
    judged: readonly Judged[],
    messages: readonly HeldMessage[],
    signal: AbortSignal,
  ): Promise<readonly Committed[]> {
    const { database, months, nowMs } = this.#options;
    try {
      const work = async () => {
        await months.ensure(nowMs());
        return commitBatch(database, judged, nowMs());
      };
      return [await this.#untilThere(work, signal)];
    } catch (error) {
      if (!(error instanceof DatabaseRefused)) throw error;
      const [message] = messages;
      // Found by halves, so that one bad message costs its neighbours nothing.
      if (messages.length > 1) {
        const half = messages.length >> 1;
        const first = await this.commit(judged.slice(0, half), messages.slice(0, half), signal);
        return [...first, ...(await this.commit(judged.slice(half), messages.slice(half), signal))];
      }
      if (!message || judged[0]?.kind === 'dead') return [];
      return this.commit([buried(message.received)], messages, signal);
    }
  }

  async #judgeAll(messages: readonly HeldMessage[]): Promise<readonly Judged[]> {
    const { register, nowMs } = this.#options;
    const options = {
      keys: register.keys,
      isRegistered: (station: string) => register.isRegistered(station),
      nowMs: nowMs(),
    };
    const judged: Promise<Judged>[] = [];
    for (const { received } of messages) {
      const one = judgeInPool(received, options);
      // A bug in one is thrown below, when all have been begun.
      one.catch(() => undefined);
      judged.push(one);
      if (judged.length % STRETCH === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    return Promise.all(judged);
  }

  /** @returns whether the register was read */
  async #refresh(olderThanMs: number, signal: AbortSignal): Promise<boolean> {
    if (performance.now() - this.#refreshedAt < olderThanMs) return false;
    await this.#untilThere(() => this.#options.register.refresh(), signal);
    this.#refreshedAt = performance.now();
    return true;
  }

  /** Tries until the database is there; nothing is given up but by the signal. */
  async #untilThere<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { onDatabase, random } = this.#options;
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      try {
        const result = await work();
        if (attempt > 0) onDatabase(null);
        return result;
      } catch (error) {
        if (error instanceof DatabaseRefused) {
          if (attempt > 0) onDatabase(null);
          throw error;
        }
        if (!(error instanceof DatabaseAway)) throw error;
        // Two that waited for each other, once, are no database that is away.
        if (attempt > 0) onDatabase(error.message);
      }
      await pause(backOffMs(attempt, RETRY_BASE_MS, RETRY_MAX_MS, random), signal);
    }
  }
}

function isUnknown(judged: Judged): boolean {
  return judged.kind === 'dead' && judged.why.code === 'unknown-key';
}
