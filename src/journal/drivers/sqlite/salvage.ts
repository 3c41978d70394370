import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readEvent } from '../../../contract/envelope/event.ts';
import type { JournalKeys } from '../../port.ts';
import { openNote, type SealedNote, toNote } from './notes.ts';
import { toLink } from './rows.ts';

/** What can still be read of a journal that was set aside. */
export interface Salvage extends Disposable {
  /** `undefined` = not even that. */
  readonly epoch: string | undefined;
  /** Highest place that the file knows of. */
  readonly last: number;
  /** Events of the station that can be opened, with their signed bytes. */
  read(afterSeq: number, limit: number): readonly { readonly seq: number; readonly body: Uint8Array }[];
  /** Notes that open, as they lie there, oldest first. */
  notes(): readonly SealedNote[];
}

/** Opens a set-aside journal read-only; damage is met row by row, and never an error. */
export function openSalvage(folder: string, station: string, keys: JournalKeys): Salvage {
  const path = join(folder, 'journal.sqlite');
  const db = open(path);
  const first = (text: string, ...values: number[]) => attempt(() => db?.prepare(text).get(...values));
  const value = (text: string) => Object.values(first(text) ?? {})[0];
  const epoch = value('SELECT epoch FROM journal') ?? value('SELECT epoch FROM event LIMIT 1');
  const last = Math.max(
    Number(value('SELECT max(seq) FROM event') ?? 0),
    Number(value("SELECT seq FROM sqlite_sequence WHERE name = 'event'") ?? 0),
  );
  const bodyAt = (seq: number): Uint8Array | undefined => {
    const row = first('SELECT * FROM kept WHERE seq = ?', seq);
    const { body } = row ? toLink(row, keys.dataKey) : { body: undefined };
    if (!body) return undefined;
    return readEvent(body, { station, keys: keys.own, nowMs: 0 }).kind === 'event' ? body : undefined;
  };
  return {
    epoch: epoch === undefined || epoch === null ? undefined : String(epoch),
    last,
    read(afterSeq, limit) {
      const found: { readonly seq: number; readonly body: Uint8Array }[] = [];
      for (let seq = afterSeq + 1; seq <= last && found.length < limit; seq++) {
        const body = bodyAt(seq);
        if (body) found.push({ seq, body });
      }
      return found;
    },
    notes() {
      const found = new Map<number, SealedNote>();
      // From either end up to the damage.
      for (const order of ['ASC', 'DESC'])
        attempt(() => {
          for (const row of db?.prepare(`SELECT * FROM note ORDER BY place ${order}`).iterate() ?? []) {
            const note = toNote(row);
            if (note && openNote(note, keys.dataKey)) found.set(Number(row['place']), note);
          }
        });
      return [...found].sort(([a], [b]) => a - b).map(([, note]) => note);
    },
    [Symbol.dispose]() {
      if (db?.isOpen) db.close();
    },
  };
}

function open(path: string): DatabaseSync | undefined {
  return existsSync(path) ? attempt(() => new DatabaseSync(path, { readOnly: true })) : undefined;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
