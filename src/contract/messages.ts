import type { z } from 'zod';
import {
  acknowledgementSchema,
  commandSchema,
  configSchema,
  ingestStateSchema,
  ordersSchema,
  receiptSchema,
  revokeSchema,
} from './down.ts';
import { envelopeSchema } from './events.ts';
import { manifestSchema } from './export.ts';
import { receiptTrustSchema } from './receipt-credential.ts';
import { reportSealSchema } from './report-seal.ts';
import { healthSchema, infoSchema, resultSchema, statusSchema } from './up.ts';

/**
 * What may be signed, and by whom. `typ` of the JWS says which, so that a signature under one kind of statement can never
 * be shown as another.
 */
export const SIGNED_KINDS = [
  'event',
  'ack',
  'receipt',
  'cmd',
  'config',
  'orders',
  'revoke',
  'export',
  'issuers',
  'report',
] as const;
export type SignedKind = (typeof SIGNED_KINDS)[number];
/** What a station's key signs; everything else is the server's. */
export const STATION_KINDS: readonly SignedKind[] = ['event', 'export', 'report'];

/** Largest message of each kind, bytes. */
export const MAX_BYTES: Readonly<Record<SignedKind, number>> = {
  event: 64 * 1024,
  ack: 256 * 1024,
  receipt: 4 * 1024,
  cmd: 16 * 1024,
  config: 1024 * 1024,
  orders: 4 * 1024,
  revoke: 2 * 1024 * 1024,
  export: 4 * 1024 * 1024,
  issuers: 4 * 1024 * 1024,
  report: 4 * 1024,
};

/** One kind of message of the protocol. */
export interface MessageKind {
  readonly title: string;
  readonly direction: 'up' | 'down';
  /** Topic with `{shard}` and `{station}`; `null` = handed over otherwise (HTTPS, USB). */
  readonly topic: string | null;
  readonly qos: 0 | 1;
  readonly isRetained: boolean;
  /** MQTT message expiry interval, s; `null` = none. */
  readonly expiryS: number | null;
  /** Signed messages are a compact JWS (`application/jose`) around this payload, the others are the payload as JSON. */
  readonly signed: SignedKind | null;
  readonly payload: z.ZodType;
}

const UP = 'thuengban/v1/up/{shard}/{station}';
const DOWN = 'thuengban/v1/down/{station}';

/** Every message of version 1. */
export const MESSAGES = {
  event: {
    title: 'Visit and audit events',
    direction: 'up',
    topic: `${UP}/ev`,
    qos: 1,
    isRetained: false,
    expiryS: null,
    signed: 'event',
    payload: envelopeSchema,
  },
  status: {
    title: 'Whether the station is there; also its will',
    direction: 'up',
    topic: `${UP}/status`,
    qos: 1,
    isRetained: true,
    expiryS: null,
    signed: null,
    payload: statusSchema,
  },
  info: {
    title: 'Versions, parts, outbox, reported settings',
    direction: 'up',
    topic: `${UP}/info`,
    qos: 1,
    isRetained: true,
    expiryS: null,
    signed: null,
    payload: infoSchema,
  },
  health: {
    title: 'Figures that may be lost',
    direction: 'up',
    topic: `${UP}/health`,
    qos: 0,
    isRetained: false,
    expiryS: 120,
    signed: null,
    payload: healthSchema,
  },
  result: {
    title: 'Answer to a command',
    direction: 'up',
    topic: `${UP}/res`,
    qos: 1,
    isRetained: false,
    expiryS: 3600,
    signed: null,
    payload: resultSchema,
  },
  acknowledgement: {
    title: "The ingest's watermark, published after its commit",
    direction: 'down',
    topic: `${DOWN}/ack`,
    qos: 1,
    isRetained: true,
    expiryS: null,
    signed: 'ack',
    payload: acknowledgementSchema,
  },
  receipt: {
    title: "The server's word that it holds one event",
    direction: 'down',
    topic: null,
    qos: 1,
    isRetained: false,
    expiryS: null,
    signed: 'receipt',
    payload: receiptSchema,
  },
  command: {
    title: 'One command to one station',
    direction: 'down',
    topic: `${DOWN}/cmd`,
    qos: 1,
    isRetained: false,
    expiryS: null,
    signed: 'cmd',
    payload: commandSchema,
  },
  config: {
    title: 'Desired settings and programmes',
    direction: 'down',
    topic: `${DOWN}/config`,
    qos: 1,
    isRetained: true,
    expiryS: null,
    signed: 'config',
    payload: configSchema,
  },
  orders: {
    title: 'Where the work order is to be fetched',
    direction: 'down',
    topic: `${DOWN}/orders`,
    qos: 1,
    isRetained: true,
    expiryS: null,
    signed: 'orders',
    payload: ordersSchema,
  },
  revoke: {
    title: 'Stations and signers that are no longer believed',
    direction: 'down',
    topic: 'thuengban/v1/all/revoke',
    qos: 1,
    isRetained: true,
    expiryS: null,
    signed: 'revoke',
    payload: revokeSchema,
  },
  export: {
    title: 'Events that are carried by hand: the list of their files',
    direction: 'up',
    topic: null,
    qos: 1,
    isRetained: false,
    expiryS: null,
    signed: 'export',
    payload: manifestSchema,
  },
  issuers: {
    title:
      'Stations whose receipts are believed: a list that is handed over, or lies beside the page that checks receipts',
    direction: 'down',
    topic: null,
    qos: 1,
    isRetained: false,
    expiryS: null,
    signed: 'issuers',
    payload: receiptTrustSchema,
  },
  report: {
    title: "A day report's signature: its data lies beside it",
    direction: 'up',
    topic: null,
    qos: 1,
    isRetained: false,
    expiryS: null,
    signed: 'report',
    payload: reportSealSchema,
  },
  'ingest-state': {
    title: 'Whether an ingest is there; also its will',
    direction: 'down',
    topic: 'thuengban/v1/srv/state',
    qos: 1,
    isRetained: true,
    expiryS: null,
    signed: null,
    payload: ingestStateSchema,
  },
} as const satisfies Record<string, MessageKind>;
export type MessageName = keyof typeof MESSAGES;
