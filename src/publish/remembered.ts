import { z } from 'zod';
import { code, instant, sha256 } from '../contract/ids.ts';
import { resultSchema } from '../contract/up.ts';

/** What the link keeps through a restart: numbers below which a message is a replay, and what was answered last. */
export const rememberedSchema = z.object({
  lastCmdSeq: z.int().nonnegative().default(0),
  /** Answer to the last command; told again until the broker has taken it. `null` = obeyed, but the station ended before it could say how. */
  lastCommand: z
    .object({ id: z.uuid(), result: resultSchema.nullable(), isTold: z.boolean(), correlation: z.string().nullable() })
    .nullable()
    .default(null),
  config: z.object({ rev: z.int().positive(), hash: sha256 }).nullable().default(null),
  /** Why the desired settings are not in force. */
  configRefused: z.object({ rev: z.int().positive().nullable(), code }).nullable().default(null),
  orders: z.object({ rev: z.int().positive(), sha256, size: z.int().positive(), at: instant }).nullable().default(null),
  revoke: z.object({ rev: z.int().positive(), hash: sha256, at: instant }).nullable().default(null),
});
export type Remembered = z.infer<typeof rememberedSchema>;

export const NOTHING_REMEMBERED: Remembered = rememberedSchema.parse({});
