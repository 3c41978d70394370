import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../tests/fixtures/clock.ts';
import { acknowledgement } from '../../tests/fixtures/journal.ts';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { settingsSchema } from '../config/settings.ts';
import { signAcknowledgement } from '../contract/envelope/server-word.ts';
import { keyName } from '../contract/trust.ts';
import { privateKeyFile } from '../identity/file-key-store.ts';
import type { LogEvent } from '../observe/log.ts';
import type { Clock } from '../shared/clock.ts';
import { PartBoard } from './parts.ts';
import { StationHost } from './station-host.ts';
import { openStationJournal } from './station-journal.ts';

const entry = { type: 'th.thuengban.station.tested.v1', data: { nonce: 'n' } };

/** A station's journal and the board on which its state is told; nothing else of the station. */
async function bench(journal: object = {}, isDemo = true, clock: Clock = fixedClock()) {
  const folder = tempFolder();
  const settings = settingsSchema.parse({ journal });
  const board = new PartBoard(() => clock.now());
  board.set('card-reader', { state: 'ready', name: 'test', code: null });
  const logged: LogEvent[] = [];
  const note = (event: LogEvent) => void logged.push(event);
  const log = { info: note, warn: note, error: note };
  const host = new StationHost({ board } as unknown as ConstructorParameters<typeof StationHost>[0]);
  const open = () => openStationJournal({ dataDir: folder.path, settings, isDemo, clock, board, log });
  const store = await open();
  onTestFinished(async () => {
    await store[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  const part = (name: string) => {
    const found = board.list().find((one) => one.part === name);
    return [found?.state, found?.fault?.code ?? null];
  };
  const settle = (upto: number) => {
    const key = privateKeyFile(join(folder.path, 'demo-server', 'acknowledging.pem'), 'ed25519');
    const ack = { ...acknowledgement(store.journal.epoch, upto), station: settings.station.id };
    store.journal.settle(ack, signAcknowledgement(ack, { kid: keyName(key), key }));
  };
  return { store, host, part, logged, settle, open, dataDir: folder.path };
}

test('without the server’s keys no visit begins', async () => {
  const { host, part } = await bench({}, false);
  expect(part('identity')).toEqual(['faulty', 'TRUST_MISSING']);
  expect(part('journal')).toEqual(['ready', null]);
  expect([host.mayBegin(), host.isInService()]).toEqual([false, false]);
});

test('a journal that fills up is told at 80 %, takes no new visit at 95 %, and all again once the server has it', async () => {
  const { store, host, part, settle } = await bench({ maxBytes: 1_000_000, ballastBytes: 0, retainDays: 0 }, true, {
    ...fixedClock(),
    now: () => new Date(),
  });
  const fillTo = async (fullness: number) => {
    while (store.journal.fullness() < fullness) await store.journal.append(entry);
    store.look();
  };
  await fillTo(0.7);
  expect([...part('journal'), host.mayBegin()]).toEqual(['ready', null, true]);
  await fillTo(0.81);
  expect([...part('journal'), host.mayBegin()]).toEqual(['degraded', 'JOURNAL_LOW', true]);
  await fillTo(0.96);
  expect([...part('journal'), host.mayBegin()]).toEqual(['faulty', 'JOURNAL_FULL', false]);
  // A visit that is under way is still kept.
  await store.journal.append(entry);
  settle(store.journal.counts().events);
  for (let looks = 0; looks < 600 && part('journal')[0] !== 'ready'; looks++) store.look();
  expect([...part('journal'), host.mayBegin()]).toEqual(['ready', null, true]);
  expect(store.journal.verify()).toMatchObject({ whole: true });
});

test('a journal that was set aside stays on the board, also after a restart, and visits go on', async () => {
  const it = await bench();
  it.settle(1_000);
  it.store.look();
  expect(it.logged).toContain('journal-set-aside');
  expect([...it.part('journal'), it.host.mayBegin()]).toEqual(['degraded', 'JOURNAL_SET_ASIDE', true]);
  const again = await it.open();
  expect(it.part('journal')).toEqual(['degraded', 'JOURNAL_SET_ASIDE']);
  await again[Symbol.asyncDispose]();
});

test('an event that could not be kept is told until one is kept again', async () => {
  const it = await bench();
  it.store.onFault('INTERNAL');
  it.store.look();
  expect([...it.part('journal'), it.host.mayBegin()]).toEqual(['faulty', 'INTERNAL', false]);
  await it.store.events.write(entry.type, entry.data, undefined, null);
  it.store.look();
  expect(it.part('journal')).toEqual(['ready', null]);
});

test('the time by which keys are judged is never before what the server has acknowledged', async () => {
  const it = await bench({}, true, fixedClock('2020-01-01T00:00:00.000Z', 'unsynced'));
  expect(new Date(it.store.nowMs())).toEqual(new Date('2026-11-22T00:00:00.000Z'));
  it.settle(1);
  expect(new Date(it.store.nowMs())).toEqual(new Date('2026-11-22T02:00:00.000Z'));
});
