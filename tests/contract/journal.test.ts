import { join } from 'node:path';
import { testJournal } from '../fixtures/journal.ts';
import { tempFolder } from '../fixtures/temp.ts';
import { describeJournal } from './journal.contract.ts';

describeJournal('SQLite in memory', async () => testJournal());
describeJournal('SQLite in a file', async () => {
  const folder = tempFolder();
  const journal = testJournal({ path: join(folder.path, 'journal.sqlite') });
  const dispose = journal[Symbol.asyncDispose].bind(journal);
  journal[Symbol.asyncDispose] = async () => {
    await dispose();
    folder[Symbol.dispose]();
  };
  return journal;
});
