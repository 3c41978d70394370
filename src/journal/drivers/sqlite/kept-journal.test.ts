import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { fixedClock } from '../../../../tests/fixtures/clock.ts';
import { ingestSigner, signerOf } from '../../../../tests/fixtures/contract/keys.ts';
import { acknowledgement, saidBy, TEST_STATION, testKeys } from '../../../../tests/fixtures/journal.ts';
import { tempFolder } from '../../../../tests/fixtures/temp.ts';
import { signAcknowledgement } from '../../../contract/envelope/server-word.ts';
import { type AsideReason, KeptJournal, type KeptJournalOptions } from './kept-journal.ts';

const entry = { type: 'th.thuengban.station.tested.v1', data: { nonce: 'n' } };

/** A station's data folder, and what was told of journals that were set aside. */
function bench() {
  const folder = tempFolder();
  const dataDir = folder.path;
  const told: [AsideReason, string][] = [];
  const open = (rest: Partial<KeptJournalOptions> = {}) =>
    new KeptJournal({
      dataDir,
      station: TEST_STATION,
      clock: fixedClock(),
      keys: testKeys(),
      config: { maxBytes: 100_000_000, ballastBytes: 100_000 },
      onSetAside: (reason, aside) => told.push([reason, aside]),
      ...rest,
    });
  const firstData = (journal: KeptJournal) => saidBy(journal.list(0, 1)[0]?.body ?? new Uint8Array()).data;
  return { dataDir, told, open, firstData, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

async function fill(journal: KeptJournal, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await journal.append(entry);
}

test('TB-MSG-083 a new journal begins with its epoch, which names none before it; a restart changes nothing', async () => {
  using here = bench();
  let epoch: string;
  {
    await using journal = here.open();
    await fill(journal, 2);
    epoch = journal.epoch;
    expect(here.firstData(journal)).toEqual({ previous: null });
  }
  await using again = here.open();
  expect(again.epoch).toBe(epoch);
  expect(again.verify()).toMatchObject({ whole: true, events: 3 });
  expect(here.told).toEqual([]);
});

test('TB-MSG-083 an older image of the folder is noticed by the server’s watermark: a new epoch, the old file kept', async () => {
  using here = bench();
  {
    await using journal = here.open();
    await fill(journal, 3);
  }
  const image = join(here.dataDir, 'image');
  cpSync(join(here.dataDir, 'journal'), image, { recursive: true });
  const oldHead = readFileSync(join(here.dataDir, 'journal.head'));
  await using journal = here.open();
  const epoch = journal.epoch;
  await fill(journal, 2);
  await journal[Symbol.asyncDispose]();
  // The whole disk is put back, head file and all.
  rmSync(join(here.dataDir, 'journal'), { recursive: true });
  cpSync(image, join(here.dataDir, 'journal'), { recursive: true });
  writeFileSync(join(here.dataDir, 'journal.head'), oldHead);
  await using restored = here.open();
  expect(restored.epoch).toBe(epoch);
  const head = restored.list(3, 1)[0]?.hash;
  const ack = acknowledgement(epoch, 6);
  restored.settle(ack, signAcknowledgement(ack, signerOf('control-1')));
  expect(restored.epoch).toBe(epoch);
  restored.settle(ack, signAcknowledgement(ack, ingestSigner));
  expect(restored.epoch).not.toBe(epoch);
  expect(here.told).toEqual([['rolled-back', expect.stringContaining('journal-aside-')]]);
  expect(here.firstData(restored)).toEqual({ previous: { epoch, seq: 4, head } });
  const next = await restored.append(entry);
  expect(next).toMatchObject({ seq: 2, epoch: restored.epoch });
  expect(existsSync(join(here.told[0]?.[1] ?? '', 'journal.sqlite'))).toBe(true);
});

test('TB-MSG-083 an older image of the file alone is noticed when it is opened', async () => {
  using here = bench();
  const copy = join(here.dataDir, 'copy');
  {
    await using journal = here.open();
    await fill(journal, 1);
  }
  cpSync(join(here.dataDir, 'journal'), copy, { recursive: true });
  let last: string;
  let epoch: string;
  {
    await using journal = here.open();
    last = (await journal.append(entry)).hash;
    epoch = journal.epoch;
  }
  rmSync(join(here.dataDir, 'journal'), { recursive: true });
  cpSync(copy, join(here.dataDir, 'journal'), { recursive: true });
  await using journal = here.open();
  expect(here.told.map(([reason]) => reason)).toEqual(['rolled-back']);
  expect(here.firstData(journal)).toEqual({ previous: { epoch, seq: 3, head: last } });
});

test('a deleted journal is missed: the new epoch names its head', async () => {
  using here = bench();
  let epoch: string;
  {
    await using journal = here.open();
    epoch = journal.epoch;
  }
  rmSync(join(here.dataDir, 'journal'), { recursive: true });
  await using journal = here.open();
  expect(here.firstData(journal)).toMatchObject({ previous: { epoch, seq: 1 } });
});

test.each([
  { name: 'garbage', spoil: (path: string) => writeFileSync(path, Buffer.alloc(40_000, 0x5a)) },
  { name: 'cut in the middle', spoil: (path: string) => truncateSync(path, 9_000) },
])(
  'TB-MSG-084 a damaged file ($name) is set aside, never deleted, and work goes on in a new epoch',
  async ({ spoil }) => {
    using here = bench();
    let epoch: string;
    {
      await using journal = here.open();
      await fill(journal, 20);
      epoch = journal.epoch;
    }
    spoil(join(here.dataDir, 'journal', 'journal.sqlite'));
    const spoilt = readFileSync(join(here.dataDir, 'journal', 'journal.sqlite'));
    await using journal = here.open();
    await fill(journal, 1);
    expect(here.told.map(([reason]) => reason)).toEqual(['corrupt']);
    expect(readFileSync(join(here.told[0]?.[1] ?? '', 'journal.sqlite'))).toEqual(spoilt);
    expect(here.firstData(journal)).toMatchObject({ previous: { epoch, seq: 21 } });
    expect(journal.verify()).toMatchObject({ whole: true, events: 2 });
  },
);

test('TB-MSG-084 damage that shows while the station works does not stop it', async () => {
  using here = bench();
  await using journal = here.open();
  await fill(journal, 3);
  const { epoch } = journal;
  const db = new DatabaseSync(join(here.dataDir, 'journal', 'journal.sqlite'));
  db.exec('DROP TRIGGER body_is_never_changed; UPDATE body SET sealed = zeroblob(900) WHERE seq = 2');
  db.close();
  expect(journal.outbox(1, 5)).toEqual([]);
  expect(journal.epoch).not.toBe(epoch);
  expect(here.told.map(([reason]) => reason)).toEqual(['corrupt']);
  expect(await journal.append(entry)).toMatchObject({ seq: 2 });
});

test('an unsigned journal of the first version is set aside; its head is named', async () => {
  using here = bench();
  const old = join(here.dataDir, 'journal.sqlite');
  const db = new DatabaseSync(old);
  db.exec(`CREATE TABLE event (seq INTEGER PRIMARY KEY, epoch TEXT, hash TEXT);
           INSERT INTO event VALUES (1, 'old', '${'a'.repeat(64)}'), (2, 'old', '${'b'.repeat(64)}')`);
  db.close();
  await using journal = here.open();
  expect(here.firstData(journal)).toEqual({ previous: { epoch: 'old', seq: 2, head: 'b'.repeat(64) } });
  expect(existsSync(old)).toBe(false);
  expect(readdirSync(here.told[0]?.[1] ?? '')).toContain('journal.sqlite');
});

test('two stations on one folder: when one sets the journal aside, the other one follows and confirms nothing in the old file', async () => {
  using here = bench();
  await using one = here.open();
  await fill(one, 2);
  await using other = here.open();
  const ack = acknowledgement(one.epoch, 100);
  one.settle(ack, signAcknowledgement(ack, ingestSigner));
  const event = await other.append(entry);
  expect(other.epoch).toBe(one.epoch);
  expect(event).toMatchObject({ epoch: one.epoch, seq: 2 });
  expect(one.list(1, 1)[0]?.hash).toBe(event.hash);
});

test('at its largest size nothing more is taken, nothing that was taken is lost, and fullness tells it before', async () => {
  using here = bench();
  const config = { maxBytes: 1_000_000, ballastBytes: 0 };
  await using journal = here.open({ config });
  const seen: number[] = [];
  const filling = async () => {
    for (;;) {
      await fill(journal, 1);
      seen.push(journal.fullness());
    }
  };
  await expect(filling()).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(seen.some((part) => part > 0.8 && part < 0.95)).toBe(true);
  expect(journal.fullness()).toBeGreaterThan(0.95);
  expect(journal.verify()).toMatchObject({ whole: true, events: seen.length + 1 });
  // What the server has may go, and then there is room again.
  const ack = acknowledgement(journal.epoch, seen.length + 1);
  journal.settle(ack, signAcknowledgement(ack, ingestSigner));
  expect(journal.shred(new Date('2027-01-01'), 10_000)).toBe(seen.length + 1);
  expect(journal.fullness()).toBeLessThan(0.8);
  await fill(journal, 5);
  expect(journal.verify()).toMatchObject({ whole: true, events: seen.length + 6 });
});

test('TB-MSG-083 another event at the head of the watermark: what lies here is settled by nothing, and a new epoch begins', async () => {
  using here = bench();
  await using journal = here.open();
  await fill(journal, 3);
  const { epoch } = journal;
  const ack = acknowledgement(epoch, 3, { head: 'f'.repeat(64) });
  journal.settle(ack, signAcknowledgement(ack, ingestSigner));
  expect(journal.epoch).not.toBe(epoch);
  const db = new DatabaseSync(join(here.told[0]?.[1] ?? '', 'journal.sqlite'), { readOnly: true });
  expect(db.prepare("SELECT count(*) AS open FROM delivery WHERE state <> 'settled'").get()).toEqual({ open: 4 });
  db.close();
});

test('notes go over into the next epoch as far as they can be read, in their order, and a canary is never in the open', async () => {
  using here = bench();
  const noted = (n: number) => ({ ...entry, note: { kind: 'walk-in', name: `CANARY ${n}` } });
  {
    await using journal = here.open();
    for (let n = 1; n <= 6; n++) await journal.append(noted(n));
  }
  const path = join(here.dataDir, 'journal', 'journal.sqlite');
  for (const name of readdirSync(join(here.dataDir, 'journal')))
    expect(readFileSync(join(here.dataDir, 'journal', name)).includes('CANARY')).toBe(false);
  {
    const db = new DatabaseSync(path);
    db.exec('UPDATE note SET sealed = zeroblob(40) WHERE place = 3');
    db.close();
  }
  const names = (journal: KeptJournal) => [...journal.notes()].map(({ note }) => note['name']);
  const left = [1, 2, 4, 5, 6].map((n) => `CANARY ${n}`);
  {
    await using journal = here.open();
    const { epoch } = journal;
    // Met when it is read: the journal is set aside, and what can be read goes on.
    expect(names(journal)).toEqual(left);
    expect(journal.epoch).not.toBe(epoch);
    await journal.append(noted(7));
    expect([...journal.notes()].map((one) => one.epoch === epoch)).toEqual([true, true, true, true, true, false]);
  }
  // A second one that is damaged in its head: what it had carried over comes along, twice is once.
  writeFileSync(path, Buffer.concat([Buffer.alloc(100, 0x55), readFileSync(path).subarray(100)]));
  await using journal = here.open();
  expect(names(journal)).toEqual(left);
  expect(here.told.map(([reason]) => reason)).toEqual(['corrupt', 'corrupt']);
});

test('a journal of the version before, without notes, is opened and goes on', async () => {
  using here = bench();
  let epoch: string;
  {
    await using journal = here.open();
    epoch = journal.epoch;
    await fill(journal, 2);
  }
  const db = new DatabaseSync(join(here.dataDir, 'journal', 'journal.sqlite'));
  db.exec('DROP TABLE note');
  db.close();
  await using journal = here.open();
  expect([...journal.notes()]).toEqual([]);
  await journal.append({ ...entry, note: { kind: 'other' } });
  expect([...journal.notes()]).toMatchObject([{ epoch, seq: 4, note: { kind: 'other' } }]);
  expect(journal.verify()).toMatchObject({ whole: true, events: 4 });
  expect(here.told).toEqual([]);
});
