import { z } from 'zod';
import { OUTCOMES } from './event-visit.ts';
import { referralNeeds } from './events.ts';
import { code, instant, stationId } from './ids.ts';

/** Largest sealed work order, bytes, and what it may unpack to: a small file must not swell to fill the station's memory. */
export const MAX_ORDER_BYTES = 8 * 1024 * 1024;
export const MAX_ORDER_JSON_BYTES = 32 * 1024 * 1024;

const id = z
  .string()
  .regex(/^\w[\w.:-]{0,63}$/)
  .describe('An id: letters, digits, _ and, not first, . : -');
const words = z.object({ th: z.string().max(1000), en: z.string().max(1000) });
const day = z.iso.date();
const pseudonym = z
  .string()
  .regex(/^[\w-]{43}$/)
  .describe("HMAC-SHA-256 of the citizen number with the programme's key, base64url");
const villageCode = z
  .string()
  .regex(/^\d{8}$/)
  .describe('Department of Provincial Administration: province 2 digits, district 4, tambon 6, village 8');
const areaCode = z.string().regex(/^\d{2}(\d{2}(\d{2}(\d{2})?)?)?$/);
const needs = z.enum(['bedridden', 'deaf', 'blind', 'wheelchair']);
const step = z.object({ id: code, where: z.string().max(200).nullable(), due: day.nullable() });

const village = z.object({
  code: villageCode,
  moo: z.int().min(0).max(99),
  name: z.string().min(1).max(120),
  tambon: z.object({ code: z.string().regex(/^\d{6}$/), name: z.string().min(1).max(120) }),
  at: z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }).nullable(),
});

const known = z.object({
  visitId: z.string().min(1).max(64),
  outcome: z.enum(OUTCOMES),
  reason: code.nullable(),
  at: instant,
  station: stationId,
  receipt: z.string().max(16),
  nextStep: step,
  referral: z
    .object({
      visitId: z.string().min(1).max(64),
      reason: code,
      since: instant,
      closed: z.object({ at: instant, by: code }).nullable(),
      needs: referralNeeds.optional().describe('What was asked for at the station that referred'),
    })
    .nullable(),
  representation: z
    .object({
      id: z.uuid(),
      relation: code,
      until: day,
      isRevoked: z.boolean(),
      people: z
        .int()
        .positive()
        .optional()
        .describe('For how many people of the campaign the same representative stands, at all stations together'),
    })
    .optional()
    .describe('Of the outcome `represented`: who may act, and whether that was taken back at any station'),
});

const person = z.object({
  entry: id,
  subject: pseudonym.nullable(),
  name: z.object({ title: z.string().max(60), given: z.string().max(120), family: z.string().max(120) }),
  bornYear: z.int().min(1880).max(2200).nullable().describe('Common era'),
  village: villageCode,
  house: z.string().max(60).nullable(),
  phone: z.string().max(40).nullable(),
  needs: z.array(needs).max(4),
  due: day.nullable(),
  team: id.nullable(),
  known: known.nullable().describe('What the server has of this person in this campaign'),
  attempts: z.int().nonnegative().describe('Captures of this campaign that were used at other stations'),
  attemptsBy: z
    .record(stationId, z.int().positive())
    .optional()
    .describe('The same for each station, its own included: counts in the place of `attempts`'),
  withdrawn: z
    .array(z.object({ purpose: z.string().min(1).max(64), at: instant }))
    .max(16)
    .optional()
    .describe('Consents that were taken back at any station and not given since'),
});

const staff = z.object({
  id,
  name: words,
  role: z.enum(['operator', 'officer', 'witness', 'technician', 'chief']),
  organisation: z.string().max(120),
  areas: z.array(areaCode).max(200).describe('Codes of areas, each with all that lies in it; none = everywhere'),
  pin: z
    .object({
      salt: z.string().regex(/^[\w-]{16,128}$/),
      hash: z.string().regex(/^[\w-]{22,128}$/),
      params: z.object({
        memoryKiB: z.int().min(8).max(1_048_576),
        passes: z.int().min(1).max(100),
        parallelism: z.int().min(1).max(16),
      }),
    })
    .nullable()
    .describe('Argon2id (RFC 9106) of the PIN; salt and hash in base64url'),
  badge: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .describe('SHA-256 of the id on the badge'),
  subject: pseudonym.nullable().describe('Of their own ID card'),
  until: instant.nullable(),
});

const about = z.object({
  name: words,
  purposes: z.array(z.object({ id, version: z.string().min(1).max(64), words })).max(16),
  explain: z
    .array(
      z.object({
        picture: z.enum(['card', 'shop', 'calendar', 'people', 'phone', 'shield']),
        words,
        audio: z.string().max(64),
      }),
    )
    .max(24),
  line: z.string().max(64).nullable().describe('LINE Official Account of the area, such as @tambon'),
  nextSteps: z
    .record(z.string(), z.object({ where: z.string().max(200).nullable(), days: z.int().min(0).max(3650).nullable() }))
    .describe('Where each next step takes place, and in how many days'),
});

/** A work order as it is sealed to one station: who is to be visited, by whom, and what the programme is. */
export const orderSchema = z
  .object({
    id,
    rev: z.int().positive(),
    station: stationId,
    programme: id,
    campaign: id,
    issuedAt: instant,
    validUntil: instant.describe('The lease: from then on the station forgets the list'),
    villages: z.array(village).max(5_000),
    people: z.array(person).max(20_000),
    teams: z.array(z.object({ id, name: z.string().max(120) })).max(200),
    staff: z.array(staff).max(1_000),
    attemptsPerCampaign: z.int().min(1).max(20),
    about,
    pseudonymKey: z
      .string()
      .regex(/^[\w-]{43}$/)
      .nullable()
      .describe('32 bytes, base64url: with it all stations of a programme make the same pseudonym of a citizen'),
  })
  .refine(({ validUntil, issuedAt }) => validUntil > issuedAt, 'the lease ends after the order was issued')
  .refine(({ people }) => areDistinct(people.map(({ entry }) => entry)), 'every entry stands once')
  .refine(
    ({ people }) => areDistinct(people.flatMap(({ subject }) => (subject === null ? [] : [subject]))),
    'every subject stands once in a list',
  )
  .refine(({ villages }) => areDistinct(villages.map((one) => one.code)), 'every village stands once')
  .refine(
    ({ villages }) => villages.every((one) => one.code.startsWith(one.tambon.code)),
    'a village lies in its tambon',
  )
  .refine(({ villages, people }) => {
    const codes = new Set(villages.map((one) => one.code));
    return people.every((one) => codes.has(one.village));
  }, "everybody's village is in the list");
export type WorkOrder = z.infer<typeof orderSchema>;

function areDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
