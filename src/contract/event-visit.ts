import { z } from 'zod';
import { code, instant, sha256 } from './ids.ts';

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

export const visitId = z.string().min(1).max(64);
export const subject = z
  .string()
  .regex(/^[\w-]{43}$/)
  .describe("The citizen as HMAC-SHA-256 with the programme's key, base64url");

export const day = z.iso.date();
const nextPlace = z.string().max(200).nullable();
export const witness = z.object({
  role: code,
  staff: z.string().max(64).nullable(),
  name: z.string().max(120).nullable().describe('Told by the witness; null for one whom the station knows'),
});
const officer = z.object({ staff: z.string().max(64), by: code, answer: code, reason: code });
const consent = z.object({
  purpose: z.string().min(1).max(64),
  version: z.string().min(1).max(64),
  given: z.boolean(),
  how: code,
  by: z.enum(['citizen', 'representative']),
  witness: witness.nullable(),
  shown: sha256.nullable().describe('Of the text that was on the screen'),
  language: z.enum(['th', 'en']),
});

/** The record of a visit. */
export const visitCompleted = z.object({
  visitId,
  outcome: z.enum(OUTCOMES),
  reason: code.nullable(),
  nextStep: code,
  subject: subject.nullable(),
  startedAt: instant,
  durationMs: z.int().nonnegative(),
  attempts: z.int().nonnegative(),
  consent: z.object({ version: z.string().min(1).max(64), given: z.boolean() }),
  /** From here on what version 0.2 added: older stations do not say it. */
  programme: z.string().max(64).optional(),
  campaign: z.string().max(64).optional(),
  reasons: z.string().max(64).optional().describe('Version of the list that `reason` is a code of'),
  supersedes: z.uuid().nullable().optional().describe('Event of the same visit that this one takes the place of'),
  entry: z.string().max(64).nullable().optional().describe('Entry of the work order; null for somebody on no list'),
  village: z
    .string()
    .regex(/^\d{8}$/)
    .nullable()
    .optional()
    .describe('Official code of the village that the visit counts for'),
  place: z.enum(['station', 'bedside']).optional(),
  nextStepAt: z.object({ where: nextPlace, due: day.nullable() }).optional(),
  operator: z.string().max(64).nullable().optional(),
  officers: z.array(officer).max(2).optional(),
  witnesses: z.array(witness).max(8).optional(),
  consents: z.array(consent).max(16).optional(),
  representation: z
    .object({
      id: z.uuid(),
      by: subject.describe('Pseudonym of the representative'),
      relation: code,
      mandate: code,
      scope: z.array(code).max(8),
      until: day,
      witnesses: z.array(witness).max(2),
      attestedBy: z
        .object({ staff: z.string().max(64), by: code })
        .optional()
        .describe(
          'Of a mandate that is not on paper: the officer who answers for it, and how they showed who they are',
        ),
      peopleOfRepresentative: z.int().positive().describe('From three on somebody should look; it is never refused'),
    })
    .nullable()
    .optional(),
  receipt: z.string().max(16).optional(),
  form: z.string().max(32).nullable().optional().describe('Serial of the paper form that it was entered from'),
  seenOn: day.nullable().optional().describe('Day of the visit as the paper form says it; the event is of its entry'),
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
