import { randomUUID } from 'node:crypto';
import type { Receipt } from '../../../contract/down.ts';
import { signEvent } from '../../../contract/envelope/event.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { StationFault } from '../../../shared/fault.ts';
import { uuidV7 } from '../../../shared/uuid.ts';
import { lock } from '../../at-rest.ts';
import { verifyChain } from '../../chain.ts';
import type {
  Acknowledgement,
  DeliveryState,
  DurableJournal,
  JournalCounts,
  JournalEntry,
  JournalEvent,
  JournalKeys,
  KeptEvent,
  KeptNote,
  VerifyReport,
} from '../../port.ts';
import { sealEntry } from '../../seal-entry.ts';
import { JournalDatabase, requireSpace } from './database.ts';
import { forgetNotes, keepNotes, readNotes, type SealedNote, sealNote } from './notes.ts';
import { placeOf, type Row, toEvent, toKept, toLink } from './rows.ts';
import { ServerWords } from './server-words.ts';

export interface SqliteJournalOptions {
  /** Path of the database file, or `:memory:`. */
  readonly path: string;
  readonly station: string;
  readonly clock: Clock;
  readonly keys: JournalKeys;
  /** Refuse to append when the disk has less than this left. */
  readonly minFreeBytes: number;
  /** Largest size of the database; `undefined` = as large as the disk. */
  readonly maxBytes?: number;
  /** Opens what is there, creates and changes nothing. */
  readonly isReadOnly?: boolean;
  /** Epoch before this one, for a database that is made now. */
  readonly previousEpoch?: string | null;
  /** The last event as it is known elsewhere. */
  readonly knownHead?: () => Head | undefined;
}

/** Last event of a journal. */
export interface Head {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
}

/**
 * The journal on SQLite: WAL with `synchronous=FULL`, the only setting that lost nothing when power was cut
 * while it wrote (see `docs/measured.md`). Several processes may append: place in the chain and signature are made inside the
 * write transaction, sealing before it.
 */
export class SqliteJournal implements DurableJournal {
  readonly epoch: string;
  readonly previousEpoch: string | null;
  readonly #db: JournalDatabase;
  readonly #words: ServerWords;
  readonly #options: SqliteJournalOptions;
  readonly #listeners = new Set<(event: JournalEvent) => void>();

  /** @throws StationFault `JOURNAL_CORRUPT` when the file is not a sound journal of this format, `DISK_FULL` */
  constructor(options: SqliteJournalOptions) {
    const { station, keys, clock, previousEpoch = null } = options;
    this.#options = options;
    this.#db = new JournalDatabase(options, (db) => {
      db.sql('INSERT OR IGNORE INTO journal (only, epoch, created_at, previous_epoch) VALUES (1, ?, ?, ?)').run(
        randomUUID(),
        clock.now().toISOString(),
        previousEpoch,
      );
    });
    this.#words = new ServerWords(this.#db, station, keys.server, clock);
    const row = this.#db.row('SELECT epoch, previous_epoch FROM journal');
    this.epoch = String(row?.['epoch']);
    this.previousEpoch = row?.['previous_epoch'] == null ? null : String(row['previous_epoch']);
  }

  async append(entry: JournalEntry): Promise<JournalEvent> {
    return this.write(entry.type, await sealEntry(entry, this.#options.keys.sealing), entry.note);
  }

  /** As {@link append}, of data that is sealed already or need not be. */
  write(type: string, data: JournalEntry['data'] | string, note?: JournalEntry['note']): JournalEvent {
    const { keys, path, minFreeBytes } = this.#options;
    requireSpace(path, minFreeBytes, this.fullness());
    const event = this.#db.transact(() => {
      const inserted = this.#insert(type, data);
      if (note) keepNotes(this.#db, [sealNote(inserted, note, keys.dataKey)]);
      return inserted;
    });
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  #insert(type: string, data: JournalEntry['data'] | string): JournalEvent {
    const { clock, station, keys } = this.#options;
    const head = this.head();
    const now = clock.now();
    const { state, setAt, bootId } = clock;
    const place = {
      id: uuidV7(now.getTime()),
      epoch: this.epoch,
      seq: (head?.seq ?? 0) + 1,
      type,
      time: now.toISOString(),
    };
    const prev = head?.hash ?? null;
    const quality = { state, setAt, bootId, monotonicMs: Math.floor(clock.monotonicMs()) };
    const { message: body, hash } = signEvent({ ...place, station, prev, clock: quality, data }, keys.signer);
    const { sealed, wrapped } = lock(body, keys.dataKey, placeOf(place.epoch, place.seq));
    this.#db
      .sql('INSERT INTO event (seq, epoch, id, type, time, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(place.seq, place.epoch, place.id, place.type, place.time, prev, hash);
    this.#db.sql("INSERT INTO delivery (seq, state) VALUES (?, 'pending')").run(place.seq);
    this.#db.sql('INSERT INTO body (seq, sealed) VALUES (?, ?)').run(place.seq, sealed);
    this.#db.sql('INSERT INTO body_key (seq, wrapped) VALUES (?, ?)').run(place.seq, wrapped);
    return { ...place, body, hash, delivery: 'pending' };
  }

  head(): Head | undefined {
    const row = this.#db.row('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1');
    return row && { epoch: this.epoch, seq: Number(row['seq']), hash: String(row['hash']) };
  }

  list(afterSeq: number, limit: number): readonly KeptEvent[] {
    const { keys, path } = this.#options;
    return this.#db
      .rows('SELECT * FROM kept WHERE seq > ? ORDER BY seq LIMIT ?', afterSeq, limit)
      .map((row) => toKept(row, keys.dataKey, path));
  }

  outbox(afterSeq: number, limit: number): readonly JournalEvent[] {
    const { keys, path } = this.#options;
    return this.#db
      .rows("SELECT * FROM kept WHERE delivery <> 'settled' AND seq > ? ORDER BY seq LIMIT ?", afterSeq, limit)
      .map((row) => toEvent(row, keys.dataKey, path));
  }

  markSent(epoch: string, seq: number): void {
    if (epoch !== this.epoch) return;
    this.#db.sql("UPDATE delivery SET state = 'sent' WHERE seq = ? AND state = 'pending'").run(seq);
  }

  settle(acknowledgement: Acknowledgement, signed?: Uint8Array): void {
    if (acknowledgement.epoch !== this.epoch) return;
    if (signed && !this.#words.believesAcknowledgement(signed)) return;
    // What the server holds may then not be what lies here: nothing is settled by it, and it is kept as the proof.
    if (signed && this.isBehind(acknowledgement)) return this.#words.keepAcknowledgement(signed);
    const settle = this.#db.sql(
      "UPDATE delivery SET state = 'settled', settled_at = ? WHERE seq BETWEEN ? AND ? AND state <> 'settled'",
    );
    const at = this.#options.clock.now().toISOString();
    const gaps = [...acknowledgement.gaps].sort((a, b) => a[0] - b[0]);
    this.#db.transact(() => {
      let from = 1;
      for (const [first, last] of gaps) {
        if (first > from) settle.run(at, from, Math.min(first - 1, acknowledgement.upto));
        from = Math.max(from, last + 1);
      }
      if (from <= acknowledgement.upto) settle.run(at, from, acknowledgement.upto);
      if (signed) this.#words.keepAcknowledgement(signed);
    });
  }

  /** Whether the server speaks of events that this journal does not have: then it was put back to an older state. */
  isBehind({ epoch, upto, head }: Acknowledgement): boolean {
    if (epoch !== this.epoch) return false;
    if (upto > (this.head()?.seq ?? 0)) return true;
    const held = this.#db.row('SELECT hash FROM event WHERE seq = ?', upto);
    return head != null && held !== undefined && String(held['hash']) !== head;
  }

  /** As {@link isBehind}, of the last watermark that was kept. */
  isBehindLastAcknowledgement(): boolean {
    const said = this.#words.acknowledged();
    return said !== undefined && this.isBehind(said);
  }

  /** Whether this is the watermark that was kept last. */
  isKept(signed: Uint8Array): boolean {
    const kept = this.lastAcknowledgement();
    return kept !== null && Buffer.compare(kept, signed) === 0;
  }

  keepReceipt(receipt: Receipt, signed: Uint8Array): boolean {
    return this.#words.keepReceipt(receipt, signed);
  }

  lastAcknowledgement(): Uint8Array | null {
    return this.#words.kept('ack', 0);
  }

  receiptOf(seq: number): Uint8Array | null {
    return this.#words.kept('receipt', seq);
  }

  shred(settledBefore: Date, limit: number): number {
    const due = this.#db
      .rows(
        `SELECT seq FROM body_key JOIN delivery USING (seq) WHERE state = 'settled' AND settled_at < ? ORDER BY seq LIMIT ?`,
        settledBefore.toISOString(),
        limit,
      )
      .map((row) => Number(row['seq']));
    if (due.length === 0) return 0;
    this.#db.transact(() => {
      for (const seq of due) {
        this.#db.sql('UPDATE body_key SET wrapped = zeroblob(length(wrapped)) WHERE seq = ?').run(seq);
        this.#db.sql('DELETE FROM body_key WHERE seq = ?').run(seq);
        this.#db.sql('DELETE FROM body WHERE seq = ?').run(seq);
      }
    });
    // The write-ahead log still has the pages as they were: it is emptied, unless somebody is reading just now.
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return due.length;
  }

  notes(): Iterable<KeptNote> {
    return readNotes(this.#db, this.#options.keys.dataKey, this.#options.path);
  }

  forgetNotes(before: Date, kept: readonly string[]): number {
    return forgetNotes(this.#db, before, kept);
  }

  /** Takes notes of the epochs before over, as they lie there. */
  carryNotes(notes: Iterable<SealedNote>): void {
    this.#db.transact(() => keepNotes(this.#db, notes));
  }

  deliveryOf(eventId: string): DeliveryState | undefined {
    const row = this.#db.row('SELECT state FROM event JOIN delivery USING (seq) WHERE id = ?', eventId);
    return row && (String(row['state']) as DeliveryState);
  }

  counts(): JournalCounts {
    const row = this.#db
      .sql(
        `SELECT coalesce((SELECT seq FROM event ORDER BY seq DESC LIMIT 1), 0) AS events,
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

  fullness(): number {
    return this.#db.fullness();
  }

  verify(): VerifyReport {
    const { keys, station } = this.#options;
    const rows = this.#db.sql('SELECT * FROM kept ORDER BY seq').iterate() as Iterable<Row>;
    const links = function* () {
      for (const row of rows) yield toLink(row, keys.dataKey);
    };
    // SQLite remembers the highest number that it gave out, also when the row is gone.
    const given = this.#db.number("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'event'");
    const known = this.#options.knownHead?.();
    const told = known?.epoch === this.epoch ? known.seq : 0;
    const knownSeq = Math.max(given, told, this.#words.acknowledged()?.upto ?? 0);
    return verifyChain(links(), { epoch: this.epoch, station, keys: keys.own, knownSeq });
  }

  onAppend(listener: (event: JournalEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  close(): void {
    this.#db.close();
  }

  /** Runs `work` while nobody else may write. */
  exclusively<T>(work: () => T): T {
    return this.#db.transact(work);
  }

  /** Any error of SQLite as a fault with a code. */
  fault(error: unknown): StationFault {
    return this.#db.fault(error);
  }
}
