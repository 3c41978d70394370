import { z } from 'zod';
import { code, epochId, instant, keyId, seqNumber, sha256, stationId } from './ids.ts';

/** Most gaps that a watermark lists; where there are more it stays lower, so that it never claims what is not there. */
export const MAX_GAPS = 1000;

const gap = z.tuple([seqNumber, seqNumber]);

/** Published after the commit, retained: everything up to `upto` is in the database but the gaps. */
export const acknowledgementSchema = z
  .object({
    station: stationId,
    epoch: epochId,
    upto: z.int().nonnegative(),
    gaps: z.array(gap).max(MAX_GAPS).default([]).describe('First and last seq of each run that is missing'),
    head: sha256.nullable().optional().describe('Hash of the event at `upto`, by which a station knows a fork'),
    quarantined: z
      .array(z.object({ seq: seqNumber, code }))
      .max(MAX_GAPS)
      .default([])
      .describe('Taken and kept, but not believed: not to be sent again'),
    rateHint: z.number().positive().nullable().optional().describe('Events a second that the server wants at most'),
    at: instant,
  })
  .refine(({ upto, gaps }) => isAscending(gaps, upto), 'gaps ascend, do not touch and lie within the watermark');
export type SignedAcknowledgement = z.infer<typeof acknowledgementSchema>;

function isAscending(gaps: readonly (readonly [number, number])[], upto: number): boolean {
  let end = -1;
  for (const [first, last] of gaps) {
    if (first > last || last >= upto || first <= end + 1) return false;
    end = last;
  }
  return true;
}

/** The server's word that it holds one event, for whoever has to prove it later. */
export const receiptSchema = z.object({
  station: stationId,
  epoch: epochId,
  seq: seqNumber,
  id: z.uuid(),
  hash: sha256.describe('Of the signed event, as it was published'),
  committedAt: instant,
});
export type Receipt = z.infer<typeof receiptSchema>;

/** What a station may be told to do; anything else is refused. */
export const COMMANDS = {
  report: { title: 'Publish info and health now', args: z.object({}) },
  resend: { title: 'Send events again', args: z.object({ epoch: epochId, from: seqNumber, upto: seqNumber }) },
  restart: { title: 'Restart the station between two visits', args: z.object({}) },
  'rotate-keys': { title: 'Make new keys and ask for a certificate', args: z.object({}) },
  'fetch-update': {
    title: 'Fetch a signed bundle, and use it between two visits',
    args: z.object({ version: z.string().max(64), seq: z.int().positive(), sha256 }),
  },
} as const satisfies Record<string, { readonly title: string; readonly args: z.ZodObject }>;
export type CommandName = keyof typeof COMMANDS;

export const commandSchema = z.object({
  station: stationId,
  id: z.uuid(),
  cmdSeq: z.int().positive().describe('Grows with every command to this station; one that does not is a replay'),
  name: z.string().max(64),
  args: z.record(z.string(), z.unknown()),
  notBefore: instant,
  expires: instant,
});
export type Command = z.infer<typeof commandSchema>;

/** Desired settings. The station answers with the revision in force, in its info message. */
export const configSchema = z.object({
  station: stationId,
  rev: z.int().positive(),
  doc: z.object({
    settings: z.record(z.string(), z.unknown()),
    programmes: z.array(z.record(z.string(), z.unknown())).default([]),
  }),
  at: instant,
});
export type DesiredConfig = z.infer<typeof configSchema>;

/** Where the work order is: the list of people itself never goes through the broker. */
export const ordersSchema = z.object({
  station: stationId,
  rev: z.int().positive(),
  sha256,
  size: z.int().positive(),
  more: z
    .array(z.object({ sha256, size: z.int().positive() }))
    .max(20)
    .optional()
    .describe('Other work orders of this station that are in force, for one that was away when they were told'),
  at: instant,
});
export type OrdersPointer = z.infer<typeof ordersSchema>;

export const revokeSchema = z.object({
  rev: z.int().positive(),
  minVersion: z.string().max(64),
  revokedStations: z.array(stationId).max(10_000),
  revokedSigners: z.array(z.object({ kid: keyId, from: instant })).max(10_000),
  at: instant,
});

export const ingestStateSchema = z.object({ state: z.enum(['online', 'offline']), at: instant.optional() });
