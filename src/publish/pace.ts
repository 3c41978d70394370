/**
 * Spaces events out. It is a debt that grows with each event and shrinks with time, so that a rate holds on the whole although
 * timers are coarse.
 */
export class Pace {
  readonly #ownRate: number;
  #hint: number | null = null;
  #dueAt = 0;

  /** @param perSecond events a second while the server asks for nothing else */
  constructor(perSecond: number) {
    this.#ownRate = perSecond;
  }

  /** The server's wish, events a second; `null` = none. */
  set hint(perSecond: number | null) {
    this.#hint = perSecond;
    // What was owed at a slower pace is forgiven.
    this.#dueAt = 0;
  }

  get isAsked(): boolean {
    return this.#hint !== null;
  }

  /** Milliseconds until the next event may go. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#dueAt - nowMs);
  }

  spend(nowMs: number): void {
    this.#dueAt = Math.max(this.#dueAt, nowMs - BURST_MS) + 1000 / (this.#hint ?? this.#ownRate);
  }
}

/** Time that may be made up for: a timer that came late must not slow the whole down. */
const BURST_MS = 20;
