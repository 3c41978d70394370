import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadSettings } from '../config/load-settings.ts';
import { linesOf } from '../contract/envelope/export.ts';
import { ANSWER_FILE, MAX_ANSWER_BYTES } from '../contract/export.ts';
import { type TakenWord, takeServerWord } from '../journal/take-word.ts';
import { StationFault } from '../shared/fault.ts';
import { asideJournals, RECOVERED_FILE } from './aside-journals.ts';
import { systemClock } from './clock.ts';
import { journalKeys, openKnownKeys } from './journal-keys.ts';
import { carrying, openJournal } from './journal-registry.ts';
import { openToRead } from './journal-tools.ts';

function open(dataDir: string) {
  const { settings } = loadSettings(dataDir);
  const station = settings.station.id;
  const keys = openKnownKeys(dataDir, station);
  return { settings, station, keys, clock: systemClock(settings.station.clock) };
}

/**
 * Writes the outbox, or everything that can still be read, to a folder on a stick.
 * @throws StationFault `USAGE` without a journal, `STICK_FAILED`
 */
export async function exportJournal(
  dataDir: string,
  { dir, isAll }: { readonly dir: string; readonly isAll: boolean },
  signal: AbortSignal,
) {
  const { station, keys, clock } = open(dataDir);
  await using journal = await openToRead(dataDir);
  const read = (afterSeq: number, limit: number) =>
    isAll
      ? readable(journal.list(afterSeq, limit), (last) => journal.list(last, limit))
      : journal.outbox(afterSeq, limit);
  const { exportEvents } = await carrying();
  const { signer, own } = keys;
  return await exportEvents({ dir, station, epoch: journal.epoch, at: clock.now(), signer, own, read }, signal);
}

type Page = readonly { readonly seq: number; readonly body: Uint8Array | null }[];

/** The events of a page that were not shredded; of a page without any, those of the next one that has some. */
function readable(page: Page, next: (afterSeq: number) => Page): readonly { seq: number; body: Uint8Array }[] {
  for (let at = page; at.length > 0; at = next(at.at(-1)?.seq ?? 0)) {
    const kept = at.flatMap(({ seq, body }) => (body ? [{ seq, body }] : []));
    if (kept.length > 0) return kept;
  }
  return [];
}

/**
 * Takes what the server has answered to an export, as if it had come over the network.
 * @param given the answer's file, or the export's folder with the answer in it
 * @throws StationFault `USAGE`, `TRUST_MISSING`
 */
export async function importAnswer(dataDir: string, given: string): Promise<readonly TakenWord[]> {
  const isFolder = statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
  const path = isFolder ? join(given, ANSWER_FILE) : given;
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined || size > MAX_ANSWER_BYTES)
    throw new StationFault('USAGE', path, `${path}: ${size === undefined ? 'not there' : 'too large for an answer'}`);
  const { settings, station, keys, clock } = open(dataDir);
  if (!keys.trust) throw keys.trustFault ?? new StationFault('TRUST_MISSING', dataDir, 'no trust file');
  const config = settings.journal;
  const said: string[] = [];
  const onSetAside = (reason: string, aside: string) => said.push(`${reason}: ${aside}`);
  await using journal = await openJournal({ dataDir, station, clock, keys: journalKeys(keys), config, onSetAside });
  const reader = { station, keys: keys.trust.keys, nowMs: clock.now().getTime() };
  return linesOf(readFileSync(path)).map((line) => takeServerWord(journal, line, reader));
}

/** What became of one journal that was set aside. */
export interface Recovered {
  readonly aside: string;
  readonly events: number;
  /** Places that the file knows of and that cannot be read any more: shredded, damaged or not signed. */
  readonly unreadable: number;
  readonly folder: string | null;
}

/** Exports what can be read of each journal that was set aside; the file stays where it is. @throws StationFault `STICK_FAILED` */
export async function recoverJournals(
  dataDir: string,
  dir: string,
  signal: AbortSignal,
): Promise<readonly Recovered[]> {
  const { station, keys, clock } = open(dataDir);
  const { exportEvents, openSalvage } = await carrying();
  const recovered: Recovered[] = [];
  for (const aside of asideJournals(dataDir)) {
    using salvage = openSalvage(aside, station, journalKeys(keys));
    const { epoch, last } = salvage;
    const { signer, own } = keys;
    const read = (afterSeq: number, limit: number) => salvage.read(afterSeq, limit);
    const report =
      epoch !== undefined && read(0, 1).length > 0
        ? await exportEvents({ dir, station, epoch, at: clock.now(), signer, own, read }, signal)
        : undefined;
    const events = report?.events ?? 0;
    const one: Recovered = {
      aside: basename(aside),
      events,
      unreadable: Math.max(0, last - events),
      folder: report?.folder ?? null,
    };
    writeFileSync(join(aside, RECOVERED_FILE), `${JSON.stringify({ at: clock.now().toISOString(), ...one })}\n`);
    recovered.push(one);
  }
  return recovered;
}
