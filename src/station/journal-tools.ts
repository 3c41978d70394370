import { existsSync } from 'node:fs';
import { loadSettings } from '../config/load-settings.ts';
import { payloadOf } from '../contract/envelope/jws.ts';
import type { DurableJournal, KeptEvent, VerifyReport } from '../journal/port.ts';
import { StationFault } from '../shared/fault.ts';
import { systemClock } from './clock.ts';
import { journalKeys, openKnownKeys } from './journal-keys.ts';
import { openJournalToRead } from './journal-registry.ts';
import { journalPath } from './paths.ts';

/** Walks the chain of the journal in `dataDir`, signatures included. @throws StationFault `USAGE` when there is none, `JOURNAL_CORRUPT` */
export async function verifyJournal(dataDir: string): Promise<VerifyReport> {
  await using journal = await openToRead(dataDir);
  return journal.verify();
}

/** An event with what it says; sealed data stays sealed. `null` = it was shredded. */
export type ListedEvent = Omit<KeptEvent, 'body'> & { readonly event: unknown };

/** Events of the journal, oldest first. */
export async function listJournal(dataDir: string, afterSeq: number, limit: number): Promise<readonly ListedEvent[]> {
  await using journal = await openToRead(dataDir);
  return journal.list(afterSeq, limit).map(({ body, ...kept }) => ({ ...kept, event: body && payloadOf(body) }));
}

/** Opens the journal in `dataDir` to look at it. @throws StationFault `USAGE` when there is none, `JOURNAL_CORRUPT` */
export async function openToRead(dataDir: string): Promise<DurableJournal> {
  const path = journalPath(dataDir);
  if (!existsSync(path)) throw new StationFault('USAGE', path, `${path}: there is no journal yet; play a visit first`);
  const station = loadSettings(dataDir).settings.station.id;
  const keys = journalKeys(openKnownKeys(dataDir, station));
  return openJournalToRead({ dataDir, station, clock: systemClock('checked'), keys });
}
