import { z } from 'zod';
import { OUTCOMES } from './event-visit.ts';
import { code, instant, keyId, stationId } from './ids.ts';

/** Media type of a receipt (Securing Verifiable Credentials using JOSE and COSE, section 3.2.1) without `application/`. */
export const RECEIPT_TYP = 'vc+sd-jwt';
/** Longest receipt that is looked at, characters. A QR code holds 2,953 bytes. */
export const MAX_RECEIPT_CHARS = 3_000;
export const RECEIPT_TYPES = ['VerifiableCredential', 'VisitReceipt'] as const;
/**
 * Base context of the data model, and every other term as one of this protocol's. The second entry stands here and not behind an
 * address, so that nothing has to be fetched to know what a receipt says.
 */
export const RECEIPT_CONTEXT = [
  'https://www.w3.org/ns/credentials/v2',
  { '@vocab': 'urn:thuengban:receipt:' },
] as const;
export const STATION_URN = 'urn:thuengban:station:';

const day = z.iso.date();

/** What a receipt says of a visit: nothing that names, shows or scores anybody. */
export const receiptSubjectSchema = z.strictObject({
  receipt: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
  outcome: z.enum(OUTCOMES),
  reason: code.optional(),
  next: code,
  where: z.string().min(1).max(120).optional(),
  due: day.optional(),
  programme: z.string().min(1).max(64).optional(),
  number: z
    .string()
    .regex(/^\d{4}$/)
    .optional()
    .describe('The last four of the thirteen digits of the citizen number'),
  role: z.literal('representative').optional().describe('Absent on the receipt of the citizen'),
  until: day.optional().describe('Last day on which the representative may act'),
});

/** A receipt as a credential of the W3C Verifiable Credentials Data Model 2.0. */
export const receiptCredentialSchema = z.strictObject({
  '@context': z.tuple([
    z.literal(RECEIPT_CONTEXT[0]),
    z.strictObject({ '@vocab': z.literal('urn:thuengban:receipt:') }),
  ]),
  type: z.tuple([z.literal(RECEIPT_TYPES[0]), z.literal(RECEIPT_TYPES[1])]),
  issuer: z
    .string()
    .startsWith(STATION_URN)
    .refine((urn) => stationId.safeParse(urn.slice(STATION_URN.length)).success, 'a station'),
  validFrom: z.iso.datetime({ precision: 0 }).describe('UTC, whole seconds'),
  credentialSubject: receiptSubjectSchema,
});
export type ReceiptCredential = z.infer<typeof receiptCredentialSchema>;

/** Header of a receipt's signature; nothing else may stand in it. */
export const receiptHeaderSchema = z.strictObject({ alg: z.literal('EdDSA'), typ: z.literal(RECEIPT_TYP), kid: keyId });

/** Whose receipts are believed: signed by the server as a statement of the kind `issuers`. */
export const receiptTrustSchema = z.object({
  issuers: z
    .array(
      z.object({
        station: stationId,
        kid: keyId,
        jwk: z.object({
          kty: z.literal('OKP'),
          crv: z.literal('Ed25519'),
          x: z.string().regex(/^[\w-]{43}$/),
          d: z.never().optional(),
        }),
        refusedFrom: instant.nullable(),
      }),
    )
    .max(20_000),
  at: instant,
});
export type ReceiptTrust = z.infer<typeof receiptTrustSchema>;
