/** The station's own stores on the data disk. */
import { SqliteJournal } from '../../../src/journal/drivers/sqlite/sqlite-journal.ts';
import { fixedClock } from '../../fixtures/clock.ts';

export const DATA = '/data';

export function openJournal(): SqliteJournal {
  return new SqliteJournal({ path: `${DATA}/journal.sqlite`, station: 'st-vm', clock: fixedClock(), minFreeBytes: 1 });
}

export const entry = (n: number) => ({ type: 'th.thuengban.test.v1', data: { n } });
