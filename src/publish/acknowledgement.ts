import { z } from 'zod';
import type { Acknowledgement } from '../journal/port.ts';

const schema = z.object({
  epoch: z.string().min(1).max(64),
  upto: z.int().nonnegative(),
  gaps: z
    .array(z.tuple([z.int().positive(), z.int().positive()]))
    .max(1000)
    .default([]),
});

const MAX_BYTES = 64 * 1024;

/** Reads the ingest's watermark; anything malformed is `undefined`, never an error. */
export function parseAcknowledgement(payload: Uint8Array): Acknowledgement | undefined {
  if (payload.length > MAX_BYTES) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
