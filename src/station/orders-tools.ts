import { existsSync } from 'node:fs';
import { loadSettings } from '../config/load-settings.ts';
import type { Refused } from '../contract/refusals.ts';
import type { DurableJournal } from '../journal/port.ts';
import type { Clock } from '../shared/clock.ts';
import { StationFault } from '../shared/fault.ts';
import { systemClock } from './clock.ts';
import { journalKeys, openKnownKeys } from './journal-keys.ts';
import { openJournal } from './journal-registry.ts';
import { openToRead } from './journal-tools.ts';
import { forgetList, openRoster } from './open-roster.ts';
import { journalPath } from './paths.ts';
import { openListStore } from './roster-registry.ts';
import { ordersAt, readOrdersFile } from './sticks.ts';
import { ordersTaker, type TakenOrders } from './take-orders.ts';

const ORDERS_TAKEN = 'th.thuengban.roster.orders-taken.v1';

/**
 * Takes over the work orders at a path, as the station would, and writes it down in the journal.
 * @param path a sealed file, or a folder with such files
 * @param ownClock by which it is written down; `null` = the machine's
 * @throws StationFault `USAGE` when there is none, `ORDERS_REFUSED`, `TRUST_MISSING`
 */
export async function importOrders(
  dataDir: string,
  path: string,
  ownClock: Clock | null,
): Promise<readonly { readonly file: string; readonly taken: TakenOrders | Refused }[]> {
  const files = ordersAt(path);
  if (files.length === 0) throw new StationFault('USAGE', path, `${path}: no work order there (*.orders)`);
  const { settings } = loadSettings(dataDir);
  const station = settings.station.id;
  const keys = openKnownKeys(dataDir, station);
  if (!keys.trust) throw keys.trustFault ?? new StationFault('TRUST_MISSING', dataDir, 'no trust file');
  const clock = ownClock ?? systemClock(settings.station.clock);
  await using journal = await openJournal({
    dataDir,
    station,
    clock,
    keys: journalKeys(keys),
    config: settings.journal,
    onSetAside: () => undefined,
  });
  const store = await openListStore(dataDir, keys.dataKey);
  const roster = openRoster(store, journal, () => undefined);
  const nowMs = () => clock.now().getTime();
  const take = ordersTaker({ station, keys: keys.trust.keys, opening: keys.opening, store, roster, nowMs });
  const results: { file: string; taken: TakenOrders | Refused }[] = [];
  for (const file of files) {
    const taken = await take(readOrdersFile(file), 'file');
    if (taken.kind === 'taken' && !taken.isKnown) await writeDown(journal, taken);
    results.push({ file, taken });
  }
  return results;
}

async function writeDown(journal: DurableJournal, { order, rev, sha256, people, from }: TakenOrders): Promise<void> {
  await journal.append({ type: ORDERS_TAKEN, data: { order, rev, sha256, people, from } });
}

/** What is kept, in counts: no names. */
export async function showOrders(dataDir: string, today: string) {
  const station = loadSettings(dataDir).settings.station.id;
  const { store, broken, lists } = await openLists(dataDir, station);
  await using journal = existsSync(journalPath(dataDir)) ? await openToRead(dataDir) : undefined;
  const roster = openRoster(store, journal ?? { notes: () => [] }, () => undefined);
  return { ...roster.overview(today), broken, kept: lists };
}

/** Forgets one list, or all. @returns ids of those that were there */
export async function forgetOrders(dataDir: string, id: string | undefined): Promise<readonly string[]> {
  const { store } = await openLists(dataDir, loadSettings(dataDir).settings.station.id);
  const roster = openRoster(store, { notes: () => [] }, () => undefined);
  const ids = roster
    .lists()
    .map((list) => list.id)
    .filter((one) => id === undefined || one === id);
  for (const one of ids) forgetList(roster, store, one);
  return ids;
}

async function openLists(dataDir: string, station: string) {
  const store = await openListStore(dataDir, openKnownKeys(dataDir, station).dataKey);
  const broken: string[] = [];
  const lists = store.read((file) => broken.push(file)).length;
  return { store, broken, lists };
}
