import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { StationFault } from '../../../shared/fault.ts';
import type { Row } from './rows.ts';
import { FORMAT, SCHEMA } from './schema.sql.ts';
import { journalFault } from './sqlite-fault.ts';

export interface DatabaseOptions {
  /** Path of the database file, or `:memory:`. */
  readonly path: string;
  /** Size at which {@link JournalDatabase.fullness} is 1; `undefined` = as large as the disk. */
  readonly maxBytes?: number;
  /** Opens what is there, creates and changes nothing. */
  readonly isReadOnly?: boolean;
}

/** How long to wait for another process that is writing. */
const BUSY_MS = 5_000;
/** Above the largest size there is room for what makes room: to settle and to shred writes too. */
const SLACK = 1.1;

/** The journal's SQLite file: opened durable, its statements kept, every error a fault with a code. */
export class JournalDatabase {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #inode: number | undefined;
  readonly #maxBytes: number | undefined;

  /**
   * @param first fills a database, inside a transaction; it must do no harm to one that is filled
   * @throws StationFault `JOURNAL_CORRUPT` when the file is not a sound database of this format, `DISK_FULL`
   */
  constructor({ path, maxBytes, isReadOnly = false }: DatabaseOptions, first: (db: JournalDatabase) => void) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    try {
      this.#db = new DatabaseSync(path, { timeout: BUSY_MS, readOnly: isReadOnly });
    } catch (error) {
      throw this.fault(error);
    }
    try {
      const isNew = this.number('PRAGMA schema_version') === 0;
      if ((!isNew || isReadOnly) && this.number('PRAGMA user_version') !== FORMAT)
        throw new StationFault('JOURNAL_CORRUPT', path, 'a journal of another format');
      this.#inode = this.#inodeNow();
      if (!isReadOnly) this.#prepare(maxBytes, first);
    } catch (error) {
      this.close();
      throw this.fault(error);
    }
  }

  #prepare(maxBytes: number | undefined, first: (db: JournalDatabase) => void): void {
    this.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON',
    );
    if (maxBytes !== undefined)
      this.exec(`PRAGMA max_page_count = ${Math.floor((maxBytes * SLACK) / this.number('PRAGMA page_size'))}`);
    this.transact(() => {
      this.exec(`${SCHEMA} PRAGMA user_version = ${FORMAT};`);
      first(this);
    });
  }

  exec(text: string): void {
    this.#db.exec(text);
  }

  /** A prepared statement, kept for the next time. */
  sql(text: string): StatementSync {
    const statement = this.#statements.get(text) ?? this.#db.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }

  row(text: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return this.sql(text).get(...values);
  }

  rows(text: string, ...values: readonly SQLInputValue[]): readonly Row[] {
    return this.sql(text).all(...values);
  }

  /** First column of the first row. */
  number(text: string): number {
    return Number(Object.values(this.row(text) ?? {})[0]);
  }

  /**
   * All of `work` or nothing; nobody else writes meanwhile.
   * @throws StationFault `JOURNAL_SET_ASIDE` when another process has moved the file away
   */
  transact<T>(work: () => T): T {
    try {
      this.exec('BEGIN IMMEDIATE');
      if (this.#inodeNow() !== this.#inode)
        throw new StationFault('JOURNAL_SET_ASIDE', this.#path, 'another process has set this journal aside');
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#db.isOpen && this.#db.isTransaction) this.exec('ROLLBACK');
      throw this.fault(error);
    }
  }

  /** Pages in use, as a part of the largest size. */
  fullness(): number {
    const used = this.number('PRAGMA page_count') - this.number('PRAGMA freelist_count');
    return this.#maxBytes === undefined
      ? used / this.number('PRAGMA max_page_count')
      : (used * this.number('PRAGMA page_size')) / this.#maxBytes;
  }

  fault(error: unknown): StationFault {
    return journalFault(error, this.#path);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #inodeNow(): number | undefined {
    return this.#path === ':memory:' ? undefined : statSync(this.#path, { throwIfNoEntry: false })?.ino;
  }
}

/**
 * Looked at before each append, because a full disk also refuses SQLite its own clean-up.
 * @throws StationFault `DISK_FULL`
 */
export function requireSpace(path: string, minFreeBytes: number, fullness: number): void {
  if (fullness >= 1) throw new StationFault('DISK_FULL', path, 'the journal has its largest size');
  if (path === ':memory:') return;
  const { bavail, bsize } = statfsSync(dirname(path));
  if (bavail * bsize < minFreeBytes)
    throw new StationFault('DISK_FULL', path, `${bavail * bsize} bytes left, ${minFreeBytes} are kept free`);
}
