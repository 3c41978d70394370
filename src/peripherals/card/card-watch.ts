import { AsyncQueue } from '../../shared/async-queue.ts';
import type { StationFault } from '../../shared/fault.ts';
import type { CardEvent } from './port.ts';

interface Present {
  readonly atr: Uint8Array;
  readonly counter: number;
}

/**
 * Turns what the child tells into events, for any number of listeners. A child that was replaced tells again what it
 * sees; the same insertion is not an event twice.
 */
export class CardWatch {
  readonly #listeners = new Set<AsyncQueue<CardEvent>>();
  #present: Present | undefined;

  see(atr: Uint8Array | undefined, counter: number): void {
    const isSame = this.#present !== undefined && atr !== undefined && this.#present.counter === counter;
    // A card that did not answer at first and does now is worth another read; the other way round is power saving.
    if (isSame && (this.#present?.atr.length !== 0 || atr.length === 0)) return;
    this.lose();
    if (atr === undefined) return;
    this.#present = { atr, counter };
    this.#tell({ kind: 'card-inserted', atr });
  }

  /** No card, or no longer known to be one. */
  lose(): void {
    if (this.#present === undefined) return;
    this.#present = undefined;
    this.#tell({ kind: 'card-removed' });
  }

  fail(fault: StationFault): void {
    for (const queue of this.#listeners) queue.fail(fault);
  }

  async *events(signal: AbortSignal): AsyncGenerator<CardEvent, void, undefined> {
    const queue = new AsyncQueue<CardEvent>();
    if (this.#present !== undefined) queue.push({ kind: 'card-inserted', atr: this.#present.atr });
    this.#listeners.add(queue);
    try {
      yield* queue.read(signal);
    } finally {
      this.#listeners.delete(queue);
    }
  }

  #tell(event: CardEvent): void {
    for (const queue of this.#listeners) queue.push(event);
  }
}
