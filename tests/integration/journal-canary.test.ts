import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { pseudonym } from '../../src/contract/envelope/pseudonym.ts';
import { createLog } from '../../src/observe/log.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { exportJournal } from '../../src/station/journal-carry.ts';
import { PartBoard } from '../../src/station/parts.ts';
import { openStationJournal } from '../../src/station/station-journal.ts';
import { VisitRecorder } from '../../src/station/visit-recorder.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { PlainField } from '../fixtures/field.ts';
import { tempFolder } from '../fixtures/temp.ts';

/** Nobody's number: the first digit of those that are issued is not 0. */
const VISIT = '01935487-5123-7123-8123-456789012345';
const NUMBER = '0123456789012';

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

test('TB-MSG-085 neither number, pseudonym nor outcome of a visit stands in any file of the station, in an export or in the log', async () => {
  using folder = tempFolder();
  const [dataDir, stick] = [join(folder.path, 'data'), join(folder.path, 'stick')];
  const { settings } = loadSettings(dataDir);
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = createLog('debug', sink as never);
  const clock = fixedClock();
  const board = new PartBoard(() => clock.now());
  await using store = await openStationJournal({ dataDir, settings, isDemo: true, clock, board, log });
  const recorder = new VisitRecorder({
    events: store.events,
    field: () => new PlainField(),
    language: () => 'th',
    log,
    settings,
    metrics: createMetrics(),
    onFinished: () => undefined,
  });
  const subject = pseudonym(store.keys.programmeKey, NUMBER);
  const outcome = { kind: 'referred', reason: 'card-expired', evidence: null, nextStep: 'renew-card' } as const;
  const end = { visitId: VISIT, visit: null, outcome, supersedes: null, cardSubject: subject, desk: null };
  const times = { startedAt: clock.now(), elapsedMs: () => 1_000, marks: {} };
  expect(await recorder.record({ ...end, ...times })).toMatchObject({ seq: 2 });
  await exportJournal(dataDir, { dir: stick, isAll: true }, new AbortController().signal);
  const files = filesIn(folder.path);
  // The search is only worth something if it reads what it is about.
  expect(files.some((path) => path.endsWith('.sqlite-wal'))).toBe(true);
  expect(files.some((path) => path.includes('events-'))).toBe(true);
  const canaries = [NUMBER, subject, 'referred', 'card-expired', 'renew-card'];
  const shapes = canaries.flatMap((text) => [text, Buffer.from(text).toString('base64url').slice(2, -3)]);
  const places: [string, string][] = files.map((path) => [path, readFileSync(path, 'latin1')]);
  // A JWS hides its text from a search: what it says is looked at too.
  const opened = places.map(([path, text]): [string, string] => [
    `${path}, opened`,
    [...text.matchAll(/\.([\w-]{100,})\./g)]
      .map(([, part]) => Buffer.from(part ?? '', 'base64url').toString('latin1'))
      .join(),
  ]);
  const found = [...places, ...opened, ['log', lines.join('')] as const].flatMap(([where, text]) =>
    shapes.filter((shape) => text.includes(shape)).map((shape) => `${where}: ${shape}`),
  );
  expect(found).toEqual([]);
  expect(lines.join('')).toContain('visit-recorded');
});

test('without the server’s keys nothing of a visit can be kept, and that is told as a fault with its mend', async () => {
  using folder = tempFolder();
  const { settings } = loadSettings(folder.path);
  const clock = fixedClock();
  const board = new PartBoard(() => clock.now());
  const log = createLog('error', new Writable({ write: (_chunk, _encoding, done) => done() }) as never);
  await using store = await openStationJournal({ dataDir: folder.path, settings, isDemo: false, clock, board, log });
  expect(board.list().find(({ part }) => part === 'identity')).toMatchObject({
    state: 'faulty',
    fault: { code: 'TRUST_MISSING', mend: { en: expect.stringContaining('thuengban identity trust') } },
  });
  expect(await store.events.write('th.thuengban.visit.abandoned.v1', { visitId: 'v', fault: null }, 'v', null)).toBe(
    'TRUST_MISSING',
  );
  // What says nothing of a person is kept all the same.
  expect(
    await store.events.write('th.thuengban.station.door-changed.v1', { door: 'open' }, undefined, null),
  ).toMatchObject({
    seq: 2,
  });
});
