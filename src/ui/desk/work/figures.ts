import type { DayCounts, DayState } from '../../../kiosk/desk-protocol.ts';

export interface Figure {
  readonly what: 'visits' | 'outcomes' | 'events' | 'receipts';
  readonly count: number;
  /** From the number of visits; 0 = agrees. */
  readonly differs: number;
}

/** The four figures of a day that must be equal: visits = outcomes = events − superseded = receipts. */
export function figuresOf(counts: DayCounts): readonly Figure[] {
  const outcomes = Object.values(counts.outcomes).reduce((total, n) => total + n, 0);
  const figures = [
    ['visits', counts.visits],
    ['outcomes', outcomes],
    ['events', counts.events - counts.superseded],
    ['receipts', counts.receipts],
  ] as const;
  return figures.map(([what, count]) => ({ what, count, differs: count - counts.visits }));
}

/** Visits of people who are in no village of the lists: with them the villages come to the day's count. */
export function visitsOnNoList({ counts, villages }: Pick<DayState, 'counts' | 'villages'>): number {
  return counts.visits - villages.reduce((total, { visits }) => total + visits, 0);
}
