import type { FaultCode } from '../shared/faults.ts';

/** A message for the broker; `payload` is published byte for byte. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  readonly contentType: string;
  /** MQTT user properties: for routing, never trusted over the payload. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface IncomingMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** One connection to a broker, from CONNACK to its end. */
export interface BrokerSession {
  /** Inflight limit that the broker allows (CONNACK receive maximum). */
  readonly receiveMaximum: number;
  /** Resolves at PUBACK with its reason code (0x00 taken, 0x10 taken but nobody listens); rejects when the session ends first. */
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
  /** @throws StationFault `BROKER_UNREACHABLE`, `BROKER_REFUSED` */
  connect(
    options: { readonly subscribe: readonly string[]; readonly will: OutgoingMessage },
    signal: AbortSignal,
  ): Promise<BrokerSession>;
}

/** How the link is doing. */
export type LinkState =
  | { readonly kind: 'off' }
  | { readonly kind: 'dialling'; readonly attempt: number; readonly code: FaultCode | null; readonly detail: string }
  | { readonly kind: 'connected' };
