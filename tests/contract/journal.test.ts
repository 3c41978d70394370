import { join } from 'node:path';
import { SqliteJournal } from '../../src/journal/drivers/sqlite/sqlite-journal.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { tempFolder } from '../fixtures/temp.ts';
import { describeJournal } from './journal.contract.ts';

const options = { station: 'st-test', clock: fixedClock(), minFreeBytes: 1 };

describeJournal('SQLite in memory', async () => new SqliteJournal({ path: ':memory:', ...options }));
describeJournal('SQLite in a file', async () => {
  const folder = tempFolder();
  const journal = new SqliteJournal({ path: join(folder.path, 'journal.sqlite'), ...options });
  const dispose = journal[Symbol.asyncDispose].bind(journal);
  journal[Symbol.asyncDispose] = async () => {
    await dispose();
    folder[Symbol.dispose]();
  };
  return journal;
});
