import { StationFault } from '../../../shared/fault.ts';
import { lock, unlock } from '../../at-rest.ts';
import type { JournalEntry, KeptNote } from '../../port.ts';
import type { JournalDatabase } from './database.ts';
import type { Row } from './rows.ts';

/** A note as it lies in its row. */
export interface SealedNote {
  readonly eventId: string;
  readonly epoch: string;
  readonly seq: number;
  readonly time: string;
  readonly sealed: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** What binds a note to its event; never the place of the event's own bytes. */
const placeOf = ({ epoch, seq, eventId, time }: Omit<SealedNote, 'sealed' | 'wrapped'>) =>
  `note:${epoch}:${seq}:${eventId}:${time}`;

/** Seals a note under a key of its own. */
export function sealNote(
  event: { readonly id: string; readonly epoch: string; readonly seq: number; readonly time: string },
  note: NonNullable<JournalEntry['note']>,
  dataKey: Uint8Array,
): SealedNote {
  const { id: eventId, epoch, seq, time } = event;
  const json = Buffer.from(JSON.stringify(note));
  const sealed = lock(json, dataKey, placeOf({ eventId, epoch, seq, time }));
  json.fill(0);
  return { eventId, epoch, seq, time, ...sealed };
}

/** @returns `undefined` when it does not open: changed, moved, or of another data key */
export function openNote(sealed: SealedNote, dataKey: Uint8Array): KeptNote | undefined {
  const json = unlock(sealed, dataKey, placeOf(sealed));
  if (!json) return undefined;
  const { eventId, epoch, seq, time } = sealed;
  return { eventId, epoch, seq, time, note: JSON.parse(Buffer.from(json).toString()) as KeptNote['note'] };
}

/** Keeps notes inside the caller's transaction; one that is there stays. */
export function keepNotes(db: JournalDatabase, notes: Iterable<SealedNote>): void {
  const insert = db.sql(
    'INSERT OR IGNORE INTO note (epoch, seq, event_id, time, sealed, wrapped) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { epoch, seq, eventId, time, sealed, wrapped } of notes)
    insert.run(epoch, seq, eventId, time, sealed, wrapped);
}

/** @throws StationFault `JOURNAL_CORRUPT` when one does not open */
export function readNotes(db: JournalDatabase, dataKey: Uint8Array, path: string): readonly KeptNote[] {
  // A journal of the version before that is only looked at has no such table.
  if (db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'note'") === 0) return [];
  return db.rows('SELECT * FROM note ORDER BY place').map((row) => {
    const sealed = toNote(row);
    const note = sealed && openNote(sealed, dataKey);
    if (!note) throw new StationFault('JOURNAL_CORRUPT', path, `note ${Number(row['place'])} cannot be opened`);
    return note;
  });
}

/** Overwrites the keys of notes from before that time, then removes them. @param kept ids of events whose notes stay @returns how many */
export function forgetNotes(db: JournalDatabase, before: Date, kept: readonly string[]): number {
  const which = 'time < ? AND event_id NOT IN (SELECT value FROM json_each(?))';
  const of = [before.toISOString(), JSON.stringify(kept)];
  const count = db.transact(() => {
    db.sql(`UPDATE note SET wrapped = zeroblob(length(wrapped)) WHERE ${which}`).run(...of);
    return Number(db.sql(`DELETE FROM note WHERE ${which}`).run(...of).changes);
  });
  // The write-ahead log still has the pages as they were.
  if (count > 0) db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return count;
}

export function toNote(row: Row): SealedNote | undefined {
  const [sealed, wrapped] = [row['sealed'], row['wrapped']];
  if (!(sealed instanceof Uint8Array) || !(wrapped instanceof Uint8Array)) return undefined;
  return {
    eventId: String(row['event_id']),
    epoch: String(row['epoch']),
    seq: Number(row['seq']),
    time: String(row['time']),
    sealed,
    wrapped,
  };
}
