import { type ProbeFinding, wipe } from '../face/port.ts';

export type Probe = Extract<ProbeFinding, { kind: 'acquired' }> & {
  /** When its frame came, monotonic, ms. */
  readonly atMs: number;
};

/** The probes of one capture: of all that were taken those with the longest templates, since these are compared best. */
export class BestProbes {
  readonly #wanted: number;
  readonly #weakLength: number;
  #probes: Probe[] = [];

  /** @param weakLength raw templates that are shorter than this are of a face that shows little of itself */
  constructor(wanted: number, weakLength: number) {
    this.#wanted = wanted;
    this.#weakLength = weakLength;
  }

  /** In the order in which they were taken. */
  get all(): readonly Probe[] {
    return this.#probes;
  }

  get isFull(): boolean {
    return this.#probes.length >= this.#wanted;
  }

  /** Enough of them, and not one that shows the face well: it may be covered. */
  get areWeak(): boolean {
    return this.isFull && this.#probes.every((probe) => lengthOf(probe) < this.#weakLength);
  }

  /** One too many takes the place of the shortest; what is left out is overwritten. */
  add(probe: Probe): void {
    this.#probes.push(probe);
    if (this.#probes.length <= this.#wanted) return;
    const shortest = this.#probes.reduce((least, one) => (lengthOf(one) < lengthOf(least) ? one : least));
    this.#probes = this.#probes.filter((one) => one !== shortest);
    wipe(shortest.template);
  }

  drop(): void {
    for (const { template } of this.#probes) wipe(template);
    this.#probes = [];
  }
}

const lengthOf = ({ quality }: Probe) => quality.templateLength ?? Number.POSITIVE_INFINITY;
