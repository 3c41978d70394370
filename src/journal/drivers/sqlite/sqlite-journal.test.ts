import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { ingestSigner, signerOf } from '../../../../tests/fixtures/contract/keys.ts';
import { acknowledgement, testJournal, testKeys } from '../../../../tests/fixtures/journal.ts';
import { tempFolder } from '../../../../tests/fixtures/temp.ts';
import { signAcknowledgement } from '../../../contract/envelope/server-word.ts';
import { StationFault } from '../../../shared/fault.ts';

const entry = { type: 'th.thuengban.station.tested.v1', data: { nonce: 'n' } };

/** Opens the file as an attacker would: the guards against change are taken off first. */
function tamper(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  const guards = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`);
  db.exec('PRAGMA foreign_keys = OFF;');
  db.exec(sql);
  db.close();
}

const swap = (table: string) =>
  `UPDATE ${table} SET seq = 99 WHERE seq = 2; UPDATE ${table} SET seq = 2 WHERE seq = 3; UPDATE ${table} SET seq = 3 WHERE seq = 99;`;

test.each([
  {
    name: 'a changed body',
    sql: 'UPDATE body SET sealed = zeroblob(2000) WHERE seq = 2',
    bad: 2,
    reason: 'unreadable',
  },
  { name: 'a removed body', sql: 'DELETE FROM body WHERE seq = 2', bad: 2, reason: 'unreadable' },
  { name: 'a changed hash', sql: "UPDATE event SET hash = 'x' WHERE seq = 2", bad: 2, reason: 'hash-mismatch' },
  { name: 'a changed time', sql: "UPDATE event SET time = 'x' WHERE seq = 2", bad: 2, reason: 'body-mismatch' },
  { name: 'a removed row', sql: 'DELETE FROM event WHERE seq = 2', bad: 2, reason: 'gap' },
  { name: 'the first row removed', sql: 'DELETE FROM event WHERE seq = 1', bad: 1, reason: 'gap' },
  { name: 'two rows swapped', sql: swap('event'), bad: 2, reason: 'hash-mismatch' },
  {
    name: 'two rows swapped with their bodies',
    sql: swap('event') + swap('body') + swap('body_key'),
    bad: 2,
    reason: 'unreadable',
  },
  { name: 'the tail cut off', sql: 'DELETE FROM event WHERE seq >= 3', bad: 3, reason: 'cut-tail' },
])('TB-MSG-082 verify names the first bad place: $name', async ({ sql, bad, reason }) => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  {
    await using journal = testJournal({ path });
    for (let n = 0; n < 4; n++) await journal.append(entry);
  }
  tamper(path, sql);
  await using journal = testJournal({ path });
  expect(journal.verify()).toMatchObject({ whole: false, firstBadSeq: bad, reason });
});

test('TB-MSG-082 an event that another key has signed is named, however well it is locked and linked', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  {
    await using journal = testJournal({ path });
    await journal.append(entry);
  }
  {
    await using forged = testJournal({ path, keys: { ...testKeys(), signer: signerOf('station-1') } });
    await forged.append(entry);
  }
  await using journal = testJournal({ path });
  expect(journal.verify()).toMatchObject({ whole: false, firstBadSeq: 2, reason: 'signature' });
});

test('a tail that the server knows of is missed even when the file forgot its own count', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  {
    await using journal = testJournal({ path });
    for (let n = 0; n < 4; n++) await journal.append(entry);
    const ack = acknowledgement(journal.epoch, 4);
    journal.settle(ack, signAcknowledgement(ack, ingestSigner));
  }
  tamper(
    path,
    "DELETE FROM event WHERE seq = 4; DELETE FROM delivery WHERE seq = 4; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'event'",
  );
  await using journal = testJournal({ path });
  expect(journal.verify()).toMatchObject({ whole: false, firstBadSeq: 4, reason: 'cut-tail' });
});

test('the database itself refuses to change or delete an event', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  await using journal = testJournal({ path });
  await journal.append(entry);
  const db = new DatabaseSync(path);
  expect(() => db.exec("UPDATE event SET type = 'x'")).toThrow(/append-only/);
  expect(() => db.exec('DELETE FROM event')).toThrow(/append-only/);
  db.close();
});

test('two processes append to one journal and the chain stays whole', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  await using journal = testJournal({ path });
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
  await using journal = testJournal({ path });
  const report = journal.verify();
  expect(report.whole).toBe(true);
  expect(report.events).toBeGreaterThanOrEqual(acknowledged);
});

test('a nearly full disk refuses before anything is half written', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  await using journal = testJournal({ path, minFreeBytes: Number.MAX_SAFE_INTEGER });
  await expect(journal.append(entry)).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(journal.verify()).toMatchObject({ whole: true, events: 0 });
});

test('a file that is not a journal is a coded fault and is left as it is', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  writeFileSync(path, 'not a database, but long enough to have a header that SQLite looks at'.repeat(20));
  const open = () => testJournal({ path });
  expect(open).toThrow(StationFault);
  expect(open).toThrow(expect.objectContaining({ code: 'JOURNAL_CORRUPT' }));
});

test('an opened-to-read journal changes nothing', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'journal.sqlite');
  await using journal = testJournal({ path });
  await journal.append(entry);
  await using reading = testJournal({ path, isReadOnly: true });
  expect(reading.epoch).toBe(journal.epoch);
  expect(reading.verify()).toMatchObject({ whole: true, events: 1 });
  await expect(reading.append(entry)).rejects.toThrow();
});
