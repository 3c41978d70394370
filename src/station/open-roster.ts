import type { DurableJournal } from '../journal/port.ts';
import { FieldBook } from '../roster/field-book.ts';
import type { FieldEvent, FieldNote } from '../roster/field-event.ts';
import type { KeptList } from '../roster/kept-list.ts';
import type { ListStore } from '../roster/port.ts';
import { Roster } from '../roster/roster.ts';

/** What the journal remembers, as the field book folds it. */
export function* fieldEvents(journal: Pick<DurableJournal, 'notes'>): Iterable<FieldEvent> {
  for (const { eventId, time, note } of journal.notes())
    yield { eventId, at: time, note: note as unknown as FieldNote };
}

/**
 * The roster with everything that is kept: lists from the store, what was recorded from the journal.
 * @param onBroken told the file of each list that cannot be read
 */
export function openRoster(
  store: ListStore,
  journal: Pick<DurableJournal, 'notes'>,
  onBroken: (file: string) => void,
): Roster {
  return new Roster(FieldBook.of(fieldEvents(journal)), store.read(onBroken));
}

/** Forgets lists whose lease is over, on the disk too. @returns their ids */
export function forgetEnded(roster: Roster, store: ListStore, now: string): readonly string[] {
  const ended = roster.ended(now);
  for (const id of ended) forgetList(roster, store, id);
  return ended;
}

/** Forgets one list; what was recorded stays. */
export function forgetList(roster: Roster, store: ListStore, id: string): void {
  store.forget(id);
  roster.forget(id);
}

/** Puts a list into the store and then into use: what is used is on the disk. */
export function keepList(roster: Roster, store: ListStore, list: KeptList): void {
  store.keep(list);
  roster.use(list);
}
