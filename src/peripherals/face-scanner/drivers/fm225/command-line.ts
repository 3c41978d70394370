import { StationFault } from '../../../../shared/fault.ts';
import { within } from '../../../../shared/wait.ts';
import type { SerialLink } from '../../../serial/port.ts';
import { encodeFrame, frameCutter } from './frame.ts';
import { type Command, type FromModule, readFrame } from './messages.ts';

export type Reply = Extract<FromModule, { kind: 'reply' }>;

const PART = 'fm225';

/** One command at a time over the line: sends it, waits for the reply that names it, passes everything else on. */
export class CommandLine {
  readonly #link: SerialLink;
  readonly #stopListening: () => void;
  #waiting: { readonly command: Command; readonly reply: PromiseWithResolvers<Reply> } | undefined;

  /** @param onTold notes, in the order in which they came */
  constructor(link: SerialLink, onTold: (told: Exclude<FromModule, { kind: 'reply' }>) => void) {
    this.#link = link;
    const cutter = frameCutter();
    this.#stopListening = link.onBytes((bytes) => {
      for (const frame of cutter.push(bytes, performance.now())) {
        const told = readFrame(frame);
        if (told.kind !== 'reply') onTold(told);
        // A reply that nobody waits for is a doubled one, or belongs to a command that was given up.
        else if (told.command === this.#waiting?.command) this.#waiting.reply.resolve(told);
      }
    });
  }

  /**
   * @returns the reply, whatever its result
   * @throws StationFault `SCANNER_SILENT` after `limitMs`, the line's own faults; the reason of `signal`
   */
  async ask(command: Command, data: readonly number[], limitMs: number, signal: AbortSignal): Promise<Reply> {
    const reply = Promise.withResolvers<Reply>();
    const waiting = { command, reply };
    this.#waiting = waiting;
    const stopListening = this.#link.onLost(reply.reject);
    const silent = () =>
      new StationFault('SCANNER_SILENT', PART, `no reply to command ${command.toString(16)} within ${limitMs} ms`);
    try {
      reply.promise.catch(() => undefined);
      await this.#link.write(encodeFrame(command, Uint8Array.from(data)), limitMs, signal);
      return await within(reply.promise, limitMs, signal, silent);
    } finally {
      stopListening();
      if (this.#waiting === waiting) this.#waiting = undefined;
    }
  }

  /** Sends a command whose reply does not matter; never throws. */
  async say(command: Command, data: readonly number[], limitMs: number): Promise<void> {
    const never = new AbortController().signal;
    await this.#link.write(encodeFrame(command, Uint8Array.from(data)), limitMs, never).catch(() => undefined);
  }

  close(): void {
    this.#stopListening();
  }
}
