import { StationFault } from '../../shared/fault.ts';
import { pause, within } from '../../shared/wait.ts';
import type { SerialLink } from '../serial/port.ts';
import { askStatus, BAND_ROWS, type StatusAsked, stateOf, wordOf } from './escpos.ts';

const ASKED: readonly StatusAsked[] = [1, 2, 4];
const WRITE_LIMIT_MS = 2_000;

/** An open line to a printer: bytes out when its memory has room, its words in. One caller at a time. */
export class EscPosLine {
  readonly #link: SerialLink;
  readonly #name: string;
  readonly #stopListening: () => void;
  #room: PromiseWithResolvers<void> | undefined;
  #status: PromiseWithResolvers<number> | undefined;
  /** Answers to GS r that are still to come. */
  #owed = 0;
  #settled: (() => void) | undefined;
  /** It has ever answered. */
  #answers = false;
  /** Silence is a fault here. */
  readonly mustAnswer: boolean;
  /** A command may have been sent in part: then padding comes before the next one. */
  isDirty = true;
  /** As many empty bytes as may be missing of a command; outside of one they mean nothing. */
  readonly padding = new Uint8Array(BAND_ROWS * 72 + 8);

  constructor(link: SerialLink, { name, mustAnswer }: { readonly name: string; readonly mustAnswer: boolean }) {
    this.#link = link;
    this.#name = name;
    this.mustAnswer = mustAnswer;
    this.#stopListening = link.onBytes((bytes) => {
      for (const byte of bytes) this.#hear(byte);
    });
  }

  get answers(): boolean {
    return this.#answers;
  }

  close(): void {
    this.#stopListening();
  }

  /**
   * Sends once the printer has room.
   * @throws StationFault `PRINTER_STUCK`, or the line's
   */
  async send(
    bytes: Uint8Array,
    limits: { readonly stuckMs: number; readonly carryMs: number },
    signal: AbortSignal,
  ): Promise<void> {
    const stuck = () => new StationFault('PRINTER_STUCK', this.#name, `no room within ${limits.stuckMs} ms`);
    if (this.#room) await this.#orLost(within(this.#room.promise, limits.stuckMs, signal, stuck));
    await this.#link.write(bytes, limits.stuckMs + limits.carryMs, signal);
  }

  /** Asks for the three statuses. `silent` = one of them was not answered. */
  async look(answerMs: number, signal: AbortSignal): Promise<ReturnType<typeof stateOf> | 'silent'> {
    const found: Record<StatusAsked, number> = { 1: 0, 2: 0, 4: 0 };
    for (const what of ASKED) {
      const answer = Promise.withResolvers<number>();
      this.#status = answer;
      await this.#link.write(askStatus(what), WRITE_LIMIT_MS, signal);
      const byte = await this.#orLost(within(answer.promise.then(Number), answerMs, signal, () => new Silence())).catch(
        (error: unknown) => {
          if (error instanceof Silence) return undefined;
          throw error;
        },
      );
      if (byte === undefined) return 'silent';
      this.#answers = true;
      found[what] = byte;
    }
    return stateOf(found);
  }

  /** GS r was sent behind something that is to be printed. */
  owe(): void {
    this.#owed += 1;
  }

  /** Nothing is owed any more: what was sent before is given up. */
  forget(): void {
    this.#owed = 0;
  }

  /**
   * Waits until at most so many answers to GS r are owed, looking at the printer meanwhile.
   * @param look throws when it can print no more
   * @throws StationFault `PRINTER_STUCK`, what `look` throws, the line's
   */
  async settle(most: number, limitMs: number, look: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const late = () => new StationFault('PRINTER_STUCK', this.#name, `not printed within ${limitMs} ms`);
    const over = new AbortController();
    const stop = AbortSignal.any([signal, over.signal]);
    const settled = Promise.withResolvers<void>();
    this.#settled = () => {
      if (this.#owed <= most) settled.resolve();
    };
    this.#settled();
    try {
      await within(Promise.race([this.#orLost(settled.promise), this.#watch(look, stop)]), limitMs, signal, late);
    } finally {
      over.abort();
      this.#settled = undefined;
    }
  }

  async #watch(look: () => Promise<void>, signal: AbortSignal): Promise<never> {
    for (;;) {
      await pause(LOOK_EACH_MS, signal);
      signal.throwIfAborted();
      await look();
    }
  }

  /** A line that is lost ends every wait. */
  async #orLost<T>(promise: Promise<T>): Promise<T> {
    const lost = Promise.withResolvers<never>();
    const stop = this.#link.onLost(lost.reject);
    try {
      return await Promise.race([promise, lost.promise]);
    } finally {
      stop();
    }
  }

  #hear(byte: number): void {
    const word = wordOf(byte);
    if (word.kind === 'status') this.#status?.resolve(word.byte);
    else if (word.kind === 'done') {
      this.#owed = Math.max(0, this.#owed - 1);
      this.#settled?.();
    } else if (word.kind === 'hold') this.#room ??= Promise.withResolvers<void>();
    else if (word.kind === 'go-on') {
      this.#room?.resolve();
      this.#room = undefined;
    }
  }
}

/** Between two looks at a printer that is printing. */
const LOOK_EACH_MS = 300;

/** No answer in time; never leaves this file. */
class Silence extends Error {}
