import { attackVerdict } from '../../src/face/decide.ts';
import type { FaceThresholds } from '../../src/face/port.ts';
import { type Estimate, interval } from './figures.ts';
import type { Random } from './random.ts';
import type { Finding } from './template-cache.ts';

/** One capture of a person: what was found in its frames. */
export interface Capture {
  readonly person: number;
  readonly frames: readonly Finding[];
}

/**
 * BPCER (ISO/IEC 30107-3): part of the captures, all of bona fide people, whose attack verdict is not bona fide.
 * Captures without a face are left out; they count as failures to acquire elsewhere.
 */
export function bonaFideErrors(
  captures: readonly Capture[],
  thresholds: FaceThresholds,
  rounds: number,
  random: Random,
): Estimate {
  const people = new Map<number, { refused: number; all: number }>();
  for (const { person, frames } of captures) {
    const scores = frames.flatMap((frame) =>
      frame.kind === 'acquired' && 'attackScore' in frame ? [frame.attackScore] : [],
    );
    if (scores.length === 0) continue;
    const counts = people.get(person) ?? { refused: 0, all: 0 };
    counts.all++;
    if (attackVerdict(scores, thresholds) !== 'bona-fide') counts.refused++;
    people.set(person, counts);
  }
  return shareOver(
    [...people.values()].map(({ refused, all }) => ({ some: refused, all })),
    rounds,
    random,
  );
}

/** What part `some` is of `all`, over people, with its 95 % bootstrap interval: whole people are drawn, not captures. */
export function shareOver(
  people: readonly { readonly some: number; readonly all: number }[],
  rounds: number,
  random: Random,
): Estimate {
  const share = (counts: typeof people) =>
    counts.reduce((sum, { some }) => sum + some, 0) / counts.reduce((sum, { all }) => sum + all, 0);
  const drawn = Array.from({ length: rounds }, () =>
    share(people.map(() => people[Math.floor(random() * people.length)] as (typeof people)[number])),
  );
  return { value: share(people), ...interval(drawn) };
}
