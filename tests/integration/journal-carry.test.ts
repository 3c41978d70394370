import { createPrivateKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { readEvent } from '../../src/contract/envelope/event.ts';
import { readChunk, readManifest } from '../../src/contract/envelope/export.ts';
import { signAcknowledgement, signReceipt } from '../../src/contract/envelope/server-word.ts';
import { ANSWER_FILE, MANIFEST_FILE } from '../../src/contract/export.ts';
import { keyName } from '../../src/contract/trust.ts';
import { openStationKeys } from '../../src/identity/station-keys.ts';
import { KeptJournal } from '../../src/journal/drivers/sqlite/kept-journal.ts';
import { exportJournal, importAnswer, recoverJournals } from '../../src/station/journal-carry.ts';
import { journalKeys } from '../../src/station/journal-keys.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { acknowledgement, saidBy } from '../fixtures/journal.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const station = 'st-demo';
const { signal } = new AbortController();
const config = { maxBytes: 100_000_000, ballastBytes: 0 };

/** A demonstration's data folder with a journal of some events, and a stick. */
async function bench(events: number) {
  const folder = tempFolder();
  const [dataDir, stick] = [join(folder.path, 'data'), join(folder.path, 'stick')];
  loadSettings(dataDir);
  const keys = openStationKeys({ dir: dataDir, station, isDemo: true });
  const open = () =>
    new KeptJournal({
      dataDir,
      station,
      clock: fixedClock(),
      keys: journalKeys(keys),
      config,
      onSetAside: () => undefined,
    });
  const append = async (count: number) => {
    await using journal = open();
    for (let n = 0; n < count; n++)
      await journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: String(n) } });
    return journal.epoch;
  };
  const epoch = await append(events);
  const key = createPrivateKey(readFileSync(join(dataDir, 'demo-server', 'acknowledging.pem')));
  const server = { kid: keyName(key), key };
  return { dataDir, stick, keys, open, append, epoch, server, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** Reads an export as a server does. */
function readExport(folder: string, keys: ReturnType<typeof openStationKeys>) {
  const reader = { keys: keys.own, nowMs: Date.now() };
  const read = readManifest(readFileSync(join(folder, MANIFEST_FILE)), reader);
  if (read.kind === 'refused') throw new Error(read.code);
  const seqs = read.manifest.chunks.flatMap((chunk) => {
    const content = readChunk(readFileSync(join(folder, chunk.name)), chunk);
    if (content.kind === 'refused') throw new Error(content.code);
    return content.messages.map((message) => {
      expect(readEvent(message, { station, ...reader })).toMatchObject({ kind: 'event' });
      return saidBy(message).seq as number;
    });
  });
  return { manifest: read.manifest, seqs };
}

const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

test('TB-MSG-089 an export holds the outbox; the answer settles it, and the next one holds what came later', async () => {
  using here = await bench(4);
  const { dataDir, stick, epoch, server } = here;
  const report = await exportJournal(dataDir, { dir: stick, isAll: false }, signal);
  expect(report).toMatchObject({ events: 5, resumed: 0, upto: 5 });
  expect(readExport(report.folder, here.keys).seqs).toEqual(upTo(5));
  const event = here.open().list(1, 1)[0];
  const answer = join(report.folder, ANSWER_FILE);
  const ack = { ...acknowledgement(epoch, 5), station };
  const receipt = { station, epoch, seq: 2, id: event?.id ?? '', hash: event?.hash ?? '', committedAt: ack.at };
  writeFileSync(
    answer,
    [signAcknowledgement(ack, server), signReceipt(receipt, server)].map((line) => `${Buffer.from(line)}\n`).join(''),
  );
  expect(await importAnswer(dataDir, report.folder)).toEqual([
    { kind: 'settled', upto: 5 },
    { kind: 'receipt', seq: 2 },
  ]);
  await here.append(2);
  rmSync(report.folder, { recursive: true });
  const next = await exportJournal(dataDir, { dir: stick, isAll: false }, signal);
  expect(readExport(next.folder, here.keys).seqs).toEqual([6, 7]);
  rmSync(next.folder, { recursive: true });
  const all = await exportJournal(dataDir, { dir: stick, isAll: true }, signal);
  expect(readExport(all.folder, here.keys).seqs).toEqual(upTo(7));
});

test('TB-MSG-089 a stick that was pulled is gone on with: what was whole is kept, what was not is written again', async () => {
  using here = await bench(1_100);
  const { dataDir, stick } = here;
  const first = await exportJournal(dataDir, { dir: stick, isAll: false }, signal);
  expect(readdirSync(first.folder).sort()).toEqual([
    'events-0000000001-0000000500.jws',
    'events-0000000501-0000001000.jws',
    'events-0000001001-0000001101.jws',
    'manifest.jws',
  ]);
  truncateSync(join(first.folder, 'events-0000000501-0000001000.jws'), 1_000);
  await here.append(3);
  const again = await exportJournal(dataDir, { dir: stick, isAll: false }, signal);
  expect(again).toMatchObject({ resumed: 500, upto: 1_104 });
  expect(readExport(again.folder, here.keys).seqs).toEqual(upTo(1_104));
  // A manifest of nobody is no reason to trust what lies beside it.
  writeFileSync(join(again.folder, MANIFEST_FILE), 'nonsense');
  expect(await exportJournal(dataDir, { dir: stick, isAll: false }, signal)).toMatchObject({
    resumed: 0,
    events: 1_104,
  });
});

test('an answer that is forged, of another epoch or no answer at all settles nothing', async () => {
  using here = await bench(2);
  const { dataDir, stick, epoch, keys, server } = here;
  const answer = `${here.stick}.jws`;
  const ack = { ...acknowledgement(epoch, 3), station };
  const lines = [
    signAcknowledgement(ack, keys.signer),
    signAcknowledgement({ ...ack, epoch: 'another' }, server),
    Buffer.from('nonsense'),
  ];
  writeFileSync(answer, lines.map((line) => `${Buffer.from(line)}\n`).join(''));
  expect((await importAnswer(dataDir, answer)).map((one) => one.kind === 'refused' && one.code)).toEqual([
    'unknown-key',
    'invalid',
    'garbage',
  ]);
  await using journal = here.open();
  expect(journal.counts().unsettled).toBe(3);
  await expect(importAnswer(dataDir, `${stick}/none`)).rejects.toMatchObject({ code: 'USAGE' });
});

test('a stick that cannot be written is a coded fault', async () => {
  using here = await bench(1);
  writeFileSync(here.stick, 'a file, not a folder');
  await expect(exportJournal(here.dataDir, { dir: here.stick, isAll: false }, signal)).rejects.toMatchObject({
    code: 'STICK_FAILED',
  });
});

test('TB-MSG-084 what can be read of a damaged journal is recovered into an export; the file stays', async () => {
  using here = await bench(60);
  const { dataDir, stick, keys, epoch } = here;
  const path = join(dataDir, 'journal', 'journal.sqlite');
  const file = readFileSync(path);
  // One page in the middle of the events is lost.
  const page = 4_096 * Math.floor(file.length / 4_096 / 2);
  file.fill(0xff, page, page + 4_096);
  writeFileSync(path, file);
  {
    await using journal = here.open();
    for (let seq = 0; journal.epoch === epoch && seq < 61; seq++) journal.list(seq, 1);
    expect(journal.epoch).not.toBe(epoch);
  }
  const { code, stdout } = await thuengban(['journal', 'recover', stick, '--data', dataDir, '--json']);
  expect(code).toBe(0);
  const [one] = JSON.parse(stdout);
  expect(one.events + one.unreadable).toBe(61);
  expect(one.events).toBeGreaterThan(40);
  expect(one.unreadable).toBeGreaterThan(0);
  const { manifest, seqs } = readExport(one.folder, keys);
  expect(manifest.epoch).toBe(epoch);
  expect(seqs).toHaveLength(one.events);
  expect(existsSync(join(dataDir, one.aside, 'journal.sqlite'))).toBe(true);
  expect(await recoverJournals(dataDir, stick, signal)).toEqual([]);
});
