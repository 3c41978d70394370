import type { OrderPerson } from '../../src/roster/order.ts';
import { randomFor, sample } from '../eval/random.ts';

/** What is true of somebody, whatever a list says; the station has to find out. */
export type Story =
  | 'own'
  | 'absent-once'
  | 'hospital'
  | 'moved'
  | 'deceased'
  | 'refused-visit'
  | 'declines'
  | 'prefers-officers'
  | 'expired'
  | 'no-card'
  | 'damaged'
  | 'represented'
  | 'mismatch'
  | 'disagree'
  | 'capture-again'
  | 'wrong-card';

/** How many of 124, the ones that a short campaign must have too first. Everybody else is at home with a good card. */
const OF_124: readonly (readonly [Story, number])[] = [
  ['expired', 9],
  ['represented', 3],
  ['absent-once', 10],
  ['mismatch', 5],
  ['prefers-officers', 4],
  ['declines', 3],
  ['no-card', 4],
  ['hospital', 4],
  ['capture-again', 3],
  ['disagree', 1],
  ['damaged', 3],
  ['moved', 3],
  ['deceased', 2],
  ['refused-visit', 3],
  ['wrong-card', 1],
];
/** Of a short campaign so many have a story of their own. */
const MOST_STORIES = 0.6;

/** One person in the simulated world. */
export interface Life {
  readonly entry: string;
  readonly index: number;
  readonly story: Story;
  /** Index of the face, which is the one on the card. */
  readonly face: number;
}

/** @returns lives by entry; the same for the same seed and list */
export function livesOf(seed: number, people: readonly OrderPerson[], faces: number): ReadonlyMap<string, Life> {
  const random = randomFor('campaign', seed);
  const stories = new Map<string, Story>();
  const order = sample(people, people.length, random);
  const most = Math.floor(people.length * MOST_STORIES);
  for (const [story, of124] of OF_124)
    for (let n = Math.max(1, Math.round((of124 * people.length) / 124)); n > 0 && stories.size < most; n--)
      stories.set((order[stories.size] as OrderPerson).entry, story);
  return new Map(
    people.map(({ entry }, index) => [
      entry,
      { entry, index, story: stories.get(entry) ?? 'own', face: Math.floor(random() * faces) },
    ]),
  );
}

/** What else happens, by day (1 = the first). */
export interface Troubles {
  /** The broker is away from the middle of this day … */
  readonly brokerDown: number | null;
  /** … to the morning of this one. */
  readonly brokerUp: number | null;
  /** The plug is pulled in the middle of a visit. */
  readonly powerCut: number;
  /** The camera's cable is pulled during one visit. */
  readonly cameraPulled: number;
  /** The battery is flat for a while: outcomes go onto paper. */
  readonly onPaper: number | null;
  /** The district office makes new cards. */
  readonly batchDay: number | null;
  readonly walkIns: number;
}

export function troublesOf(people: number, days: number): Troubles {
  return {
    brokerDown: days > 1 ? Math.min(2, days - 1) : null,
    brokerUp: days > 3 ? 4 : days > 1 ? 2 : null,
    powerCut: days > 2 ? 2 : 1,
    cameraPulled: days > 2 ? 3 : 1,
    onPaper: days > 2 ? 3 : null,
    batchDay: days > 2 ? days - 1 : null,
    walkIns: Math.max(1, Math.round((4 * people) / 124)),
  };
}
