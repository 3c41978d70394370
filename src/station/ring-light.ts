import type { Signals } from '../peripherals/signals/port.ts';

/** The ring light while somebody else than the panel plays it. Gives it back when disposed of. */
export interface HeldRing extends Disposable {
  /** Level that was set when it was taken, 0..1. */
  readonly level: number;
  /** Did the lamp get everything so far? */
  readonly isWell: boolean;
  /** @param share of the level, 0..1  @returns the level that is shown */
  show(share: number): number;
}

/**
 * The one owner of the ring light. The panel sets the level that the screen wants; a capture may take the light for a while, and what
 * the panel sets meanwhile comes after it.
 */
export class RingLight {
  readonly #signals: Pick<Signals, 'ring' | 'link'>;
  #level = 0;
  #isHeld = false;

  constructor(signals: Pick<Signals, 'ring' | 'link'>) {
    this.#signals = signals;
  }

  set(level: number): void {
    this.#level = level;
    if (!this.#isHeld) this.#signals.ring(level);
  }

  /** @returns `null` while it is dark, held, or out of reach */
  hold(): HeldRing | null {
    const signals = this.#signals;
    if (this.#isHeld || this.#level === 0 || signals.link !== 'connected') return null;
    this.#isHeld = true;
    const level = this.#level;
    let isWell = true;
    return {
      level,
      get isWell() {
        return isWell && signals.link === 'connected';
      },
      show: (share) => {
        isWell &&= signals.link === 'connected';
        signals.ring(level * share);
        return level * share;
      },
      [Symbol.dispose]: () => {
        this.#isHeld = false;
        signals.ring(this.#level);
      },
    };
  }
}
