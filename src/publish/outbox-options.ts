import type { Journal, JournalEvent } from '../journal/port.ts';
import type { PublishConfig } from './config.ts';

export interface OutboxOptions {
  readonly station: string;
  readonly journal: Journal;
  readonly config: PublishConfig;
  /** Broker address, for faults. */
  readonly address: string;
  readonly random: () => number;
  /** Told when the broker has taken an event, with the reason code of its PUBACK. */
  readonly onSent: (event: JournalEvent, reason: number, isAgain: boolean) => void;
  /** Told once of each event that the server keeps but does not believe. */
  readonly onQuarantined: (seq: number, code: string) => void;
  /** Told of an event that is too large for this broker: it stays, and the others go on. */
  readonly onTooLarge: (event: JournalEvent) => void;
}
