import { randomUUID } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../shared/clock.ts';
import { asFault, StationFault } from '../../../shared/fault.ts';
import { uuidV7 } from '../../../shared/uuid.ts';
import { encodeEvent, type StoredLink, sha256Hex, verifyChain } from '../../chain.ts';
import type { Acknowledgement, Journal, JournalCounts, JournalEntry, JournalEvent, VerifyReport } from '../../port.ts';
import { SCHEMA } from './schema.sql.ts';

export interface SqliteJournalOptions {
  /** Path of the database file, or `:memory:`. */
  readonly path: string;
  readonly station: string;
  readonly clock: Clock;
  /** Refuse to append when the disk has less than this left. */
  readonly minFreeBytes: number;
  /** Opens what is there, creates and changes nothing. */
  readonly isReadOnly?: boolean;
}

type Row = Record<string, unknown>;

/**
 * The journal on SQLite: WAL with `synchronous=FULL`, the only setting that lost nothing when power was cut
 * while it wrote (see `docs/measured.md`). Several processes may append: place in the chain is taken inside the
 * write transaction.
 */
export class SqliteJournal implements Journal {
  readonly epoch: string;
  readonly #db: DatabaseSync;
  readonly #options: SqliteJournalOptions;
  readonly #listeners = new Set<(event: JournalEvent) => void>();

  /** @throws StationFault `JOURNAL_CORRUPT` when the file is not a sound journal, `DISK_FULL` */
  constructor(options: SqliteJournalOptions) {
    this.#options = options;
    try {
      this.#db = new DatabaseSync(options.path, { timeout: 5_000, readOnly: options.isReadOnly ?? false });
      if (!options.isReadOnly) this.#prepare();
      this.epoch = String(this.#db.prepare('SELECT epoch FROM journal').get()?.['epoch']);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  #prepare(): void {
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    this.#db.exec(SCHEMA);
    this.#db
      .prepare('INSERT OR IGNORE INTO journal (only, epoch, created_at) VALUES (1, ?, ?)')
      .run(randomUUID(), this.#options.clock.now().toISOString());
  }

  async append(entry: JournalEntry): Promise<JournalEvent> {
    this.#requireSpace();
    let event: JournalEvent;
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      event = this.#insert(entry);
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw this.#fault(error);
    }
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  #insert(entry: JournalEntry): JournalEvent {
    const { clock, station } = this.#options;
    const head = this.#db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1').get();
    const now = clock.now();
    const place = {
      id: uuidV7(now.getTime()),
      epoch: this.epoch,
      seq: Number(head?.['seq'] ?? 0) + 1,
      type: entry.type,
      time: now.toISOString(),
    };
    const prev = head ? String(head['hash']) : null;
    const body = encodeEvent({ ...place, station, prev, clock: clock.state, data: entry.data });
    const hash = sha256Hex(body);
    this.#db
      .prepare('INSERT INTO event (seq, epoch, id, type, time, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(place.seq, place.epoch, place.id, place.type, place.time, body, hash);
    this.#db.prepare("INSERT INTO delivery (seq, state) VALUES (?, 'pending')").run(place.seq);
    return { ...place, body, hash, delivery: 'pending' };
  }

  list(afterSeq: number, limit: number): readonly JournalEvent[] {
    return this.#db
      .prepare(
        'SELECT event.*, delivery.state AS delivery FROM event JOIN delivery USING (seq) WHERE seq > ? ORDER BY seq LIMIT ?',
      )
      .all(afterSeq, limit)
      .map(toEvent);
  }

  outbox(afterSeq: number, limit: number): readonly JournalEvent[] {
    return this.#db
      .prepare('SELECT * FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?')
      .all(afterSeq, limit)
      .map(toEvent);
  }

  markSent(epoch: string, seq: number): void {
    if (epoch !== this.epoch) return;
    this.#db.prepare("UPDATE delivery SET state = 'sent' WHERE seq = ? AND state = 'pending'").run(seq);
  }

  settle(acknowledgement: Acknowledgement): void {
    if (acknowledgement.epoch !== this.epoch) return;
    const settle = this.#db.prepare(
      "UPDATE delivery SET state = 'settled' WHERE seq BETWEEN ? AND ? AND state <> 'settled'",
    );
    let from = 1;
    const gaps = [...acknowledgement.gaps].sort((a, b) => a[0] - b[0]);
    for (const [first, last] of gaps) {
      if (first > from) settle.run(from, Math.min(first - 1, acknowledgement.upto));
      from = Math.max(from, last + 1);
    }
    if (from <= acknowledgement.upto) settle.run(from, acknowledgement.upto);
  }

  counts(): JournalCounts {
    const row = this.#db
      .prepare(
        `SELECT (SELECT count(*) FROM event) AS events,
                (SELECT count(*) FROM delivery WHERE state = 'pending') AS pending,
                (SELECT count(*) FROM delivery WHERE state <> 'settled') AS unsettled,
                (SELECT time FROM event JOIN delivery USING (seq) WHERE state = 'pending' ORDER BY seq LIMIT 1) AS oldest`,
      )
      .get() as Row;
    return {
      events: Number(row['events']),
      pending: Number(row['pending']),
      unsettled: Number(row['unsettled']),
      oldestPendingAt: row['oldest'] === null ? null : String(row['oldest']),
    };
  }

  verify(): VerifyReport {
    const rows = this.#db.prepare('SELECT seq, id, epoch, hash, body FROM event ORDER BY seq').iterate();
    return verifyChain(this.epoch, rows as unknown as Iterable<StoredLink>);
  }

  onAppend(listener: (event: JournalEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
  }

  /** Checked before, because a full disk also refuses SQLite its own clean-up. */
  #requireSpace(): void {
    const { path, minFreeBytes } = this.#options;
    if (path === ':memory:') return;
    const { bavail, bsize } = statfsSync(dirname(path));
    if (bavail * bsize < minFreeBytes)
      throw new StationFault('DISK_FULL', path, `${bavail * bsize} bytes left, ${minFreeBytes} are kept free`);
  }

  #fault(error: unknown): StationFault {
    const code = (error as { errcode?: number }).errcode;
    // SQLite result codes: 13 SQLITE_FULL, 11 SQLITE_CORRUPT, 26 SQLITE_NOTADB (primary code = low byte).
    if (code !== undefined && (code & 0xff) === 13) return asFault(error, 'DISK_FULL', this.#options.path);
    if (code !== undefined && [11, 26].includes(code & 0xff))
      return asFault(error, 'JOURNAL_CORRUPT', this.#options.path);
    return asFault(error, 'INTERNAL', this.#options.path);
  }
}

function toEvent(row: Row): JournalEvent {
  return {
    id: String(row['id']),
    epoch: String(row['epoch']),
    seq: Number(row['seq']),
    type: String(row['type']),
    time: String(row['time']),
    body: row['body'] as Uint8Array,
    hash: String(row['hash']),
    delivery: row['delivery'] as JournalEvent['delivery'],
  };
}
