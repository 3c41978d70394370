import { mkdirSync } from 'node:fs';
import type { Receipt } from '../../../contract/down.ts';
import type { Clock } from '../../../shared/clock.ts';
import { asFault, StationFault } from '../../../shared/fault.ts';
import type { JournalConfig } from '../../config.ts';
import type { Acknowledgement, DurableJournal, JournalEntry, JournalEvent, JournalKeys } from '../../port.ts';
import { Ballast } from './ballast.ts';
import { HeadFile } from './head-file.ts';
import { headOf } from './old-head.ts';
import { openSalvage } from './salvage.ts';
import { asideFolders, type JournalPlaces, journalPlaces, setAside, setOldAside } from './set-aside.ts';
import { type Head, SqliteJournal } from './sqlite-journal.ts';

/** Why a journal was set aside. */
export type AsideReason = 'corrupt' | 'rolled-back' | 'unsigned';

export interface KeptJournalOptions {
  /** The station's data folder. */
  readonly dataDir: string;
  readonly station: string;
  readonly clock: Clock;
  readonly keys: JournalKeys;
  readonly config: Pick<JournalConfig, 'maxBytes' | 'ballastBytes'>;
  /** Told when a journal had to be set aside, with the folder in which it lies now: an alarm. */
  readonly onSetAside: (reason: AsideReason, aside: string) => void;
}

const EPOCH_STARTED = 'th.thuengban.journal.epoch-started.v1';
/** Below this SQLite may fail at its own clean-up. */
const FLOOR_BYTES = 1_000_000;
/** How often in a row a journal may be set aside before the disk itself is at fault. */
const MOST_TURNS = 3;

/**
 * The station's journal as it is used in earnest: it knows whether it was put back to an older state, gives up ballast when
 * the disk is full, and where it is damaged it is set aside and goes on in a new epoch, whose first event names the last known
 * head of the one before. Nothing is ever deleted.
 */
export class KeptJournal implements DurableJournal {
  readonly #options: KeptJournalOptions;
  readonly #places: JournalPlaces;
  readonly #headFile: HeadFile;
  readonly #ballast: Ballast;
  readonly #listeners = new Set<(event: JournalEvent) => void>();
  #inner: SqliteJournal;

  /** @throws StationFault `DISK_FULL`, `INTERNAL` when no journal can be had at all */
  constructor(options: KeptJournalOptions) {
    this.#options = options;
    this.#places = journalPlaces(options.dataDir);
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    this.#headFile = new HeadFile(this.#places.head);
    this.#ballast = new Ballast(this.#places.ballast, options.config.ballastBytes);
    this.#inner = this.#open(MOST_TURNS);
    this.#ballast.keep();
  }

  get epoch(): string {
    return this.#inner.epoch;
  }

  async append(entry: JournalEntry): Promise<JournalEvent> {
    for (let turn = 0; ; turn++) {
      const inner = this.#inner;
      try {
        const event = await inner.append(entry);
        this.#headFile.write(event);
        for (const listener of this.#listeners) listener(event);
        return event;
      } catch (error) {
        // Nothing was written: only a committed event is returned.
        if (turn >= MOST_TURNS) throw error;
        if (this.#inner === inner && !this.#mend(inner, error)) throw error;
      }
    }
  }

  list(afterSeq: number, limit: number) {
    return this.#guard((inner) => inner.list(afterSeq, limit));
  }

  outbox(afterSeq: number, limit: number) {
    return this.#guard((inner) => inner.outbox(afterSeq, limit));
  }

  markSent(epoch: string, seq: number): void {
    this.#guard((inner) => inner.markSent(epoch, seq));
  }

  settle(acknowledgement: Acknowledgement, signed?: Uint8Array): void {
    this.#guard((inner) => inner.settle(acknowledgement, signed));
    // Only the server's own word may end an epoch, and it was believed if it was kept.
    if (signed && this.#inner.isBehind(acknowledgement) && this.#inner.isKept(signed))
      this.#turn(this.#inner, 'rolled-back');
  }

  keepReceipt(receipt: Receipt, signed: Uint8Array): boolean {
    return this.#guard((inner) => inner.keepReceipt(receipt, signed));
  }

  lastAcknowledgement() {
    return this.#guard((inner) => inner.lastAcknowledgement());
  }

  deliveryOf(eventId: string) {
    return this.#guard((inner) => inner.deliveryOf(eventId));
  }

  receiptOf(seq: number) {
    return this.#guard((inner) => inner.receiptOf(seq));
  }

  shred(settledBefore: Date, limit: number): number {
    return this.#guard((inner) => inner.shred(settledBefore, limit));
  }

  notes() {
    return this.#guard((inner) => inner.notes());
  }

  forgetNotes(before: Date, kept: readonly string[]): number {
    return this.#guard((inner) => inner.forgetNotes(before, kept));
  }

  counts() {
    return this.#guard((inner) => inner.counts());
  }

  fullness(): number {
    return this.#guard((inner) => inner.fullness());
  }

  verify() {
    return this.#inner.verify();
  }

  onAppend(listener: (event: JournalEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Makes ballast again that was given up, once there is room for it. */
  keepBallast(): void {
    this.#ballast.keep();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#inner.close();
  }

  #guard<T>(work: (inner: SqliteJournal) => T): T {
    const inner = this.#inner;
    try {
      return work(inner);
    } catch (error) {
      if (!this.#mend(inner, error)) throw inner.fault(error);
      return work(this.#inner);
    }
  }

  /** @returns whether it is worth trying again */
  #mend(inner: SqliteJournal, error: unknown): boolean {
    const { code } = inner.fault(error);
    if (code === 'DISK_FULL') return this.#ballast.giveUp();
    if (code === 'JOURNAL_CORRUPT') this.#turn(inner, 'corrupt');
    else if (code === 'JOURNAL_SET_ASIDE') this.#reopen(inner);
    else return false;
    return true;
  }

  #reopen(inner: SqliteJournal): void {
    inner.close();
    this.#inner = this.#open(MOST_TURNS);
  }

  /** Sets the journal aside and goes on in a new one. */
  #turn(inner: SqliteJournal, reason: AsideReason): void {
    let isMoved = false;
    const move = () => {
      this.#setAside(reason);
      isMoved = true;
    };
    try {
      // While nobody else writes: an event must not be confirmed in a file that has just been moved.
      inner.exclusively(move);
    } catch (error) {
      const { code } = inner.fault(error);
      if (code !== 'JOURNAL_SET_ASIDE' && code !== 'JOURNAL_CORRUPT') throw error;
      if (code === 'JOURNAL_CORRUPT' && !isMoved) move();
    }
    this.#reopen(inner);
  }

  #setAside(reason: AsideReason): void {
    this.#options.onSetAside(reason, setAside(this.#places, reason, this.#options.clock.now()));
  }

  #open(turns: number): SqliteJournal {
    const { station, clock, keys, config, onSetAside } = this.#options;
    if (turns === 0) throw new StationFault('JOURNAL_CORRUPT', this.#places.folder, 'new journals are damaged too');
    const { folder, database, old } = this.#places;
    const oldHead = headOf(old);
    const oldAside = setOldAside(this.#places, clock.now());
    if (oldAside !== undefined) onSetAside('unsigned', oldAside);
    const known = this.#headFile.read() ?? oldHead;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    let inner: SqliteJournal | undefined;
    try {
      const previousEpoch = known?.epoch ?? null;
      inner = new SqliteJournal({
        path: database,
        station,
        clock,
        keys,
        minFreeBytes: FLOOR_BYTES,
        maxBytes: config.maxBytes,
        previousEpoch,
        knownHead: () => this.#headFile.read(),
      });
      if (isPutBack(inner, known)) {
        inner.exclusively(() => this.#setAside('rolled-back'));
        inner.close();
        return this.#open(turns - 1);
      }
      if (inner.head() === undefined) this.#startEpoch(inner, known);
      return inner;
    } catch (error) {
      inner?.close();
      const fault = asFault(error, 'INTERNAL', database);
      if (fault.code === 'DISK_FULL' && this.#ballast.giveUp()) return this.#open(turns - 1);
      if (fault.code !== 'JOURNAL_CORRUPT') throw fault;
      this.#setAside('corrupt');
      return this.#open(turns - 1);
    }
  }

  #startEpoch(inner: SqliteJournal, known: Head | undefined): void {
    const { station, keys } = this.#options;
    // Before the first event: as long as there is none, this is done again. Old folders too: the newest may be past reading.
    for (const aside of asideFolders(this.#places)) {
      using salvage = openSalvage(aside, station, keys);
      inner.carryNotes(salvage.notes());
    }
    const previous = known ? { epoch: known.epoch, seq: known.seq, head: known.hash } : null;
    this.#headFile.write(inner.write(EPOCH_STARTED, { previous }));
  }
}

/** Whether what is known elsewhere, of the last event or of what the server has, is not in the journal. */
function isPutBack(inner: SqliteJournal, known: Head | undefined): boolean {
  // The last event must open: a damaged tail is damage, not an older state.
  const head = inner.head();
  if (head) inner.list(head.seq - 1, 1);
  if (inner.isBehindLastAcknowledgement()) return true;
  if (!known || head === undefined) return false;
  if (known.epoch !== inner.epoch) return known.epoch !== inner.previousEpoch;
  return inner.isBehind({ epoch: known.epoch, upto: known.seq, gaps: [], head: known.hash });
}
