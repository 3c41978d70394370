/** Wrong PINs in a row, by member. Kept on the disk: switching the station off and on gives no new guesses. */
export interface WrongPinStore {
  read(): Readonly<Record<string, number>>;
  write(counts: Readonly<Record<string, number>>): void;
}

/** Guesses that cost nothing: fingers slip. */
const FREE = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;

/** The wait after wrong PINs: none for the first slips, then 5 s, doubling up to five minutes. */
export class WrongPins {
  readonly #store: WrongPinStore;
  readonly #monotonicMs: () => number;
  readonly #counts: Map<string, number>;
  /** Until when nobody may try, monotonic ms. */
  readonly #until = new Map<string, number>();

  /** What was kept begins its wait anew: how long the station was off is not to be trusted. */
  constructor(store: WrongPinStore, monotonicMs: () => number) {
    this.#store = store;
    this.#monotonicMs = monotonicMs;
    this.#counts = new Map(Object.entries(store.read()));
    for (const id of this.#counts.keys()) this.#wait(id);
  }

  /** Seconds until this member may be tried again; 0 = now. */
  waitS(id: string): number {
    return Math.max(0, Math.ceil(((this.#until.get(id) ?? 0) - this.#monotonicMs()) / 1000));
  }

  /** On the disk before the answer is told. */
  wrong(id: string): void {
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    this.#store.write(Object.fromEntries(this.#counts));
    this.#wait(id);
  }

  right(id: string): void {
    if (!this.#counts.delete(id)) return;
    this.#until.delete(id);
    this.#store.write(Object.fromEntries(this.#counts));
  }

  #wait(id: string): void {
    const beyond = (this.#counts.get(id) ?? 0) - FREE;
    if (beyond < 0) return;
    this.#until.set(id, this.#monotonicMs() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** beyond));
  }
}
