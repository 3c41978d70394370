import { addTo, BIN_COUNT, emptyCounts, NO_SCORE } from './rates.ts';
import { eachImpostor, type GenuineScore, type Sample, scoreGenuine, type Trials } from './trials.ts';

/**
 * The comparisons among some of the people (both sides belong to them), in a form that bootstrap rounds can weigh
 * again quickly: everything above the tail's lowest bin, pair by pair.
 */
export interface Scope {
  /** Indices of its people. */
  readonly people: readonly number[];
  readonly genuine: readonly GenuineScore[];
  readonly impostors: {
    /** All of them, by bin. */
    readonly counts: Float64Array;
    readonly total: number;
    /** The highest scores: bin, probe's person, reference's person. */
    readonly tail: { readonly bins: Int32Array; readonly probes: Int32Array; readonly references: Int32Array };
    /** At this bin and above the tail holds every comparison. */
    readonly knownFrom: number;
    /** Acquired samples of each person, by which a round weighs the total. */
    readonly probesOf: Float64Array;
    readonly referencesOf: Float64Array;
  };
}

/** Part of the impostor comparisons that the tail keeps: well above the highest FMR that is reported. */
const TAIL_SHARE = 0.03;
/** Small groups are kept whole. */
const TAIL_PAIRS = 50_000;

export interface ScopeRequest {
  /** Whether this person's probes, or references, belong to it. */
  readonly probe: (person: number) => boolean;
  readonly reference: (person: number) => boolean;
}

/** Scores all trials once and sorts them into scopes; only comparisons with both sides in a scope belong to it. */
export function collectScopes<Name extends string>(
  trials: Trials,
  peopleCount: number,
  requests: Readonly<Record<Name, ScopeRequest>>,
): Readonly<Record<Name, Scope>> {
  const genuine = scoreGenuine(trials);
  const people = Array.from({ length: peopleCount }, (_, person) => person);
  const builders = Object.entries<ScopeRequest>(requests).map(([name, request]) => ({
    name,
    probe: Uint8Array.from(people, (person) => Number(request.probe(person))),
    reference: Uint8Array.from(people, (person) => Number(request.reference(person))),
    counts: emptyCounts(),
  }));
  const personOf = Int32Array.from(trials.references, ({ person }) => person);
  eachImpostor(trials, (probe, references, bins, count) => {
    const { person } = trials.probes[probe] as Sample;
    for (const { counts, ...scope } of builders) {
      if (!scope.probe[person]) continue;
      for (let i = 0; i < count; i++) {
        if (scope.reference[personOf[references[i] as number] as number]) addTo(counts, bins[i] as number, 1);
      }
    }
  });
  // The second pass knows where each tail begins, so memory stays bounded whatever the size of the collection.
  const tails = builders.map(({ counts }) => new Tail(counts));
  eachImpostor(trials, (probe, references, bins, count) => {
    const { person } = trials.probes[probe] as Sample;
    for (const [at, scope] of builders.entries()) {
      if (!scope.probe[person]) continue;
      const tail = tails[at] as Tail;
      for (let i = 0; i < count; i++) {
        if ((bins[i] as number) < tail.knownFrom) continue;
        const other = personOf[references[i] as number] as number;
        if (scope.reference[other]) tail.add(bins[i] as number, person, other);
      }
    }
  });
  const entries = builders.map(({ name, counts, ...scope }, at): [string, Scope] => [
    name,
    {
      people: people.filter((person) => scope.probe[person] || scope.reference[person]),
      genuine: genuine.filter(({ person }) => scope.probe[person] && scope.reference[person]),
      impostors: {
        counts,
        total: counts.reduce((sum, count) => sum + count, 0),
        tail: (tails[at] as Tail).lists(),
        knownFrom: (tails[at] as Tail).knownFrom,
        probesOf: samplesOf(trials.probes, scope.probe),
        referencesOf: samplesOf(trials.references, scope.reference),
      },
    },
  ]);
  return Object.fromEntries(entries) as Record<Name, Scope>;
}

class Tail {
  readonly knownFrom: number;
  readonly #bins: Int32Array;
  readonly #probes: Int32Array;
  readonly #references: Int32Array;
  #size = 0;

  constructor(counts: Float64Array) {
    const wanted = Math.max(TAIL_PAIRS, TAIL_SHARE * counts.reduce((sum, count) => sum + count, 0));
    let [bin, size] = [BIN_COUNT, 0];
    while (bin > 0 && size < wanted) size += counts[--bin] as number;
    this.knownFrom = bin;
    this.#bins = new Int32Array(size);
    this.#probes = new Int32Array(size);
    this.#references = new Int32Array(size);
  }

  add(bin: number, probe: number, reference: number): void {
    this.#bins[this.#size] = bin;
    this.#probes[this.#size] = probe;
    this.#references[this.#size++] = reference;
  }

  lists() {
    return { bins: this.#bins, probes: this.#probes, references: this.#references };
  }
}

function samplesOf(samples: readonly Sample[], isIn: Uint8Array): Float64Array {
  const counts = new Float64Array(isIn.length);
  for (const { person, attempts } of samples) if (attempts.length > 0 && isIn[person]) addTo(counts, person, 1);
  return counts;
}

/** Genuine comparisons by bin; those without a score are in no bin. */
export function genuineCounts(genuine: readonly GenuineScore[], weights: Float64Array): Float64Array {
  const counts = emptyCounts();
  for (const { person, bin } of genuine) if (bin !== NO_SCORE) addTo(counts, bin, weights[person] as number);
  return counts;
}
