import { asFault, StationFault } from '../../../../shared/fault.ts';
import { pause } from '../../../../shared/wait.ts';
import type { SerialLink } from '../../../serial/port.ts';
import { CardWatch } from '../../card-watch.ts';
import type { CardEvent, CardReader, CardResponse } from '../../port.ts';
import { ReaderHealth } from '../../reader-health.ts';
import { hasCode } from '../../retry.ts';
import { limitTo } from '../../transmit-within.ts';
import { CardSlot, type Insertions } from './card-slot.ts';
import { CcidLine, type CcidTiming } from './ccid-line.ts';

export interface SerialCcidOptions {
  /** How staff know it until its line is open. */
  readonly name: string;
  /** Opens the line, anew each time: the device may have another path after replugging. */
  readonly openLink: (signal: AbortSignal) => Promise<SerialLink>;
  /** The contact card's slot: 1 on an ACR1281S, whose slot 0 is the contactless one. */
  readonly slot: number;
  /** How often the reader is asked whether a card is in, ms: the only way where it does not tell by itself. */
  readonly pollMs: number;
  /** A reader away for longer than this, ms, is told to those who listen for events. */
  readonly lostAfterMs: number;
  /** First and longest pause before the line is opened again, ms. */
  readonly retryMs: { readonly first: number; readonly longest: number };
  readonly timing: CcidTiming;
}

/** The driver's own ceiling for one command, ms, whatever time the card asks for; callers set shorter limits. */
const COMMAND_LIMIT_MS = 30_000;
const RELEASE_LIMIT_MS = 1_000;

/**
 * A contact card reader on a serial line that speaks CCID (see `frame.ts`). Its line is opened again, with growing pauses, when
 * it is unplugged or falls silent; reading can go on with the same object.
 */
export class SerialCcidReader implements CardReader {
  readonly #options: SerialCcidOptions;
  readonly #watch = new CardWatch();
  readonly #insertions: Insertions = { count: 0 };
  readonly #health: ReaderHealth;
  readonly #over = new AbortController();
  readonly #running: Promise<void>;
  #slot: CardSlot | undefined;
  #name: string;
  /** Ends the life of the open line. */
  #end: (fault: StationFault) => void = () => undefined;

  constructor(options: SerialCcidOptions) {
    this.#options = options;
    this.#name = options.name;
    this.#health = new ReaderHealth(options.lostAfterMs, (fault) => this.#watch.fail(fault));
    this.#health.set(new StationFault('READER_MISSING', this.#name, 'the reader is being looked for'));
    this.#running = this.#run();
  }

  get name(): string {
    return this.#name;
  }

  get fault(): StationFault | undefined {
    return this.#health.fault;
  }

  async *events(signal: AbortSignal): AsyncGenerator<CardEvent, void, undefined> {
    if (this.#over.signal.aborted) throw this.#closed();
    yield* this.#watch.events(signal);
  }

  async transmit(command: Uint8Array, signal: AbortSignal): Promise<CardResponse> {
    signal.throwIfAborted();
    if (this.#slot === undefined || this.fault !== undefined) throw this.fault ?? this.#closed();
    const limit = limitTo(COMMAND_LIMIT_MS, signal, () => {
      return new StationFault('CARD_TIMEOUT', this.#name, `no answer within ${COMMAND_LIMIT_MS} ms`);
    });
    try {
      return await this.#slot.transmit(command, limit.signal);
    } catch (error) {
      if (limit.signal.aborted) throw error;
      const fault = this.#readerFault(error);
      if (hasCode(fault, ['READER_SILENT'])) this.#end(fault);
      throw fault;
    } finally {
      limit.clear();
    }
  }

  async release(): Promise<void> {
    const limit = limitTo(RELEASE_LIMIT_MS, this.#over.signal, () => {
      return new StationFault('CARD_TIMEOUT', this.#name, 'the card could not be released');
    });
    await this.#slot?.release(limit.signal).catch(() => undefined);
    limit.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort(this.#closed());
    this.#end(this.#closed());
    this.#health.close(this.#closed());
    await this.#running;
  }

  #closed(): StationFault {
    return new StationFault('READER_MISSING', this.#name, 'the reader was closed');
  }

  async #run(): Promise<void> {
    const { first, longest } = this.#options.retryMs;
    let pauseMs = first;
    while (!this.#over.signal.aborted) {
      try {
        await this.#live(() => {
          pauseMs = first;
        });
      } catch (error) {
        this.#fail(error);
      }
      await pause(pauseMs, this.#over.signal);
      pauseMs = Math.min(pauseMs * 2, longest);
    }
  }

  /** One opening of the line; ends by what ended it. */
  async #live(onReady: () => void): Promise<void> {
    const life = new AbortController();
    await using link = await this.#options.openLink(this.#over.signal);
    const end = (fault: StationFault) => {
      life.abort(fault);
      line.close(fault);
    };
    const line: CcidLine = new CcidLine(link, this.#options, (notice) => slot.noticed(notice));
    const slot = new CardSlot(line, this.#watch, this.#insertions, link.path);
    const stopListening = link.onLost(end);
    this.#end = end;
    if (this.#over.signal.aborted) end(this.#closed());
    try {
      await this.#limited((signal) => slot.greet(signal), life.signal);
      this.#slot = slot;
      this.#name = `Serial reader (${link.path})`;
      onReady();
      this.#health.set(undefined);
      for (;;) {
        life.signal.throwIfAborted();
        await this.#limited((signal) => slot.look(signal), life.signal);
        await slot.untilLook(this.#options.pollMs, life.signal);
      }
    } catch (error) {
      // Before the line is closed, which may take a moment.
      this.#fail(error);
    } finally {
      this.#end = () => undefined;
      stopListening();
      line.close(this.#closed());
    }
  }

  #fail(error: unknown): void {
    this.#slot = undefined;
    if (this.#over.signal.aborted) return;
    this.#health.set(this.#readerFault(error));
    this.#watch.lose();
  }

  async #limited(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    const limit = limitTo(COMMAND_LIMIT_MS, signal, () => {
      return new StationFault('READER_SILENT', this.#name, `no answer within ${COMMAND_LIMIT_MS} ms`);
    });
    await work(limit.signal).finally(limit.clear);
  }

  /** A line that is not there is a reader that is not there. */
  #readerFault(error: unknown): StationFault {
    const fault = asFault(error, 'CARD_PROTOCOL', this.#name);
    if (fault.code !== 'SERIAL_MISSING') return fault;
    return new StationFault('READER_MISSING', this.#name, `${fault.part}: ${fault.message}`, { cause: fault });
  }
}
