import type { Receipt } from '../contract/down.ts';
import type { KeyRegistry, SealingKey, Signer } from '../contract/envelope/keys.ts';

/** What a caller hands in; the journal adds id, place in the chain and time, and seals what may say something of a person. */
export interface JournalEntry {
  /** Reverse-DNS event type with its version, e.g. `th.thuengban.visit.completed.v1`. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What the station itself has to remember of it: kept beside it in the same transaction, encrypted, never published. */
  readonly note?: Readonly<Record<string, unknown>>;
}

/** A note with its event. */
export interface KeptNote {
  readonly eventId: string;
  readonly epoch: string;
  readonly seq: number;
  readonly time: string;
  readonly note: Readonly<Record<string, unknown>>;
}

/** The keys that a journal works with. */
export interface JournalKeys {
  /** Signs every event. */
  readonly signer: Signer;
  /** The station's own public keys: what is kept is checked with them. */
  readonly own: KeyRegistry;
  /** Wraps the key of each kept event, 32 bytes. */
  readonly dataKey: Uint8Array;
  /** The programme's key; `null` = nothing that must be sealed can be appended. */
  readonly sealing: SealingKey | null;
  /** The server's keys: its word is kept only when it holds; `null` = none is believed. */
  readonly server: KeyRegistry | null;
}

/** Delivery of one event: `sent` = the broker took it (PUBACK), `settled` = the ingest has committed it. */
export type DeliveryState = 'pending' | 'sent' | 'settled';

/** One event as it is published, byte for byte. */
export interface JournalEvent {
  /** UUIDv7. The same on every resend. */
  readonly id: string;
  readonly epoch: string;
  /** 1, 2, 3 … without gaps within an epoch; the only order that counts. */
  readonly seq: number;
  readonly type: string;
  readonly time: string;
  /** Compact JWS around CloudEvents 1.0 JSON; it holds `epoch`, `seq` and `prev` too. */
  readonly body: Uint8Array;
  /** Lower-case hex sha256 of `body`. */
  readonly hash: string;
  readonly delivery: DeliveryState;
}

/** One event as it is kept; `body` is `null` once it was shredded. */
export interface KeptEvent extends Omit<JournalEvent, 'body'> {
  readonly body: Uint8Array | null;
}

export type VerifyReport =
  | { readonly whole: true; readonly epoch: string; readonly events: number; readonly head: string | null }
  | {
      readonly whole: false;
      readonly epoch: string;
      readonly events: number;
      /** First place where the chain does not hold. */
      readonly firstBadSeq: number;
      readonly reason: ChainFlaw;
    };

/**
 * `gap`: an event is missing · `unreadable`: its bytes do not open with the data key · `hash-mismatch`, `body-mismatch`,
 * `prev-mismatch`: columns and bytes, or two neighbours, differ · `signature`: not signed by this station · `cut-tail`: events
 * after the last one were there.
 */
export type ChainFlaw =
  | 'gap'
  | 'unreadable'
  | 'hash-mismatch'
  | 'prev-mismatch'
  | 'body-mismatch'
  | 'signature'
  | 'cut-tail';

export interface JournalCounts {
  readonly events: number;
  /** Not yet taken by the broker. */
  readonly pending: number;
  /** Not yet committed by the ingest (pending and sent). */
  readonly unsettled: number;
  /** ISO time of the oldest pending event, or `null`. */
  readonly oldestPendingAt: string | null;
}

/** Which settled events the ingest has: everything up to `upto` but the gaps. */
export interface Acknowledgement {
  readonly epoch: string;
  readonly upto: number;
  readonly gaps: readonly (readonly [number, number])[];
  /** Hash of the event at `upto`, where the ingest says it. */
  readonly head?: string | null | undefined;
}

/** Port: durable, signed, hash-chained events; the outbox is a view of it. Nothing here deletes or rewrites an event. */
export interface Journal extends AsyncDisposable {
  /** Changes when a journal has to be set aside while it is in use. */
  readonly epoch: string;
  /**
   * Seals, signs and keeps an event. Resolves only after it is on the disk (fsync).
   * @throws StationFault `DISK_FULL`, `JOURNAL_CORRUPT`, `TRUST_MISSING`
   */
  append(entry: JournalEntry): Promise<JournalEvent>;
  /** Events after `afterSeq`, oldest first. */
  list(afterSeq: number, limit: number): readonly KeptEvent[];
  /** The outbox: unsettled events after `afterSeq`, oldest first. */
  outbox(afterSeq: number, limit: number): readonly JournalEvent[];
  markSent(epoch: string, seq: number): void;
  /**
   * Takes the ingest's watermark; an acknowledgement of another epoch changes nothing.
   * @param signed as it came: checked once more, and kept as the proof. When it tells of events that are not here, or of another one at
   * its head, nothing is settled: this journal was put back to an older state, and a new epoch begins
   */
  settle(acknowledgement: Acknowledgement, signed?: Uint8Array): void;
  /** What has become of an event; `undefined` = it is not in this epoch. */
  deliveryOf(eventId: string): DeliveryState | undefined;
  counts(): JournalCounts;
  verify(): VerifyReport;
  /** Told after each append; returns the way to stop. */
  onAppend(listener: (event: JournalEvent) => void): () => void;
}

/** A journal that lasts: with the server's word, and an end for what the server has long had. */
export interface DurableJournal extends Journal {
  /** Keeps the server's word that it holds one event. @returns whether it is believed, and for an event of this journal */
  keepReceipt(receipt: Receipt, signed: Uint8Array): boolean;
  /** The last watermark of this epoch as the server signed it, or `null`. */
  lastAcknowledgement(): Uint8Array | null;
  receiptOf(seq: number): Uint8Array | null;
  /**
   * Makes the bytes of settled events unreadable for good; place, hash and `prev` stay, so the chain still holds.
   * @param settledBefore events settled later are kept
   * @param limit at most so many at once, so that nobody waits for it
   * @returns how many were shredded
   */
  shred(settledBefore: Date, limit: number): number;
  /**
   * What the station has to remember of its own events, oldest first, those of the epochs before that could be carried over included.
   * @throws StationFault `JOURNAL_CORRUPT` when one does not open
   */
  notes(): Iterable<KeptNote>;
  /**
   * Destroys the keys of notes of events before that time; the events stay.
   * @param kept ids of events whose notes are of nobody and stay  @returns how many were forgotten
   */
  forgetNotes(before: Date, kept: readonly string[]): number;
  /** How much of its bounds is used, 0..1. */
  fullness(): number;
}
