import type { JournalConfig } from '../journal/config.ts';
import type { DurableJournal, JournalKeys } from '../journal/port.ts';
import type { Clock } from '../shared/clock.ts';

/** The file that knows the journal's driver, and where it lies in the data folder. */

/** The journal in earnest: it can be filled, damaged or rolled back, and goes on. */
export interface StationJournal extends DurableJournal {
  /** Makes ballast again that was given up, once there is room for it. */
  keepBallast(): void;
}

export interface OpenJournalOptions {
  readonly dataDir: string;
  readonly station: string;
  readonly clock: Clock;
  readonly keys: JournalKeys;
}

/** @throws StationFault `DISK_FULL`, `INTERNAL` when no journal can be had at all */
export async function openJournal(
  options: OpenJournalOptions & {
    readonly config: JournalConfig;
    /** Told of each journal that had to be set aside, and where it lies. */
    readonly onSetAside: (reason: string, aside: string) => void;
  },
): Promise<StationJournal> {
  const { KeptJournal } = await import('../journal/drivers/sqlite/kept-journal.ts');
  return new KeptJournal(options);
}

/** Opens an existing journal to look at; creates and changes nothing. */
export async function openJournalToRead({
  dataDir,
  station,
  clock,
  keys,
}: OpenJournalOptions): Promise<DurableJournal> {
  const { SqliteJournal } = await import('../journal/drivers/sqlite/sqlite-journal.ts');
  const { HeadFile } = await import('../journal/drivers/sqlite/head-file.ts');
  const { journalPlaces } = await import('../journal/drivers/sqlite/set-aside.ts');
  const { database, head } = journalPlaces(dataDir);
  const headFile = new HeadFile(head);
  return new SqliteJournal({
    path: database,
    station,
    clock,
    keys,
    minFreeBytes: 0,
    isReadOnly: true,
    knownHead: () => headFile.read(),
  });
}

/** Ways of carrying events by hand. */
export async function carrying() {
  const { exportEvents } = await import('../journal/drivers/stick/export-events.ts');
  const { openSalvage } = await import('../journal/drivers/sqlite/salvage.ts');
  return { exportEvents, openSalvage };
}
