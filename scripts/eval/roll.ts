import type { Job } from './acquire.ts';
import { interval } from './figures.ts';
import type { Person } from './people.ts';
import { chipReference, type Find, turnedProbe } from './protocols.ts';
import { randomFor, sample } from './random.ts';
import { addTo, emptyCounts, NO_SCORE, rateAt, rateCurve, scoreOf } from './rates.ts';
import { eachImpostor, type Sample, scoreGenuine } from './trials.ts';

export const ROLL_DEGREES: readonly number[] = Array.from({ length: 24 }, (_, i) => i * 15);

/** A person's reference and the picture that is turned. */
export interface RollPair {
  readonly person: number;
  readonly reference: string;
  readonly probe: string;
}

/** Part of the pairs, 0..1, at one threshold. */
export interface RollRates {
  readonly tar: number;
  readonly fmr: number;
  /** TAR minus the upright TAR of the same pairs, with its 95 % bootstrap interval. */
  readonly change: { readonly value: number; readonly low: number; readonly high: number };
}

export interface RollFigures {
  readonly degrees: number;
  readonly acquired: number;
  /** How far the pipeline's roll is from the true one, degrees, the upright picture's own roll taken off; median. */
  readonly rollError: number;
  /** Median genuine comparison score; −1 for one that could not be made. */
  readonly medianScore: number;
  readonly at: Readonly<Record<string, RollRates>>;
}

/** One pair a person, by chance that depends on the number alone; people of half 2 first, since figures are reported there. */
export function rollPairs(people: readonly Person[], count: number): readonly RollPair[] {
  const random = randomFor('roll pairs');
  const paired = [...people.keys()].filter((person) => (people[person]?.pictures.length ?? 0) > 1);
  const ofHalf = (half: number) => paired.filter((person) => people[person]?.half === half);
  const chosen = sample(ofHalf(2), count, random);
  return [...chosen, ...sample(ofHalf(1), count - chosen.length, random)].map((person) => {
    const [one, other] = sample(people[person]?.pictures ?? [], 2, random);
    return { person, reference: one as string, probe: other as string };
  });
}

export function rollJobs(pairs: readonly RollPair[]): readonly Job[] {
  return ROLL_DEGREES.flatMap((degrees) => pairs.map(({ probe }) => turnedProbe(probe, degrees)));
}

/**
 * Detection and comparison of turned probes. Impostors: every turned probe against the chip photos of all other people of half 2.
 * @param thresholds name → bin
 */
export function measureRoll(
  people: readonly Person[],
  pairs: readonly RollPair[],
  find: Find,
  thresholds: Readonly<Record<string, number>>,
  rounds: number,
): readonly RollFigures[] {
  const known = new Set(pairs.map(({ reference }) => reference));
  const others = people.flatMap(({ half, pictures }, person) =>
    pictures.filter((picture) => half === 2 || known.has(picture)).map((picture) => ({ person, picture })),
  );
  const placeOf = new Map(others.map(({ picture }, place) => [picture, place]));
  const references = others.map(({ person, picture }) => sampleOf(person, find(chipReference(picture))));
  let upright: Readonly<Record<string, readonly number[]>> = {};
  return ROLL_DEGREES.map((degrees) => {
    const findings = pairs.map(({ probe }) => find(turnedProbe(probe, degrees)));
    const probes = findings.map((finding, at) => sampleOf((pairs[at] as RollPair).person, finding));
    const genuine = pairs.map(({ reference }, probe) => ({ reference: placeOf.get(reference) as number, probe }));
    const trials = { references, probes, genuine };
    const bins = scoreGenuine(trials).map(({ bin }) => bin);
    const counts = emptyCounts();
    let impostors = 0;
    eachImpostor(trials, (_probe, _references, found, count) => {
      impostors += count;
      for (let i = 0; i < count; i++) addTo(counts, found[i] as number, 1);
    });
    const fmr = rateCurve(counts, impostors);
    const accepted = Object.fromEntries(
      Object.entries(thresholds).map(([name, threshold]) => [name, bins.map((bin) => Number(bin >= threshold))]),
    );
    if (degrees === 0) upright = accepted;
    return {
      degrees,
      acquired: mean(findings.map(({ kind }) => Number(kind === 'acquired'))),
      rollError: median(
        findings.flatMap((finding, at) => {
          const straight = find(turnedProbe((pairs[at] as RollPair).probe, 0));
          if (finding.kind !== 'acquired' || straight.kind !== 'acquired') return [];
          return [Math.abs(wrapped(finding.quality.rollDegrees - straight.quality.rollDegrees - degrees))];
        }),
      ),
      medianScore: median(bins.map((bin) => (bin === NO_SCORE ? -1 : scoreOf(bin)))),
      at: Object.fromEntries(
        Object.entries(thresholds).map(([name, threshold]) => [
          name,
          {
            tar: mean(accepted[name] ?? []),
            fmr: rateAt(fmr, threshold),
            change: change(accepted[name] ?? [], upright[name] ?? [], rounds),
          },
        ]),
      ),
    };
  });
}

/** Mean difference of the same pairs, with an interval over pairs, which are people here. */
function change(turnedBy: readonly number[], upright: readonly number[], rounds: number) {
  const differences = turnedBy.map((accepted, at) => accepted - (upright[at] as number));
  const random = randomFor('roll rounds');
  const values = Array.from({ length: rounds }, () =>
    mean(differences.map(() => differences[Math.floor(random() * differences.length)] as number)),
  );
  return { value: mean(differences), ...interval(values) };
}

function sampleOf(person: number, finding: ReturnType<Find>): Sample {
  return {
    person,
    attempts: finding.kind === 'acquired' ? [finding.template] : [],
    templateLength: finding.kind === 'acquired' ? finding.quality.templateLength : undefined,
  };
}

/** An angle as −180..180. */
function wrapped(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
