import { AsyncQueue } from '../../../../shared/async-queue.ts';
import { StationFault } from '../../../../shared/fault.ts';
import type { CardEvent, CardReader, CardResponse } from '../../port.ts';
import type { Recording } from '../../recording.ts';

/** A reader that answers as a recorded one did. Its card is in from the start and stays. */
export class ReplayReader implements CardReader {
  readonly #recording: Recording;
  readonly #listeners = new Set<AsyncQueue<CardEvent>>();
  /** The exchange that comes next. */
  #at = 0;
  #isClosed = false;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  get name(): string {
    return `Replay of ${this.#recording.reader}`;
  }

  get fault(): StationFault | undefined {
    return this.#isClosed ? this.#gone() : undefined;
  }

  async *events(signal: AbortSignal): AsyncGenerator<CardEvent, void, undefined> {
    if (this.#isClosed) throw this.#gone();
    const queue = new AsyncQueue<CardEvent>();
    queue.push({ kind: 'card-inserted', atr: bytes(this.#recording.atr) });
    this.#listeners.add(queue);
    try {
      yield* queue.read(signal);
    } finally {
      this.#listeners.delete(queue);
    }
  }

  /**
   * The recorded answer: the next one if it fits, else the next that does, so that a part of a read can be played.
   * @throws StationFault `CARD_PROTOCOL` for a command that was never recorded
   */
  async transmit(command: Uint8Array, signal: AbortSignal): Promise<CardResponse> {
    signal.throwIfAborted();
    if (this.#isClosed) throw this.#gone();
    const { exchanges } = this.#recording;
    const wanted = Buffer.from(command).toString('hex');
    const at = exchanges.findIndex((exchange, i) => i >= this.#at && exchange.command === wanted);
    const exchange = exchanges[at];
    if (exchange === undefined) {
      throw new StationFault('CARD_PROTOCOL', this.name, `not recorded: a command with INS ${wanted.slice(2, 4)}`);
    }
    this.#at = at + 1;
    const answer = bytes(exchange.answer);
    return { data: answer.slice(0, -2), sw: ((answer.at(-2) ?? 0) << 8) | (answer.at(-1) ?? 0) };
  }

  /** The tape runs on where a recorded read went on after letting go, and from its start after its end. */
  async release(): Promise<void> {
    if (this.#at >= this.#recording.exchanges.length) this.#at = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const queue of this.#listeners) queue.fail(this.#gone());
  }

  #gone(): StationFault {
    return new StationFault('READER_MISSING', this.name, 'the reader was closed');
  }
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}
