import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { readChunk, readManifest, signManifest } from '../../../contract/envelope/export.ts';
import { messageHash } from '../../../contract/envelope/jws.ts';
import type { KeyRegistry, Signer } from '../../../contract/envelope/keys.ts';
import { CHUNK_LIMITS, chunkName, type ExportChunk, exportFolder, MANIFEST_FILE } from '../../../contract/export.ts';
import { StationFault } from '../../../shared/fault.ts';

/** An event as it would be published. */
export interface CarriedEvent {
  readonly seq: number;
  readonly body: Uint8Array;
}

export interface ExportOptions {
  /** Folder on the stick; the export gets one of its own in it. */
  readonly dir: string;
  readonly station: string;
  readonly epoch: string;
  readonly at: Date;
  readonly signer: Signer;
  /** By which a manifest that is there already is known as this station's. */
  readonly own: KeyRegistry;
  /** Events after `afterSeq`, oldest first; an empty list is the end. */
  readonly read: (afterSeq: number, limit: number) => readonly CarriedEvent[];
}

export interface ExportReport {
  readonly folder: string;
  /** Events on the stick, those of an earlier attempt included. */
  readonly events: number;
  readonly bytes: number;
  /** Events that were there from an earlier attempt. */
  readonly resumed: number;
  /** Last place on the stick, 0 = nothing. */
  readonly upto: number;
}

const READ_AT_ONCE = 50;

/**
 * Writes events to a stick, chunk by chunk, each on the stick before the manifest names it: one that is pulled holds an export of
 * what is there, and the next attempt goes on behind it.
 * @throws StationFault `STICK_FAILED` when it cannot be written
 */
export async function exportEvents(options: ExportOptions, signal: AbortSignal): Promise<ExportReport> {
  const { dir, station, epoch, at, signer } = options;
  const folder = join(dir, exportFolder(station, epoch));
  try {
    mkdirSync(folder, { recursive: true });
    const chunks = [...soundChunks(folder, options)];
    const resumed = count(chunks, 'events');
    const tellManifest = () =>
      writeWhole(folder, MANIFEST_FILE, signManifest({ station, epoch, at: at.toISOString(), chunks }, signer));
    for (let chunk = nextChunk(options, uptoOf(chunks)); chunk; chunk = nextChunk(options, uptoOf(chunks))) {
      signal.throwIfAborted();
      const { bytes, ...described } = chunk;
      writeWhole(folder, described.name, bytes);
      chunks.push({ ...described, bytes: bytes.length, sha256: messageHash(bytes) });
      tellManifest();
      // Whoever else lives in this process gets his turn.
      await new Promise(setImmediate);
    }
    // An export of nothing says so, instead of being no export.
    if (!existsSync(join(folder, MANIFEST_FILE))) tellManifest();
    return { folder, events: count(chunks, 'events'), bytes: count(chunks, 'bytes'), resumed, upto: uptoOf(chunks) };
  } catch (cause) {
    if (signal.aborted || cause instanceof StationFault) throw cause;
    throw new StationFault('STICK_FAILED', folder, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Chunks of an earlier attempt, up to the first one that is not wholly there. */
function soundChunks(folder: string, { station, epoch, own, at }: ExportOptions): readonly ExportChunk[] {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) return [];
  const read = readManifest(readFileSync(path), { keys: own, nowMs: at.getTime() });
  if (read.kind === 'refused' || read.manifest.station !== station || read.manifest.epoch !== epoch) return [];
  const { chunks } = read.manifest;
  const broken = chunks.findIndex((chunk) => !isWhole(join(folder, chunk.name), chunk));
  return broken === -1 ? chunks : chunks.slice(0, broken);
}

function isWhole(path: string, chunk: ExportChunk): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.size !== chunk.bytes) return false;
  return readChunk(readFileSync(path), chunk).kind === 'events';
}

function nextChunk({ read }: ExportOptions, afterSeq: number) {
  const taken: CarriedEvent[] = [];
  let size = 0;
  const isFull = () => taken.length >= CHUNK_LIMITS.events || size >= CHUNK_LIMITS.bytes;
  for (let last = afterSeq; !isFull(); ) {
    const found = read(last, Math.min(READ_AT_ONCE, CHUNK_LIMITS.events - taken.length));
    if (found.length === 0) break;
    for (const event of found) {
      if (isFull()) break;
      taken.push(event);
      size += event.body.length + 1;
      last = event.seq;
    }
  }
  const [from, upto] = [taken[0]?.seq, taken.at(-1)?.seq];
  if (from === undefined || upto === undefined) return undefined;
  const bytes = Buffer.concat(taken.flatMap(({ body }) => [body, Buffer.from('\n')]));
  return { name: chunkName(from, upto), from, upto, events: taken.length, bytes };
}

/** Under its name a file is whole, or not there. */
function writeWhole(folder: string, name: string, bytes: Uint8Array): void {
  const path = join(folder, name);
  const file = openSync(`${path}.part`, 'w');
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path);
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function uptoOf(chunks: readonly ExportChunk[]): number {
  return chunks.at(-1)?.upto ?? 0;
}

function count(chunks: readonly ExportChunk[], what: 'events' | 'bytes'): number {
  return chunks.reduce((sum, chunk) => sum + chunk[what], 0);
}
