import type { DayCounts } from '../../../kiosk/desk-protocol.ts';

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
