import { z } from 'zod';
import { code, epochId, instant, seqNumber, sha256, stationId } from './ids.ts';

/** The ways a visit ends. Closed within a major version: a server counts people by it. */
export const OUTCOMES = [
  'verified',
  'confirmed-by-officer',
  'represented',
  'referred',
  'declined',
  'not-served',
  'undetermined',
] as const;

const visitId = z.string().min(1).max(64);
const subject = z
  .string()
  .regex(/^[\w-]{43}$/)
  .describe("The citizen as HMAC-SHA-256 with the programme's key, base64url");

const visitCompleted = z.object({
  visitId,
  outcome: z.enum(OUTCOMES),
  reason: code.nullable(),
  nextStep: code,
  subject: subject.nullable(),
  startedAt: instant,
  durationMs: z.int().nonnegative(),
  attempts: z.int().nonnegative(),
  consent: z.object({ version: z.string().min(1).max(64), given: z.boolean() }),
  card: z
    .object({ validity: z.enum(['valid', 'expired', 'unchecked']), ageYears: z.int().nonnegative().optional() })
    .nullable(),
  evidence: z
    .object({
      score: z.number(),
      decision: z.enum(['match', 'review', 'non-match']),
      thresholds: z.object({ match: z.number(), review: z.number() }),
      statedFmr: z.number().nonnegative(),
      attack: z.enum(['bona-fide', 'attack', 'not-run']),
      attackParts: z.array(
        z.object({
          id: z.string().max(64),
          verdict: z.enum(['bona-fide', 'attack', 'not-run']),
          score: z.number().nullable(),
          isRequired: z.boolean(),
        }),
      ),
      probes: z.int().nonnegative(),
      models: z.array(z.string().max(200)),
    })
    .nullable(),
  assurance: z.object({
    chipRead: z.boolean(),
    chipAuthenticated: z.boolean(),
    cardStatusOnline: code,
    faceComparison: code,
    officerAttested: z.boolean(),
  }),
});

/** A kind of event. `sealed` = its data may say something of a person, so it travels in a JWE and never in the clear. */
export interface EventKind {
  readonly title: string;
  readonly isSealed: boolean;
  readonly data: z.ZodObject;
}

/** Every event of version 1, by its full type. */
export const EVENTS = {
  'th.thuengban.visit.completed.v1': {
    title: 'A visit has ended with an outcome',
    isSealed: true,
    data: visitCompleted,
  },
  'th.thuengban.visit.abandoned.v1': {
    title: 'A visit has ended without an outcome',
    isSealed: true,
    data: z.object({ visitId, fault: code.nullable() }),
  },
  'th.thuengban.station.door-changed.v1': {
    title: 'The door of the enclosure was opened or shut',
    isSealed: false,
    data: z.object({ door: z.enum(['open', 'shut']) }),
  },
  'th.thuengban.station.power-changed.v1': {
    title: 'Mains power failed or came back',
    isSealed: false,
    data: z.object({ power: z.enum(['failed', 'restored']) }),
  },
  'th.thuengban.station.tested.v1': {
    title: 'A technician proves that events arrive',
    isSealed: false,
    data: z.object({ nonce: z.string().min(1).max(64) }),
  },
  'th.thuengban.clock.synchronised.v1': {
    title: 'The clock was set for the first time since the start',
    isSealed: false,
    data: z.object({ offsetMs: z.int().describe('What was added to the wall clock') }),
  },
  'th.thuengban.journal.epoch-started.v1': {
    title: 'First event of a journal that was made or restored',
    isSealed: false,
    data: z.object({
      previous: z
        .object({ epoch: epochId, seq: seqNumber, head: sha256 })
        .nullable()
        .describe('Last known head of the epoch before; null where none is known, which is an alarm'),
    }),
  },
} as const satisfies Record<string, EventKind>;

export type KnownEventType = keyof typeof EVENTS;

/** The kind of a type, or `undefined` for one that this program does not know. */
export function eventKind(type: string): EventKind | undefined {
  return Object.hasOwn(EVENTS, type) ? EVENTS[type as KnownEventType] : undefined;
}

export const clockSchema = z.object({
  state: z.enum(['synced', 'unsynced', 'holdover']),
  setAt: instant.nullable().optional().describe('When the clock was last set by a time server'),
  bootId: z.string().min(1).max(64).optional().describe('Changes with every start of the machine'),
  monotonicMs: z.int().nonnegative().optional().describe('Milliseconds since that start; never goes back'),
});
export type EventClock = z.infer<typeof clockSchema>;

/** CloudEvents 1.0 attributes of every event. Order is (epoch, seq), never `time`: a clock may be wrong. */
export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid({ version: 'v7' }).describe('The same on every resend'),
  source: z.string().regex(/^urn:thuengban:station:[a-z0-9-]+$/),
  type: z.string().max(200),
  time: instant,
  station: stationId,
  epoch: epochId,
  seq: seqNumber,
  prev: sha256.nullable().describe('SHA-256 of the signed event before, as it was published; null for the first'),
  clock: clockSchema,
  datacontenttype: z.enum(['application/jose', 'application/json']),
  data: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .describe('A compact JWE, or an object without personal data'),
});
export type EventEnvelope = z.infer<typeof envelopeSchema>;
