import { setTimeout as delay } from 'node:timers/promises';
import { AsyncQueue } from '../../../../shared/async-queue.ts';
import { StationFault } from '../../../../shared/fault.ts';
import type { CardEvent, CardReader, CardResponse } from '../../port.ts';
import type { VirtualCard } from './virtual-card.ts';
import { exchangeTimeMs } from './wire-time.ts';

/** A reader without PC/SC: virtual cards are put in and pulled by calls. */
export class SimulatedCardReader implements CardReader {
  readonly name: string;
  #card: VirtualCard | undefined;
  /** Aborted when the card in the reader is pulled. */
  #pulled = new AbortController();
  #isClosed = false;
  readonly #listeners = new Set<AsyncQueue<CardEvent>>();

  constructor(name = 'Simulated reader') {
    this.name = name;
  }

  get fault(): StationFault | undefined {
    return this.#isClosed ? this.#gone() : undefined;
  }

  /** Puts a card in; one that is already there is pulled first. */
  insert(card: VirtualCard): void {
    this.pull();
    card.insert();
    this.#card = card;
    this.#pulled = new AbortController();
    this.#tell({ kind: 'card-inserted', atr: card.atr });
  }

  pull(): void {
    if (this.#card === undefined) return;
    this.#card = undefined;
    this.#pulled.abort(new StationFault('CARD_REMOVED', this.name, 'the card was pulled'));
    this.#tell({ kind: 'card-removed' });
  }

  async *events(signal: AbortSignal): AsyncGenerator<CardEvent, void, undefined> {
    const queue = new AsyncQueue<CardEvent>();
    if (this.#isClosed) queue.fail(this.#gone());
    if (this.#card !== undefined) queue.push({ kind: 'card-inserted', atr: this.#card.atr });
    this.#listeners.add(queue);
    try {
      yield* queue.read(signal);
    } finally {
      this.#listeners.delete(queue);
    }
  }

  async transmit(command: Uint8Array, signal: AbortSignal): Promise<CardResponse> {
    signal.throwIfAborted();
    if (this.#isClosed) throw this.#gone();
    const card = this.#card;
    if (card === undefined) throw new StationFault('CARD_REMOVED', this.name, 'no card in the reader');
    const answer = card.answer(command);
    if (answer.kind === 'gone') {
      this.pull();
      throw new StationFault('CARD_REMOVED', this.name, 'the card was pulled');
    }
    // Made only for those that wait: thousands of composite signals grow the process faster than they are collected.
    const stopped = () => AbortSignal.any([signal, this.#pulled.signal]);
    if (answer.kind === 'mute') return await untilAborted(stopped());
    if (card.options.wireSpeed) {
      const stop = stopped();
      const ms = exchangeTimeMs(card.atr, command.length, answer.bytes.length);
      await delay(ms, undefined, { signal: stop }).catch(() => stop.throwIfAborted());
    }
    const { bytes } = answer;
    return { data: bytes.slice(0, -2), sw: ((bytes.at(-2) ?? 0) << 8) | (bytes.at(-1) ?? 0) };
  }

  async release(): Promise<void> {
    this.#card?.reset();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#pulled.abort(this.#gone());
    this.#card = undefined;
    for (const queue of this.#listeners) queue.fail(this.#gone());
  }

  #tell(event: CardEvent): void {
    for (const queue of this.#listeners) queue.push(event);
  }

  #gone(): StationFault {
    return new StationFault('READER_MISSING', this.name, 'the reader was closed');
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
