import { z } from 'zod';
import { epochId, instant, seqNumber, sha256, stationId } from './ids.ts';

/**
 * What is carried by hand instead of by MQTT: a folder of chunks and a manifest that the station signs. A chunk holds signed
 * events as they would be published, one a line; the manifest is written anew after each chunk, so that it never names one
 * that is not wholly there, and an export that was cut short can be read and gone on with.
 */

/** File name of the manifest within an export's folder: a compact JWS. */
export const MANIFEST_FILE = 'manifest.jws';
/** File name of the server's answer within the folder: acknowledgements and receipts as compact JWS, one a line. */
export const ANSWER_FILE = 'acknowledgement.jws';
/** Most events, and most bytes, of one chunk. One more event may go past the bytes. */
export const CHUNK_LIMITS = { events: 500, bytes: 4 * 1024 * 1024 } as const;
/** A reader refuses a larger chunk before it reads it: {@link CHUNK_LIMITS} and one largest event. */
export const MAX_CHUNK_BYTES = CHUNK_LIMITS.bytes + 64 * 1024 + 1;

/** Largest answer: a reader takes no larger one, so a writer leaves receipts out beyond it. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

const chunkSchema = z.object({
  name: z.string().regex(/^events-\d{10}-\d{10}\.jws$/),
  from: seqNumber,
  upto: seqNumber,
  events: z.int().positive().max(CHUNK_LIMITS.events),
  bytes: z.int().positive().max(MAX_CHUNK_BYTES),
  sha256,
});
export type ExportChunk = z.infer<typeof chunkSchema>;

/** Signed by the station: which chunks belong to the export. Events may be missing between and within them. */
export const manifestSchema = z
  .object({ station: stationId, epoch: epochId, at: instant, chunks: z.array(chunkSchema).max(10_000) })
  .refine(({ chunks }) => isAscending(chunks), 'chunks ascend and do not overlap');
export type ExportManifest = z.infer<typeof manifestSchema>;

/** Folder of an export: one per station and epoch, the same for whoever goes on with it. */
export function exportFolder(station: string, epoch: string): string {
  return `thuengban-${station}-${epoch.replaceAll(/[^\w-]/g, '').slice(0, 36)}`;
}

export function chunkName(from: number, upto: number): string {
  return `events-${String(from).padStart(10, '0')}-${String(upto).padStart(10, '0')}.jws`;
}

function isAscending(chunks: readonly ExportChunk[]): boolean {
  return chunks.every(
    ({ name, from, upto }, i) =>
      from <= upto && name === chunkName(from, upto) && (i === 0 || from > (chunks[i - 1]?.upto ?? 0)),
  );
}
