import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { fixedClock } from '../../../../tests/fixtures/clock.ts';
import { tempFolder } from '../../../../tests/fixtures/temp.ts';
import { StationFault } from '../../../shared/fault.ts';
import { SqliteJournal } from './sqlite-journal.ts';

const options = { station: 'st-test', clock: fixedClock(), minFreeBytes: 1 };
const entry = { type: 'th.thuengban.test.v1', data: {} };

/** Opens the file as an attacker would: the guards against change are taken off first. */
function tamper(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec('DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted; PRAGMA foreign_keys = OFF;');
  db.exec(sql);
  db.close();
}

test.each([
  {
    name: 'a changed body',
    sql: "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '{}', '[]') AS BLOB) WHERE seq = 2",
    bad: 2,
    reason: 'hash-mismatch',
  },
  { name: 'a removed row', sql: 'DELETE FROM event WHERE seq = 2', bad: 2, reason: 'gap' },
  { name: 'the first row removed', sql: 'DELETE FROM event WHERE seq = 1', bad: 1, reason: 'gap' },
  {
    name: 'two rows swapped',
    sql: 'UPDATE event SET seq = 99 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3; UPDATE event SET seq = 3 WHERE seq = 99',
    bad: 2,
    reason: 'body-mismatch',
  },
])('verify names the first bad place: $name', async ({ sql, bad, reason }) => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  {
    await using journal = new SqliteJournal({ path, ...options });
    for (let n = 0; n < 4; n++) await journal.append(entry);
  }
  tamper(path, sql);
  await using journal = new SqliteJournal({ path, ...options });
  expect(journal.verify()).toMatchObject({ whole: false, firstBadSeq: bad, reason });
});

test('the database itself refuses to change or delete an event', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  await using journal = new SqliteJournal({ path, ...options });
  await journal.append(entry);
  const db = new DatabaseSync(path);
  expect(() => db.exec("UPDATE event SET type = 'x'")).toThrow(/append-only/);
  expect(() => db.exec('DELETE FROM event')).toThrow(/append-only/);
  db.close();
});

test('two processes append to one journal and the chain stays whole', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  await using journal = new SqliteJournal({ path, ...options });
  const child = fork(new URL('../../../../tests/fixtures/append-child.ts', import.meta.url), [path, '25']);
  const ended = once(child, 'exit');
  for (let n = 0; n < 25; n++) await journal.append(entry);
  await ended;
  expect(journal.verify()).toMatchObject({ whole: true, events: 50 });
});

test('nothing that was acknowledged is lost when the process is killed while it writes', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  const child = fork(new URL('../../../../tests/fixtures/append-child.ts', import.meta.url), [path, '100000']);
  let acknowledged = 0;
  const enough = Promise.withResolvers<void>();
  child.on('message', (seq) => {
    acknowledged = Number(seq);
    if (acknowledged === 40) enough.resolve();
  });
  await enough.promise;
  child.kill('SIGKILL');
  await once(child, 'exit');
  await using journal = new SqliteJournal({ path, ...options });
  const report = journal.verify();
  expect(report.whole).toBe(true);
  expect(report.events).toBeGreaterThanOrEqual(acknowledged);
});

test('a nearly full disk refuses before anything is half written', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  await using journal = new SqliteJournal({ path, ...options, minFreeBytes: Number.MAX_SAFE_INTEGER });
  await expect(journal.append(entry)).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(journal.verify()).toMatchObject({ whole: true, events: 0 });
});

test('a file that is not a journal is a coded fault and is left as it is', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  writeFileSync(path, 'not a database, but long enough to have a header that SQLite looks at'.repeat(20));
  const open = () => new SqliteJournal({ path, ...options });
  expect(open).toThrow(StationFault);
  expect(open).toThrow(expect.objectContaining({ code: 'JOURNAL_CORRUPT' }));
});

test('an opened-to-read journal changes nothing', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  await using journal = new SqliteJournal({ path, ...options });
  await journal.append(entry);
  await using reading = new SqliteJournal({ path, ...options, isReadOnly: true });
  expect(reading.epoch).toBe(journal.epoch);
  expect(reading.verify()).toMatchObject({ whole: true, events: 1 });
  await expect(reading.append(entry)).rejects.toThrow();
});
