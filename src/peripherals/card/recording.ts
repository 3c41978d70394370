import { z } from 'zod';

const hex = z.string().regex(/^([0-9a-f]{2})*$/);

/**
 * What a reader and a card said to each other, without what the card said about its holder: every byte that came out
 * of the chip's memory is a synthetic one in the same place.
 */
export const recordingSchema = z.strictObject({
  format: z.literal(1),
  /** Version of the program that recorded it. */
  version: z.string(),
  /** The reader's name without its serial number. */
  reader: z.string(),
  atr: hex,
  exchanges: z.array(z.strictObject({ command: hex, answer: hex })).max(10_000),
});

export type Recording = z.infer<typeof recordingSchema>;
