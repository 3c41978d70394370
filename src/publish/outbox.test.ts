import { expect, test } from 'vitest';
import { STATION } from '../../tests/fixtures/contract/keys.ts';
import { testJournal } from '../../tests/fixtures/journal.ts';
import { uplinkBench } from '../../tests/fixtures/link/uplink-bench.ts';

const NOBODY = 0x10;
const QUOTA = 0x97;
const sortedOnce = (seqs: readonly number[]) => [...new Set(seqs)].sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test('TB-MSG-103 never more on the way than the broker allows, status and info included', async () => {
  for (const receiveMaximum of [1, 4]) {
    await using bench = uplinkBench({ window: 50 });
    bench.broker.receiveMaximum = receiveMaximum;
    await bench.fill(40);
    bench.start();
    await expect.poll(() => sortedOnce(bench.seqs())).toEqual(upTo(40));
    expect(bench.broker.mostOnTheWay).toBeLessThanOrEqual(receiveMaximum);
  }
});

test('a window of its own holds where the broker allows more', async () => {
  await using bench = uplinkBench({ window: 3 });
  bench.start();
  await expect.poll(() => bench.told('health').length).toBe(1);
  await expect.poll(() => bench.told('info').length).toBe(1);
  bench.broker.mode = 'silent';
  await bench.fill(20);
  await expect.poll(() => bench.seqs().length).toBe(3);
  await new Promise(setImmediate);
  expect(bench.seqs().length).toBe(3);
  expect(bench.journal.counts().pending).toBe(20);
});

test('TB-MSG-104 without progress the oldest unsettled events go again, one window a round, and fresh ones still go', async () => {
  await using bench = uplinkBench({ resendAfterMs: 20, window: 5 });
  await bench.fill(12);
  bench.acknowledge(1);
  bench.start();
  await expect.poll(() => bench.seqs().slice(0, 16)).toEqual([...upTo(12).slice(1), 2, 3, 4, 5, 6]);
  await bench.fill(1);
  await expect.poll(bench.seqs).toContain(13);
  bench.acknowledge(13);
  await expect.poll(() => bench.journal.counts().unsettled).toBe(0);
});

test('TB-MSG-104 nothing goes again where no ingest was ever heard', async () => {
  await using bench = uplinkBench({ resendAfterMs: 5 });
  await bench.fill(3);
  bench.start();
  await expect.poll(bench.seqs).toEqual([1, 2, 3]);
  // Many times the wait for progress: an event of the station itself is the clock.
  for (let n = 0; n < 20; n++) {
    await bench.fill(1);
    await expect.poll(() => bench.sent.length, { interval: 2 }).toBe(4 + n);
  }
  expect(bench.seqs()).toEqual(upTo(23));
});

test('TB-MSG-105 gaps go again, once each time that they have had time to arrive; what is quarantined never does', async () => {
  await using bench = uplinkBench({ resendAfterMs: 30 });
  await bench.fill(10);
  bench.acknowledge(10, {
    gaps: [
      [2, 3],
      [7, 7],
    ],
    quarantined: [{ seq: 7, code: 'chain-broken' }],
  });
  bench.start();
  await expect.poll(() => bench.seqs().slice(0, 2)).toEqual([2, 3]);
  await expect.poll(() => bench.others).toContain('quarantined 7 chain-broken');
  bench.acknowledge(10, {
    gaps: [
      [3, 3],
      [7, 7],
    ],
  });
  await expect.poll(() => bench.journal.counts().unsettled).toBe(2);
  await expect.poll(() => bench.seqs().filter((seq) => seq === 3).length).toBeGreaterThan(1);
  expect(bench.seqs()).not.toContain(7);
});

test('TB-MSG-105 an older watermark that comes again asks for nothing', async () => {
  await using bench = uplinkBench();
  await bench.fill(4);
  bench.acknowledge(4, { at: '2026-11-22T02:00:05.000Z' });
  bench.start();
  await expect.poll(() => bench.journal.counts().unsettled).toBe(0);
  bench.acknowledge(3, { gaps: [[1, 2]], at: '2026-11-22T02:00:01.000Z' });
  await bench.fill(1);
  await expect.poll(bench.seqs).toEqual([5]);
});

test("TB-MSG-106 the server's rate goes before the station's own, for everything", async () => {
  await using bench = uplinkBench({ replayPerSecond: 1 });
  await bench.fill(40);
  bench.acknowledge(1, { rateHint: 400 });
  const startedAt = performance.now();
  bench.start();
  await expect.poll(() => bench.seqs().length, { interval: 5 }).toBe(39);
  expect(performance.now() - startedAt).toBeGreaterThan(39 / 0.4 - 40);
});

test('TB-MSG-107 while the ingest is offline nothing is sent; it goes on by itself', async () => {
  await using bench = uplinkBench({ resendAfterMs: 5, healthEveryMs: 5 });
  await bench.fill(3);
  bench.ingest('offline');
  bench.acknowledge(0);
  bench.start();
  await expect.poll(() => bench.told('info').length).toBe(1);
  await bench.fill(1);
  // Several times the wait after which it would send again.
  await expect.poll(() => bench.told('health').length).toBeGreaterThan(5);
  expect(bench.seqs()).toEqual([]);
  bench.ingest('online');
  await expect.poll(() => sortedOnce(bench.seqs())).toEqual([1, 2, 3, 4]);
  bench.ingest('offline');
  await expect.poll(() => bench.others).toEqual(['ingest offline', 'ingest online', 'ingest offline']);
  const before = bench.seqs().length;
  await bench.fill(1);
  expect(bench.seqs().length).toBe(before);
});

test('TB-MSG-107 where nobody listens one event at a time finds out when somebody does, and all go again', async () => {
  await using bench = uplinkBench({ resendAfterMs: 10, window: 1 });
  bench.broker.reason = NOBODY;
  await bench.fill(50);
  bench.start();
  await expect.poll(() => bench.sent.length).toBeGreaterThan(2);
  expect(bench.sent.length).toBeLessThan(50);
  bench.broker.reason = 0;
  await expect
    .poll(() => sortedOnce(bench.sent.filter(({ reason }) => reason === 0).map(({ seq }) => seq)))
    .toEqual(upTo(50));
});

test('TB-MSG-108 over its quota the link stays, and the event waits', async () => {
  await using bench = uplinkBench({ window: 1 });
  await bench.fill(3);
  bench.broker.reason = QUOTA;
  bench.start();
  await expect.poll(bench.seqs).toEqual([1]);
  expect(bench.journal.counts().pending).toBe(3);
  bench.broker.reason = 0;
  await expect.poll(bench.seqs).toEqual([1, 1, 2, 3]);
  expect(bench.states.filter(({ kind }) => kind === 'connected')).toHaveLength(1);
});

test('an event that does not fit through this broker holds nothing up and stays', async () => {
  await using bench = uplinkBench();
  bench.broker.maximumPacketBytes = 2_000;
  await bench.journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: 'x'.repeat(3_000) } });
  await bench.fill(2);
  bench.start();
  await expect.poll(bench.seqs).toEqual([2, 3]);
  expect(bench.others).toEqual(['too large 1']);
  expect(bench.journal.counts().pending).toBe(1);
});

test('what the server misses goes again even where it was settled once: it may have lost it', async () => {
  await using bench = uplinkBench();
  await bench.fill(4);
  bench.acknowledge(4);
  bench.start();
  await expect.poll(() => bench.journal.counts().unsettled).toBe(0);
  bench.acknowledge(4, { gaps: [[2, 2]], at: '2026-11-22T02:00:01.000Z' });
  await expect.poll(bench.seqs).toEqual([2]);
});

test('a journal that begins a new epoch is sent from its first event on, over a connection of its own', async () => {
  const [old, fresh] = [testJournal({ station: STATION }), testJournal({ station: STATION })];
  let now = old;
  const journal = new Proxy(old, {
    get(_, name) {
      const own = Reflect.get(now, name);
      return typeof own === 'function' ? own.bind(now) : own;
    },
  });
  await using bench = uplinkBench({ resendAfterMs: 60_000 }, { journal });
  for (let n = 0; n < 3; n++) await old.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: `old-${n}` } });
  bench.start();
  await expect.poll(bench.seqs).toEqual([1, 2, 3]);
  for (let n = 0; n < 2; n++)
    await fresh.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: `new-${n}` } });
  now = fresh;
  // The uplink hears of it with the next event, as it would of any.
  await old.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: 'wakes it' } });
  await expect.poll(bench.seqs).toEqual([1, 2, 3, 1, 2]);
  expect(bench.told('status').map(({ epoch }) => epoch)).toEqual([old.epoch, fresh.epoch]);
});
