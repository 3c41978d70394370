import type { OutcomeKind } from '../visit/types.ts';
import type { FieldBook } from './field-book.ts';
import type { DayCounts, DayFigures, VillageLine } from './lines.ts';
import { fullVillageName } from './village-name.ts';

const NOTHING: Readonly<Record<OutcomeKind, number>> = {
  verified: 0,
  'confirmed-by-officer': 0,
  represented: 0,
  referred: 0,
  declined: 0,
  'not-served': 0,
  undetermined: 0,
};

/**
 * Counts of a day as they stand now: a result that was superseded since then, on a later day too, does not count where it stood.
 * @param day `YYYY-MM-DD` in Thailand
 */
export function dayCounts(book: FieldBook, day: string): DayCounts {
  const events = book.eventsOn(day);
  const counted = events.filter(({ eventId }) => !book.isSuperseded(eventId));
  const outcomes = { ...NOTHING };
  for (const { outcome } of counted) outcomes[outcome] += 1;
  return {
    visits: new Set(counted.map(({ visitId }) => visitId)).size,
    outcomes,
    events: events.length,
    superseded: events.length - counted.length,
    receipts: new Set(counted.map(({ receipt }) => receipt).filter((receipt) => receipt !== '')).size,
  };
}

/** visits = outcomes = events − superseded = receipts. */
export function isReconciled({ visits, outcomes, events, superseded, receipts }: DayCounts): boolean {
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return visits === ended && visits === events - superseded && visits === receipts;
}

/**
 * Everything that is counted of a day.
 * @param villages with dates held against that day, and everything that was recorded up to now
 * @param villageOf where somebody of the lists lives
 */
export function dayFigures(
  book: FieldBook,
  day: string,
  villages: readonly VillageLine[],
  villageOf: (entry: string) => string | undefined,
): DayFigures {
  const counts = dayCounts(book, day);
  const visited = new Map<string, number>();
  for (const { eventId, entry, village } of book.eventsOn(day)) {
    if (book.isSuperseded(eventId)) continue;
    const where = village ?? (entry === null ? undefined : villageOf(entry)) ?? '';
    visited.set(where, (visited.get(where) ?? 0) + 1);
  }
  const lines = villages.map((one) => ({
    village: one.code,
    name: fullVillageName(one),
    served: one.served,
    left: one.left,
    newCard: one.newCard,
    visits: visited.get(one.code) ?? 0,
  }));
  return {
    day,
    state: book.closingOfDay(day) !== undefined ? 'closed' : book.openingOf(day) ? 'open' : 'not-opened',
    counts,
    isReconciled: isReconciled(counts),
    villages: lines.filter(({ visits, left, newCard }) => visits > 0 || left > 0 || newCard > 0),
  };
}
