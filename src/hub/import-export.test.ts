import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOW_MS } from '../../tests/fixtures/contract/keys.ts';
import { chainOf, eventAt, idOf, judgedOf, signerFor } from '../../tests/fixtures/hub/chain.ts';
import { serverFolder } from '../../tests/fixtures/hub/run-hub.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { signManifest } from '../contract/envelope/export.ts';
import { messageHash } from '../contract/envelope/jws.ts';
import { readAcknowledgement, readReceipt } from '../contract/envelope/server-word.ts';
import { chunkName, exportFolder, MANIFEST_FILE } from '../contract/export.ts';
import { trusted, trustSchema } from '../contract/trust.ts';
import { commitBatch } from './commit-batch.ts';
import { exportsAt, importExport } from './import-export.ts';
import { KeyRegister } from './key-register.ts';
import { migrate } from './migrate.ts';
import { Months } from './months.ts';
import { openDatabase } from './open-database.ts';
import type { HubDatabase } from './port.ts';
import { receiptsFor } from './receipts.ts';
import { acknowledgingSigner } from './server-keys.ts';

const STATION = 'st-stick';
const NOW = new Date(NOW_MS).toISOString();
const folder = tempFolder();
const { dir, trust } = serverFolder(folder.path, [STATION]);
let database: HubDatabase;
let register: KeyRegister;
beforeAll(async () => {
  database = await openDatabase(join(folder.path, 'db'));
  await migrate(database, 'hub');
  register = new KeyRegister(database, dir);
  await register.refresh();
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});
const taken = (path: string) =>
  importExport(path, {
    database,
    register,
    months: new Months(database),
    signer: acknowledgingSigner(dir),
    nowMs: () => NOW_MS,
  });

/** An export of ten events in two chunks, as a station writes it. */
function written(name: string, signer = signerFor(STATION)): string {
  const path = join(folder.path, name, exportFolder(STATION, 'epoch-1'));
  mkdirSync(path, { recursive: true });
  const events = chainOf(STATION, 10).map(({ message }) => message);
  const chunks = [1, 6].map((from) => {
    const bytes = Buffer.concat(events.slice(from - 1, from + 4).flatMap((event) => [event, Buffer.from('\n')]));
    const chunk = {
      name: chunkName(from, from + 4),
      from,
      upto: from + 4,
      events: 5,
      bytes: bytes.length,
      sha256: messageHash(bytes),
    };
    writeFileSync(join(path, chunk.name), bytes);
    return chunk;
  });
  const manifest = { station: STATION, epoch: 'epoch-1', at: new Date(NOW_MS).toISOString(), chunks };
  writeFileSync(join(path, MANIFEST_FILE), signManifest(manifest, signer));
  return path;
}

test('TB-MSG-144 TB-MSG-145 what is carried by hand is taken, answered by a watermark and receipts, and taken once', async () => {
  const path = written('whole');
  expect(exportsAt(join(folder.path, 'whole'))).toEqual([path]);
  expect(exportsAt(join(path, MANIFEST_FILE))).toEqual([path]);
  for (const counts of [
    { events: 10, duplicates: 0 },
    { events: 0, duplicates: 10 },
  ]) {
    const report = await taken(path);
    expect(report).toMatchObject({ station: STATION, counts, broken: [] });
    const lines = readFileSync('answer' in report && report.answer ? report.answer : '', 'utf8')
      .trim()
      .split('\n');
    const { keys } = trusted(trustSchema.parse(trust));
    const reader = { station: STATION, keys, nowMs: NOW_MS };
    expect(readAcknowledgement(Buffer.from(lines[0] ?? ''), reader)).toMatchObject({
      kind: 'believed',
      statement: { epoch: 'epoch-1', upto: 10, gaps: [] },
    });
    const events = chainOf(STATION, 10).map(({ hash }, n) => ({ epoch: 'epoch-1', seq: n + 1, id: idOf(n + 1), hash }));
    expect(events.map((event, n) => readReceipt(Buffer.from(lines[n + 1] ?? ''), reader, event))).toMatchObject(
      events.map((statement) => ({ kind: 'believed', statement: { ...statement, committedAt: NOW } })),
    );
    expect(lines).toHaveLength(11);
  }
});

test('TB-MSG-145 a twin of an event that is held gets no receipt, nor does a row that somebody has changed', async () => {
  const [held] = chainOf(STATION, 1);
  const twin = eventAt(STATION, { seq: 1, data: { nonce: 'twin' } });
  const at = { station: STATION, epoch: 'epoch-1', seq: 1 };
  await commitBatch(database, judgedOf(STATION, [held?.message ?? new Uint8Array(), twin.message]), NOW_MS);
  const asked = [held, twin].map((event) => ({ ...at, hash: event?.hash ?? null }));
  expect(await receiptsFor(database, asked)).toEqual([
    { ...at, id: idOf(1), hash: held?.hash, committedAt: expect.any(String) },
  ]);
  expect(await receiptsFor(database, [{ ...at, seq: 1_000, hash: null }])).toEqual([]);
  await database.transaction((sql) =>
    sql.query("UPDATE event SET body = overlay(body placing 'AAAA' from 300) WHERE station = $1 AND seq = 1", [
      STATION,
    ]),
  );
  expect(await receiptsFor(database, [{ ...at, hash: null }])).toEqual([]);
});

test('TB-MSG-144 a file that was changed or is missing is named and not taken; the others are', async () => {
  const path = written('broken');
  writeFileSync(join(path, chunkName(6, 10)), 'rubbish');
  expect(await taken(path)).toMatchObject({ counts: { events: 0, duplicates: 5 }, broken: [chunkName(6, 10)] });
});

test('a manifest that the station did not sign is refused whole', async () => {
  expect(await taken(written('stranger', signerFor('st-stranger')))).toMatchObject({
    kind: 'refused',
    code: 'unknown-key',
  });
  const cut = written('cut');
  writeFileSync(join(cut, MANIFEST_FILE), readFileSync(join(cut, MANIFEST_FILE)).subarray(0, 200));
  expect(await taken(cut)).toMatchObject({ kind: 'refused', code: 'garbage' });
});
