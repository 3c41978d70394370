/** What a caller hands in; the journal adds id, place in the chain and time. `data` holds no personal data. */
export interface JournalEntry {
  /** Reverse-DNS event type with its version, e.g. `th.thuengban.visit.completed.v1`. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Delivery of one event: `sent` = the broker took it (PUBACK), `settled` = the ingest has committed it. */
export type DeliveryState = 'pending' | 'sent' | 'settled';

/** One event as it is kept and published, byte for byte. */
export interface JournalEvent {
  /** UUIDv7. The same on every resend. */
  readonly id: string;
  readonly epoch: string;
  /** 1, 2, 3 … without gaps within an epoch; the only order that counts. */
  readonly seq: number;
  readonly type: string;
  readonly time: string;
  /** CloudEvents 1.0 JSON in UTF-8; it holds `epoch`, `seq` and `prev` too. */
  readonly body: Uint8Array;
  /** Lower-case hex sha256 of `body`. */
  readonly hash: string;
  readonly delivery: DeliveryState;
}

export type VerifyReport =
  | { readonly whole: true; readonly epoch: string; readonly events: number; readonly head: string | null }
  | {
      readonly whole: false;
      readonly epoch: string;
      readonly events: number;
      /** First place where the chain does not hold. */
      readonly firstBadSeq: number;
      readonly reason: 'gap' | 'hash-mismatch' | 'prev-mismatch' | 'body-mismatch';
    };

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
}

/** Port: durable, hash-chained events; the outbox is a view of it. Nothing here deletes or rewrites an event. */
export interface Journal extends AsyncDisposable {
  readonly epoch: string;
  /**
   * Resolves only after the event is on the disk (fsync).
   * @throws StationFault `DISK_FULL`, `JOURNAL_CORRUPT`
   */
  append(entry: JournalEntry): Promise<JournalEvent>;
  /** Events after `afterSeq`, oldest first. */
  list(afterSeq: number, limit: number): readonly JournalEvent[];
  /** The outbox: unsettled events after `afterSeq`, oldest first. */
  outbox(afterSeq: number, limit: number): readonly JournalEvent[];
  markSent(epoch: string, seq: number): void;
  /**
   * Takes the ingest's watermark; an acknowledgement of another epoch changes nothing.
   * @param signed the statement as the ingest signed it, to be kept as proof
   */
  settle(acknowledgement: Acknowledgement, signed?: Uint8Array): void;
  counts(): JournalCounts;
  verify(): VerifyReport;
  /** Told after each append; returns the way to stop. */
  onAppend(listener: (event: JournalEvent) => void): () => void;
}
