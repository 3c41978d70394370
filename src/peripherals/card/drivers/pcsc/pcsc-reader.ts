import { StationFault } from '../../../../shared/fault.ts';
import { CardWatch } from '../../card-watch.ts';
import type { CardEvent, CardReader, CardResponse } from '../../port.ts';
import { ReaderHealth } from '../../reader-health.ts';
import { limitTo } from '../../transmit-within.ts';
import type { PcscBackend } from './backend.ts';
import { ChildLink, faultOf } from './child-link.ts';
import type { Told } from './messages.ts';

export interface PcscOptions {
  readonly backend: PcscBackend;
  /** Whole reader name or a part of it; `undefined` = the first reader. */
  readonly readerName: string | undefined;
  /** Part of the name of a reader that is never taken: it is somebody else's. */
  readonly except: string | undefined;
  /** Only pcscd's virtual reader: a demonstration never touches a real card. */
  readonly virtualOnly: boolean;
  /** A reader or service away for longer than this, ms, is told to those who listen for events. */
  readonly lostAfterMs: number;
}

/** The friendly name in our and in Debian's settings of the vpcd driver. */
export const VIRTUAL_READER = 'Virtual PCD';

/** The driver's own ceiling for one command, ms; callers set shorter limits by their signal. */
const COMMAND_LIMIT_MS = 30_000;
/** A child that says nothing for this long after its start hangs: a service that is just starting may never answer it. */
const FIRST_WORD_LIMIT_MS = 3_000;
const RELEASE_LIMIT_MS = 1_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * A reader behind pcscd. Every PC/SC call is made by a child process that is killed when a call takes too long and
 * started again, with growing pauses, when it or pcscd ends; reading can go on with the same object.
 */
export class PcscReader implements CardReader {
  readonly #options: PcscOptions;
  readonly #watch = new CardWatch();
  readonly #health: ReaderHealth;
  #link: ChildLink | undefined;
  #name: string;
  #pauseMs = FIRST_PAUSE_MS;
  #firstWord: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: PcscOptions) {
    this.#options = options;
    this.#name = options.readerName ?? (options.virtualOnly ? VIRTUAL_READER : 'pcsc');
    this.#health = new ReaderHealth(options.lostAfterMs, (fault) => this.#watch.fail(fault));
    this.#health.set(new StationFault('PCSC_SERVICE_DOWN', this.#name, 'the card process is starting'));
    this.#start();
  }

  get name(): string {
    return this.#name;
  }

  get fault(): StationFault | undefined {
    return this.#health.fault;
  }

  async *events(signal: AbortSignal): AsyncGenerator<CardEvent, void, undefined> {
    if (this.#isClosed) throw this.#closed();
    yield* this.#watch.events(signal);
  }

  async transmit(command: Uint8Array, signal: AbortSignal): Promise<CardResponse> {
    signal.throwIfAborted();
    if (this.#link === undefined || this.fault !== undefined) {
      throw this.fault ?? new StationFault('PCSC_SERVICE_DOWN', this.#name, 'the card process is starting again');
    }
    const limit = limitTo(COMMAND_LIMIT_MS, signal, () => {
      return new StationFault('CARD_TIMEOUT', this.#name, `no answer within ${COMMAND_LIMIT_MS} ms`);
    });
    try {
      const bytes = (await this.#link.ask({ ask: 'transmit', command }, limit.signal)) as Uint8Array;
      const [sw1 = 0, sw2 = 0] = bytes.subarray(-2);
      // A copy: what comes over IPC is a Buffer, whose `slice` would share its memory.
      const data = new Uint8Array(bytes.subarray(0, -2));
      bytes.fill(0);
      return { data, sw: (sw1 << 8) | sw2 };
    } finally {
      limit.clear();
    }
  }

  async release(): Promise<void> {
    const link = this.#link;
    if (link === undefined) return;
    const limit = limitTo(RELEASE_LIMIT_MS, new AbortController().signal, () => {
      return new StationFault('CARD_TIMEOUT', this.#name, 'the card could not be released');
    });
    await link.ask({ ask: 'release' }, limit.signal).catch(() => undefined);
    limit.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const timer of [this.#firstWord, this.#restart]) clearTimeout(timer);
    this.#health.close(this.#closed());
    await this.#link?.kill();
  }

  #closed(): StationFault {
    return new StationFault('READER_MISSING', this.#name, 'the reader was closed');
  }

  #start(): void {
    const link = new ChildLink(
      this.#options.backend,
      (told) => this.#onTold(told, link),
      (fault) => this.#onEnd(fault, link),
    );
    this.#link = link;
    this.#firstWord = setTimeout(() => void link.kill(), FIRST_WORD_LIMIT_MS);
    const reader = this.#options.readerName ?? (this.#options.virtualOnly ? VIRTUAL_READER : undefined);
    // A failure of this request ends in `onEnd` or is told as `down`.
    link
      .ask({ ask: 'watch', reader, except: this.#options.except }, new AbortController().signal)
      .catch((error: StationFault) => {
        this.#onDown(error, link);
      });
  }

  #onTold(told: Told, link: ChildLink): void {
    if (this.#isClosed || link !== this.#link) return;
    clearTimeout(this.#firstWord);
    if (told.tell === 'down') this.#onDown(faultOf(told.failure, this.#name), link);
    else if (told.tell === 'card') this.#watch.see(told.atr, told.counter);
    else if (told.name === undefined) {
      this.#watch.lose();
      this.#health.set(new StationFault('READER_MISSING', this.#name, 'no reader that fits'));
    } else {
      this.#name = told.name;
      this.#pauseMs = FIRST_PAUSE_MS;
      this.#health.set(undefined);
    }
  }

  /** The service is gone: this child's contexts are dead for good, so the child goes too. */
  #onDown(fault: StationFault, link: ChildLink): void {
    if (this.#isClosed || link !== this.#link) return;
    this.#watch.lose();
    this.#health.set(fault);
    void link.kill();
  }

  #onEnd(fault: StationFault, link: ChildLink): void {
    if (this.#isClosed || link !== this.#link) return;
    this.#link = undefined;
    clearTimeout(this.#firstWord);
    if (this.fault === undefined) this.#health.set(fault);
    this.#restart = setTimeout(() => this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
