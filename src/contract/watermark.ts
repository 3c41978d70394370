import { MAX_GAPS } from './down.ts';

/** A run of missing events, first and last. */
export type Gap = readonly [number, number];

/** What is held of one epoch: everything from 1 to `upto` but the gaps. */
export interface Watermark {
  readonly upto: number;
  readonly gaps: readonly Gap[];
}

export const NOTHING_HELD: Watermark = { upto: 0, gaps: [] };

/** The watermark once `seq` is held too; whatever the order of arrival, the same set of events gives the same watermark. */
export function withHeld(mark: Watermark, seq: number): Watermark {
  if (seq > mark.upto) {
    const skipped: readonly Gap[] = seq > mark.upto + 1 ? [[mark.upto + 1, seq - 1]] : [];
    return { upto: seq, gaps: [...mark.gaps, ...skipped] };
  }
  const gaps = mark.gaps.flatMap(([first, last]): readonly Gap[] => {
    if (seq < first || seq > last) return [[first, last]];
    const parts: readonly Gap[] = [
      [first, seq - 1],
      [seq + 1, last],
    ];
    return parts.filter(([from, to]) => from <= to);
  });
  return { upto: mark.upto, gaps };
}

/** The watermark as it may be published: cut before the first gap too many, so that it claims less and never more. */
export function publishable(mark: Watermark): Watermark {
  const next = mark.gaps[MAX_GAPS];
  return next ? { upto: next[0] - 1, gaps: mark.gaps.slice(0, MAX_GAPS) } : mark;
}

/** Whether the watermark says that `seq` is held. */
export function isHeld(mark: Watermark, seq: number): boolean {
  return seq >= 1 && seq <= mark.upto && !mark.gaps.some(([first, last]) => seq >= first && seq <= last);
}
