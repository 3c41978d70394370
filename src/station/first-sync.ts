import type { Clock } from '../shared/clock.ts';

/** Notices when a clock that could not be trusted is set for the first time since the start, and by how much. */
export class FirstSync {
  readonly #clock: Clock;
  /** Wall time less monotonic time while it could not be trusted, ms; `undefined` = nothing is waited for. */
  #before: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#before = clock.state === 'unsynced' ? this.#distance() : undefined;
  }

  /** @returns what was added to the wall clock, ms, once; else `undefined` */
  look(): number | undefined {
    if (this.#before === undefined || this.#clock.state === 'unsynced') return undefined;
    const offsetMs = Math.round(this.#distance() - this.#before);
    this.#before = undefined;
    return offsetMs;
  }

  #distance(): number {
    return this.#clock.now().getTime() - this.#clock.monotonicMs();
  }
}
