import { z } from 'zod';
import { code, epochId, instant, sha256 } from './ids.ts';

/** Retained, and the will: `lost` is what the broker says when the station falls silent. */
export const statusSchema = z.object({
  state: z.enum(['online', 'offline', 'lost']),
  session: z
    .int()
    .nonnegative()
    .optional()
    .describe('Counts connections of one boot: a late will of an older one is void'),
  bootId: z.string().min(1).max(64),
  epoch: epochId,
});
export type StationStatus = z.infer<typeof statusSchema>;

/** Retained: what the station is like; no citizen. */
export const infoSchema = z.object({
  version: z.string().max(64),
  at: instant,
  clock: z.object({ state: z.enum(['synced', 'unsynced', 'holdover']) }),
  outbox: z.object({
    pending: z.int().nonnegative(),
    unsettled: z.int().nonnegative(),
    oldestPendingAt: instant.nullable(),
    bytes: z.int().nonnegative().optional(),
  }),
  parts: z.array(
    z.object({
      part: code,
      state: code,
      since: z.string().max(64),
      name: z.string().max(200).nullable(),
      fault: code.nullable(),
    }),
  ),
  eventTypes: z.array(z.string().max(200)).optional().describe('Event types that this station writes'),
  config: z
    .object({
      rev: z.int().nonnegative().describe('0 = none was ever taken over'),
      hash: sha256.nullable().describe('Of the signed statement, as it was published'),
      refused: code.nullable(),
    })
    .optional()
    .describe('Reported settings: the revision in force, and why the desired one is not'),
  orders: z.object({ rev: z.int().positive(), sha256 }).optional().describe('Newest work order that is known'),
  revoke: z
    .object({ rev: z.int().positive(), hash: sha256 })
    .optional()
    .describe('Newest revocations that are known, and the hash of the signed statement'),
  certificateEndsAt: instant.nullable().optional(),
});
export type StationInfo = z.infer<typeof infoSchema>;

/** Figures that may be lost. */
export const healthSchema = z.object({ at: instant, figures: z.record(z.string().max(100), z.number()) });

/** Answer to one command. */
export const resultSchema = z.object({
  id: z.uuid(),
  cmdSeq: z.int().positive(),
  result: z.enum(['done', 'refused', 'failed']),
  code: code.nullable(),
  at: instant,
  data: z.record(z.string(), z.unknown()).optional(),
});
export type CommandResult = z.infer<typeof resultSchema>;
