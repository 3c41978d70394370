import type { Receipt } from '../../../contract/down.ts';
import type { KeyRegistry } from '../../../contract/envelope/keys.ts';
import { readAcknowledgement, readReceipt } from '../../../contract/envelope/server-word.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { JournalDatabase } from './database.ts';

/** What the server has signed: checked before it is kept, kept as it came. */
export class ServerWords {
  readonly #db: JournalDatabase;
  readonly #station: string;
  readonly #keys: KeyRegistry | null;
  readonly #clock: Clock;

  constructor(db: JournalDatabase, station: string, keys: KeyRegistry | null, clock: Clock) {
    this.#db = db;
    this.#station = station;
    this.#keys = keys;
    this.#clock = clock;
  }

  believesAcknowledgement(signed: Uint8Array): boolean {
    return this.#read(signed, this.#clock.now().getTime()) !== undefined;
  }

  /** Keeps the watermark, unless a later one is there. */
  keepAcknowledgement(signed: Uint8Array): void {
    const [said, kept] = [this.#read(signed, 0), this.acknowledged()];
    if (said && said.upto >= (kept?.upto ?? 0)) this.#keep('ack', 0, signed);
  }

  /** @returns whether it is believed, and for an event of this journal */
  keepReceipt(receipt: Receipt, signed: Uint8Array): boolean {
    const row = this.#db.row('SELECT id, hash FROM event WHERE seq = ? AND epoch = ?', receipt.seq, receipt.epoch);
    if (!this.#keys || !row) return false;
    const { epoch, seq } = receipt;
    const event = { epoch, seq, id: String(row['id']), hash: String(row['hash']) };
    const reader = { station: this.#station, keys: this.#keys, nowMs: this.#clock.now().getTime() };
    if (readReceipt(signed, reader, event).kind === 'refused') return false;
    this.#keep('receipt', seq, signed);
    return true;
  }

  /** The kept watermark or receipt. @param seq of the event, 0 for the watermark */
  kept(kind: 'ack' | 'receipt', seq: number): Uint8Array | null {
    const row = this.#db.row('SELECT signed FROM word WHERE kind = ? AND seq = ?', kind, seq);
    return (row?.['signed'] as Uint8Array | undefined) ?? null;
  }

  /** What the last watermark says, `undefined` without one. A key that has ended since then does not matter: it was believed. */
  acknowledged() {
    const signed = this.kept('ack', 0);
    return signed ? this.#read(signed, 0) : undefined;
  }

  #read(signed: Uint8Array, nowMs: number) {
    if (!this.#keys) return undefined;
    const read = readAcknowledgement(signed, { station: this.#station, keys: this.#keys, nowMs });
    return read.kind === 'believed' ? read.statement : undefined;
  }

  #keep(kind: 'ack' | 'receipt', seq: number, signed: Uint8Array): void {
    this.#db.sql('INSERT OR REPLACE INTO word (kind, seq, signed) VALUES (?, ?, ?)').run(kind, seq, signed);
  }
}
