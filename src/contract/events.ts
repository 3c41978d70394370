import { z } from 'zod';
import { clockSchema } from './event-clock.ts';
import { day, subject, visitCompleted, visitId, witness } from './event-visit.ts';
import { code, epochId, instant, seqNumber, sha256, stationId } from './ids.ts';

/** What the district office needs to finish a referral in one trip. */
export const referralNeeds = z.object({
  transport: code,
  bedsideReissue: z.boolean(),
  contact: z.string().max(120).nullable(),
  appointment: day.nullable(),
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
  'th.thuengban.visit.attempted.v1': {
    title: 'A comparison did not verify; it counts against the budget of the person and the campaign',
    isSealed: true,
    data: z.object({ visitId, subject, campaign: z.string().max(64), attempt: z.int().positive(), result: code }),
  },
  'th.thuengban.referral.detailed.v1': {
    title: 'What the district office needs to finish a referral in one trip',
    isSealed: true,
    data: z.object({ visitId, entry: z.string().max(64).nullable(), needs: referralNeeds }),
  },
  'th.thuengban.referral.closed.v1': {
    title: 'A referral is done: a new card was read, or somebody says so',
    isSealed: true,
    data: z.object({ visitId, entry: z.string().max(64).nullable(), by: code }),
  },
  'th.thuengban.representation.revoked.v1': {
    title: 'A representative may not act any more',
    isSealed: true,
    data: z.object({ id: z.uuid(), operator: z.string().max(64).nullable() }),
  },
  'th.thuengban.representation.mandate-photographed.v1': {
    title: 'Photograph of the paper that gives a mandate',
    isSealed: true,
    data: z.object({ id: z.uuid(), jpeg: z.base64() }),
  },
  'th.thuengban.consent.withdrawn.v1': {
    title: 'Somebody takes a consent back',
    isSealed: true,
    data: z.object({
      entry: z.string().max(64).nullable(),
      subject: subject.nullable(),
      purpose: z.string().max(64),
      campaign: z.string().max(64).optional().describe('In which it was given; older stations do not say it'),
    }),
  },
  'th.thuengban.programme.explained.v1': {
    title: 'The programme was explained to somebody',
    isSealed: true,
    data: z.object({ entry: z.string().max(64).nullable(), visitId: visitId.nullable(), how: code }),
  },
  'th.thuengban.roster.walk-in-added.v1': {
    title: 'Somebody who is on no list came',
    isSealed: true,
    data: z.object({
      entry: z.string().max(64),
      name: z.string().max(120),
      village: z.string().regex(/^\d{8}$/),
      house: z.string().max(60).nullable(),
      needs: z.array(code).max(8),
      campaign: z.string().max(64).optional().describe('In which they were entered; older stations do not say it'),
    }),
  },
  'th.thuengban.roster.orders-taken.v1': {
    title: 'A work order was taken over',
    isSealed: false,
    data: z.object({
      order: z.string().max(64),
      rev: z.int().positive(),
      sha256,
      people: z.int().nonnegative(),
      from: code,
    }),
  },
  'th.thuengban.staff.attended.v1': {
    title: 'Somebody signed in, attended as a witness, or was refused',
    isSealed: true,
    data: z.object({
      act: code,
      staff: z.string().max(64).nullable(),
      by: code.nullable(),
      witness: witness.nullable(),
    }),
  },
  'th.thuengban.day.opened.v1': {
    title: 'The opening check of a day',
    isSealed: false,
    data: z.object({ day, confirmed: z.array(code).max(32), troubles: z.array(code).max(32) }),
  },
  'th.thuengban.day.closed.v1': {
    title: 'The counts of a day and whether they agree',
    isSealed: true,
    data: z.object({
      day,
      visits: z.int().nonnegative(),
      outcomes: z.record(z.string(), z.int().nonnegative()),
      events: z.int().nonnegative(),
      superseded: z.int().nonnegative(),
      receipts: z.int().nonnegative(),
      isReconciled: z.boolean(),
      villages: z.array(
        z.object({ village: z.string(), served: z.int(), left: z.int(), newCard: z.int(), visits: z.int() }),
      ),
      report: sha256.describe('Of the day report as it was printed'),
    }),
  },
  'th.thuengban.day.forms-issued.v1': {
    title: 'Numbered paper forms were printed, for when the station cannot be used',
    isSealed: false,
    data: z.object({ from: z.int().positive(), upto: z.int().positive() }),
  },
  'th.thuengban.day.form-spoilt.v1': {
    title: 'A numbered paper form went wrong and is kept, struck out',
    isSealed: false,
    data: z.object({ form: z.string().min(1).max(32).describe('Serial of the form') }),
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
