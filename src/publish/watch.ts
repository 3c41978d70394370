import type { Refused } from '../contract/refusals.ts';
import type { JournalEvent } from '../journal/port.ts';
import type { LinkState } from './port.ts';

/** What came in and was not believed. */
export type RefusedKind = 'ack' | 'cmd' | 'config' | 'orders' | 'revoke' | 'ingest-state' | 'topic';

/** Who wants to know what happens on the link: log, metrics, part board. Codes and numbers only. */
export interface LinkWatch {
  state(state: LinkState): void;
  /** The broker has taken an event. `reason` 0x10 = nobody listens. */
  sent(event: JournalEvent, reason: number, isAgain: boolean): void;
  /** Something came that is not believed; nothing has changed by it. */
  refused(kind: RefusedKind, refusal: Refused): void;
  /** The server keeps this event and does not believe it. */
  quarantined(seq: number, code: string): void;
  /** The event does not fit through this broker; it stays in the outbox. */
  tooLarge(event: JournalEvent): void;
  /** The ingest came or went. */
  ingest(state: 'online' | 'offline'): void;
  /** A command was answered. */
  command(name: string, cmdSeq: number, result: string, code: string | null): void;
  /** Desired settings, a work order or a revocation list was taken over. */
  taken(kind: 'config' | 'orders' | 'revoke', rev: number): void;
}
