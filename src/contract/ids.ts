import { z } from 'zod';

/** What a station may be called: part of every topic, so it holds nothing that MQTT gives a meaning to (`/ + # $`). */
export const STATION_ID = /^[a-z0-9][a-z0-9-]{2,31}$/;

export const stationId = z.string().regex(STATION_ID).describe('Station id: 3 to 32 of a-z, 0-9 and hyphen');
export const epochId = z.string().min(1).max(64).describe('Random name of one life of a journal');
export const seqNumber = z.int().positive().describe('Place in the epoch: 1, 2, 3 … without gaps');
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 in lower-case hexadecimal digits');
export const keyId = z
  .string()
  .regex(/^[\w.:-]{1,64}$/)
  .describe('Name of a key');
export const instant = z.iso.datetime({ precision: 3 }).describe('UTC, RFC 3339, milliseconds, ends in Z');
/** Reasons, results and the like: a newer minor version may know more of them, so they are no closed list. */
export const code = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)
  .describe('A code; readers keep codes that they do not know');
