/** The station's own stores on the data disk. */
import type { SqliteJournal } from '../../../src/journal/drivers/sqlite/sqlite-journal.ts';
import { testJournal } from '../../fixtures/journal.ts';

export const DATA = '/data';

export function openJournal(): SqliteJournal {
  return testJournal({ path: `${DATA}/journal.sqlite` });
}

export const entry = (n: number) => ({ type: 'th.thuengban.test.v1', data: { n } });
