import type { DesiredConfig } from '../contract/down.ts';
import type { FaultCode } from '../shared/faults.ts';
import type { Remembered } from './remembered.ts';

/** A message for the broker; `payload` is published byte for byte. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** MQTT message expiry interval, s; `null` = none. */
  readonly expiryS: number | null;
  readonly contentType: string;
  /** MQTT user properties: for routing, never trusted over the payload. */
  readonly properties: Readonly<Record<string, string>>;
  /** Correlation data of the command that this answers. */
  readonly correlation?: Uint8Array;
}

export interface IncomingMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Correlation data as the sender gave it. Nobody has signed it. */
  readonly correlation?: Uint8Array;
}

/** One connection to a broker, from CONNACK to its end. */
export interface BrokerSession {
  /** Inflight limit that the broker allows (CONNACK receive maximum). */
  readonly receiveMaximum: number;
  /** Largest packet that the broker takes, bytes. */
  readonly maximumPacketBytes: number;
  /**
   * Resolves at PUBACK with its reason code (0x00 taken, 0x10 taken but nobody listens, from 0x80 on refused), at QoS 0 with 0
   * once it is written; rejects when the session ends first.
   */
  publish(message: OutgoingMessage, signal: AbortSignal): Promise<number>;
  /** Messages of the subscribed topics, those that came before the first read included. Ends with the session. */
  messages(signal: AbortSignal): AsyncIterable<IncomingMessage>;
  /** Settles when the connection is gone, with the cause if there is one. */
  readonly ended: Promise<Error | undefined>;
  /** Says goodbye (no will is sent). Never takes longer than `limitMs`. */
  close(limitMs: number): Promise<void>;
}

/** Port: dials an MQTT 5 broker once per call; retrying is the caller's. */
export interface BrokerDialler {
  /** Broker address without credentials, for people to read. */
  readonly address: string;
  /** @throws StationFault `BROKER_UNREACHABLE`, `BROKER_REFUSED`, and those of TLS */
  connect(
    options: { readonly subscribe: readonly string[]; readonly will: OutgoingMessage | null },
    signal: AbortSignal,
  ): Promise<BrokerSession>;
}

/** How the link is doing. */
export type LinkState =
  | { readonly kind: 'off' }
  | { readonly kind: 'dialling'; readonly attempt: number; readonly code: FaultCode | null; readonly detail: string }
  | { readonly kind: 'connected' };

/** What came of desired settings. Refused: nothing of them was taken over. */
export type Configured =
  | { readonly kind: 'in-force' }
  | { readonly kind: 'after-restart' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/** Port: what the server may have the station do. The station carries it out. */
export interface StationControl {
  /** Restarts between two visits; returns at once. */
  restart(): void;
  /** Takes desired settings over wholly and durably, or not at all. */
  configure(config: DesiredConfig): Configured;
}

/** Port: what the link must not forget when the station restarts. */
export interface LinkMemory {
  /** @throws StationFault `CONFIG_INVALID` when there is something that cannot be read: a number of old would be believed again */
  read(): Remembered;
  /** Durable when it returns. */
  write(remembered: Remembered): void;
  /** Keeps a signed statement that was believed, for those who act on it later. Durable when it returns. */
  keepStatement(kind: 'orders' | 'revoke', signed: Uint8Array): void;
}
