import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readChunk, readManifest } from '../contract/envelope/export.ts';
import type { Signer } from '../contract/envelope/keys.ts';
import { signReceipt } from '../contract/envelope/server-word.ts';
import { ANSWER_FILE, type ExportChunk, MANIFEST_FILE, MAX_ANSWER_BYTES } from '../contract/export.ts';
import { MAX_BYTES } from '../contract/messages.ts';
import { type Refused, refused } from '../contract/refusals.ts';
import { upTopic } from '../contract/topics.ts';
import { type CommittedChain, signedWatermark } from './chains.ts';
import { type BatchCounts, type Committed, commitBatch } from './commit-batch.ts';
import { buried, type Judged, judgeInPool, type Received } from './judge.ts';
import type { KeyRegister } from './key-register.ts';
import type { Months } from './months.ts';
import { DatabaseRefused, type HubDatabase } from './port.ts';
import { receiptsFor } from './receipts.ts';
import { writeOnce } from './write-file.ts';

/** What receipts may take of the answer: the watermarks always fit. */
const MAX_RECEIPT_BYTES = MAX_ANSWER_BYTES - 1024 * 1024;

export interface ImportOptions {
  readonly database: HubDatabase;
  readonly register: KeyRegister;
  readonly months: Months;
  readonly signer: Signer;
  readonly nowMs: () => number;
}

/** What became of one export. */
export interface ImportReport {
  readonly folder: string;
  readonly station: string;
  readonly epoch: string;
  readonly counts: BatchCounts;
  /** Chunks that are not there or not whole: their events were not taken, and are not acknowledged. */
  readonly broken: readonly string[];
  /** Events of the export that are held, and of which the answer says so one by one. */
  readonly receipts: number;
  /** File with the signed watermarks and the receipts behind them, to be carried back; `null` when there is nothing to tell. */
  readonly answer: string | null;
}

/** Folders of exports: the path itself, its folder when it is a manifest, or those that lie in it. */
export function exportsAt(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return [dirname(path)];
  if (existsSync(join(path, MANIFEST_FILE))) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, MANIFEST_FILE)))
    .map(({ name }) => join(path, name))
    .sort();
}

/**
 * Takes what was carried by hand just as if it had come through the broker, and answers the same way: with a signed watermark
 * and receipts, after the commit. Safe to do again, and beside an ingest that has the same station.
 * @returns what became of it, or why the manifest is not believed
 */
export async function importExport(folder: string, options: ImportOptions): Promise<ImportReport | Refused> {
  const { register, months, signer, nowMs } = options;
  const path = join(folder, MANIFEST_FILE);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES.export)
    return refused('too-large', MANIFEST_FILE);
  const read = readManifest(readFileSync(path), { keys: register.keys, nowMs: nowMs() });
  if (read.kind === 'refused') return read;
  const { station, epoch, chunks } = read.manifest;
  await months.ensure(nowMs());
  const counts = { events: 0, duplicates: 0, quarantined: 0, deadLetters: 0, putOff: 0 };
  const broken: string[] = [];
  const told = new Map<string, CommittedChain>();
  const receipts: string[] = [];
  let receiptBytes = 0;
  for (const chunk of chunks) {
    const messages = messagesOf(folder, chunk);
    if (!messages) {
      broken.push(chunk.name);
      continue;
    }
    const received = messages.map((payload) => ({ topic: upTopic(station, 'ev'), payload }));
    const judged = await judgeAll(received, options);
    for (const { counts: more, chains } of await commit(judged, received, options)) {
      for (const name of Object.keys(counts) as (keyof BatchCounts)[]) counts[name] += more[name];
      for (const chain of chains) told.set(chain.epoch, chain);
    }
    for (const receipt of await receiptsFor(options.database, placesOf(judged))) {
      const line = Buffer.from(signReceipt(receipt, signer)).toString();
      receiptBytes += line.length + 1;
      if (receiptBytes <= MAX_RECEIPT_BYTES) receipts.push(line);
    }
  }
  if (told.size === 0) return { folder, station, epoch, counts, broken, receipts: 0, answer: null };
  const lines = [...told.values()].map((chain) =>
    Buffer.from(signedWatermark(chain, signer, null, nowMs())).toString(),
  );
  const answer = join(folder, ANSWER_FILE);
  writeOnce(answer, `${[...lines, ...receipts].join('\n')}\n`, 0o644);
  return { folder, station, epoch, counts, broken, receipts: receipts.length, answer };
}

function messagesOf(folder: string, chunk: ExportChunk): readonly Uint8Array[] | undefined {
  const path = join(folder, chunk.name);
  if (statSync(path, { throwIfNoEntry: false })?.size !== chunk.bytes) return undefined;
  const read = readChunk(readFileSync(path), chunk);
  return read.kind === 'events' ? read.messages : undefined;
}

function judgeAll(received: readonly Received[], { register, nowMs }: ImportOptions): Promise<readonly Judged[]> {
  const judging = { keys: register.keys, isRegistered: (name: string) => register.isRegistered(name), nowMs: nowMs() };
  return Promise.all(received.map((one) => judgeInPool(one, judging)));
}

/** Where the events of a chunk would stand. */
function placesOf(judged: readonly Judged[]) {
  return judged.flatMap((one) => {
    if (one.kind !== 'event') return [];
    const { station, epoch, seq } = one.event.envelope;
    return [{ station, epoch, seq, hash: one.event.hash }];
  });
}

async function commit(
  judged: readonly Judged[],
  received: readonly Received[],
  options: ImportOptions,
): Promise<readonly Committed[]> {
  const { database, nowMs } = options;
  try {
    return [await commitBatch(database, judged, nowMs())];
  } catch (error) {
    if (!(error instanceof DatabaseRefused)) throw error;
    const [only] = received;
    if (received.length > 1) {
      const half = received.length >> 1;
      const first = await commit(judged.slice(0, half), received.slice(0, half), options);
      return [...first, ...(await commit(judged.slice(half), received.slice(half), options))];
    }
    return only ? [await commitBatch(database, [buried(only)], nowMs())] : [];
  }
}
