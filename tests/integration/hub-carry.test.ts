import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readReceipt } from '../../src/contract/envelope/server-word.ts';
import { openStationKeys } from '../../src/identity/station-keys.ts';
import { KeptJournal } from '../../src/journal/drivers/sqlite/kept-journal.ts';
import { journalKeys } from '../../src/station/journal-keys.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const STATION = 'st-demo';
const EVENTS = 4;

test('TB-MSG-145 carried by hand and back: the outbox is empty, and the station keeps a receipt for each event', async () => {
  using folder = tempFolder();
  const [data, stick, dir, db] = ['data', 'stick', 'server', 'db'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
    string,
  ];
  const run = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await thuengban(args);
    expect(code, stderr + stdout).toBe(0);
    return stdout;
  };
  await run('hub', 'keys', '--dir', dir);
  const document = join(folder.path, 'station.json');
  writeFileSync(document, await run('identity', 'show', '--data', data, '--json'));
  await run('hub', 'register', document, '--dir', dir);
  await run('identity', 'trust', join(dir, 'trust.json'), '--data', data);

  const keys = openStationKeys({ dir: data, station: STATION, isDemo: false });
  const open = () =>
    new KeptJournal({
      dataDir: data,
      station: STATION,
      clock: fixedClock(),
      keys: journalKeys(keys),
      config: { maxBytes: 100_000_000, ballastBytes: 0 },
      onSetAside: () => undefined,
    });
  {
    await using journal = open();
    for (let n = 0; n < EVENTS; n++)
      await journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: String(n) } });
  }

  await run('journal', 'export', stick, '--data', data);
  const [report] = JSON.parse(await run('hub', 'import', stick, '--dir', dir, '--db', db, '--json'));
  // With the event that opens the epoch.
  expect(report).toMatchObject({ counts: { events: EVENTS + 1 }, receipts: EVENTS + 1, broken: [] });
  const taken = JSON.parse(await run('journal', 'import-ack', report.folder, '--data', data, '--json'));
  expect(taken).toEqual([
    { kind: 'settled', upto: EVENTS + 1 },
    ...Array.from({ length: EVENTS + 1 }, (_, n) => ({ kind: 'receipt', seq: n + 1 })),
  ]);

  await using journal = open();
  const { epoch } = journal;
  expect(journal.outbox(0, 10)).toEqual([]);
  const reader = { station: STATION, keys: keys.trust?.keys ?? (() => undefined), nowMs: Date.now() };
  const kept = journal.list(0, 10).map(({ seq, id, hash }) => {
    const receipt = journal.receiptOf(seq);
    return receipt && readReceipt(receipt, reader, { epoch, seq, id, hash }).kind;
  });
  expect(kept).toEqual(Array.from({ length: EVENTS + 1 }, () => 'believed'));

  const at = ['hub', 'receipt', STATION, epoch];
  const where = ['--dir', dir, '--db', db];
  const one = await thuengban([...at, '2', ...where]);
  // Signed the same way twice: Ed25519 draws no random number.
  expect([one.code, one.stdout.trim()]).toEqual([0, Buffer.from(journal.receiptOf(2) ?? []).toString()]);
  expect(readFileSync(report.answer, 'utf8')).toContain(one.stdout);
  expect(await thuengban([...at, '99', ...where, '--json'])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"receipt":null'),
  });
  expect((await thuengban([...at, 'two', ...where])).code).toBe(2);
}, 120_000);
