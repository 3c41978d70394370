import { addTo, emptyCounts, NO_SCORE } from './rates.ts';
import { Tail, type TailLists } from './tail.ts';
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
    readonly tail: TailLists;
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
  const builders = Object.entries<ScopeRequest>(requests).map(([name, request]) => {
    const probe = Uint8Array.from(people, (person) => Number(request.probe(person)));
    const reference = Uint8Array.from(people, (person) => Number(request.reference(person)));
    const probesOf = samplesOf(trials.probes, probe);
    const referencesOf = samplesOf(trials.references, reference);
    const total =
      sum(probesOf) * sum(referencesOf) - sum(probesOf.map((count, at) => count * (referencesOf[at] as number)));
    const tail = new Tail(Math.min(total, Math.max(TAIL_PAIRS, TAIL_SHARE * total)));
    return { name, probe, reference, probesOf, referencesOf, total, tail, counts: emptyCounts() };
  });
  const personOf = Int32Array.from(trials.references, ({ person }) => person);
  eachImpostor(trials, (probe, references, bins, count) => {
    const { person } = trials.probes[probe] as Sample;
    for (const scope of builders) {
      if (!scope.probe[person]) continue;
      for (let i = 0; i < count; i++) {
        const other = personOf[references[i] as number] as number;
        if (!scope.reference[other]) continue;
        addTo(scope.counts, bins[i] as number, 1);
        scope.tail.add(bins[i] as number, person, other);
      }
    }
  });
  const entries = builders.map(({ name, probe, reference, tail, ...impostors }): [string, Scope] => [
    name,
    {
      people: people.filter((person) => probe[person] || reference[person]),
      genuine: genuine.filter(({ person }) => probe[person] && reference[person]),
      impostors: { ...impostors, tail: tail.lists(), knownFrom: tail.knownFrom },
    },
  ]);
  return Object.fromEntries(entries) as Record<Name, Scope>;
}

const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);

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
