import { BIN_COUNT, emptyCounts } from './rates.ts';

/** A comparison's bin and the people of its two sides. */
export interface TailLists {
  readonly bins: Int32Array;
  readonly probes: Int32Array;
  readonly references: Int32Array;
}

/** The highest of any number of comparisons, in bounded memory: when it is full, the lowest bins are let go. */
export class Tail {
  readonly #wanted: number;
  readonly #lists: TailLists;
  #size = 0;
  #knownFrom = 0;

  /** @param wanted as many comparisons are kept at least, ties at the lowest bin aside; twice as many at most */
  constructor(wanted: number) {
    this.#wanted = Math.max(1, Math.ceil(wanted));
    const list = () => new Int32Array(2 * this.#wanted);
    this.#lists = { bins: list(), probes: list(), references: list() };
  }

  /** Every comparison at this bin and above is held. */
  get knownFrom(): number {
    return this.#knownFrom;
  }

  add(bin: number, probe: number, reference: number): void {
    if (bin < this.#knownFrom) return;
    if (this.#size === this.#lists.bins.length) {
      this.#letGo();
      if (bin < this.#knownFrom) return;
    }
    this.#set(this.#size++, bin, probe, reference);
  }

  lists(): TailLists {
    const { bins, probes, references } = this.#lists;
    const cut = (list: Int32Array) => list.slice(0, this.#size);
    return { bins: cut(bins), probes: cut(probes), references: cut(references) };
  }

  #letGo(): void {
    const { bins, probes, references } = this.#lists;
    const counts = emptyCounts();
    for (const bin of bins) counts[bin] = (counts[bin] as number) + 1;
    let kept = 0;
    let from = BIN_COUNT;
    while (kept + (counts[from - 1] as number) <= this.#wanted) kept += counts[--from] as number;
    this.#knownFrom = from;
    this.#size = 0;
    for (let i = 0; i < bins.length; i++) {
      if ((bins[i] as number) < from) continue;
      this.#set(this.#size++, bins[i] as number, probes[i] as number, references[i] as number);
    }
  }

  #set(at: number, bin: number, probe: number, reference: number): void {
    this.#lists.bins[at] = bin;
    this.#lists.probes[at] = probe;
    this.#lists.references[at] = reference;
  }
}
