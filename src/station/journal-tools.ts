import { existsSync } from 'node:fs';
import type { JournalEvent, VerifyReport } from '../journal/port.ts';
import { StationFault } from '../shared/fault.ts';
import { systemClock } from './clock.ts';
import { journalPath } from './paths.ts';
import { openJournalToRead } from './registry.ts';

/** Walks the chain of the journal in `dataDir`. @throws StationFault `USAGE` when there is none, `JOURNAL_CORRUPT` */
export async function verifyJournal(dataDir: string): Promise<VerifyReport> {
  await using journal = await open(dataDir);
  return journal.verify();
}

/** Events of the journal, oldest first. */
export async function listJournal(dataDir: string, afterSeq: number, limit: number): Promise<readonly JournalEvent[]> {
  await using journal = await open(dataDir);
  return journal.list(afterSeq, limit);
}

async function open(dataDir: string) {
  const path = journalPath(dataDir);
  if (!existsSync(path)) throw new StationFault('USAGE', path, `${path}: there is no journal yet; play a visit first`);
  return openJournalToRead(path, systemClock('checked'));
}
