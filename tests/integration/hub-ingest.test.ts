import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REVOKE_TOPIC, shardOf, upTopic } from '../../src/contract/topics.ts';
import { openDatabase } from '../../src/hub/open-database.ts';
import { revokeStation } from '../../src/hub/stations-folder.ts';
import { NOW_MS } from '../fixtures/contract/keys.ts';
import { brokerMissing, OwnBroker } from '../fixtures/hub/broker.ts';
import { chainOf, eventAt, idOf } from '../fixtures/hub/chain.ts';
import { OwnPostgres, postgresMissing } from '../fixtures/hub/postgres.ts';
import { Publisher } from '../fixtures/hub/publisher.ts';
import { RunningIngest, register, serverFolder } from '../fixtures/hub/run-hub.ts';
import { tempFolder } from '../fixtures/temp.ts';

const STATION = 'st-ingest';
const SHARD = shardOf(STATION);
const messagesOf = (station: string, length: number) => chainOf(station, length).map(({ message }) => message);

describe.skipIf(brokerMissing ?? postgresMissing)('the ingest between a real broker and a real database', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => {
    postgres = await OwnPostgres.start();
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  /** Broker, database, folder of keys and one registered station. */
  async function world() {
    const folder = tempFolder();
    const broker = await OwnBroker.start();
    const where = await postgres.database();
    const { dir, trust } = serverFolder(folder.path, [STATION]);
    const station = await Publisher.connect(broker.url, STATION, trust);
    const inspector = await openDatabase(where);
    return {
      broker,
      where,
      dir,
      trust,
      station,
      ingest: (shards: readonly number[] = [SHARD], name?: string) =>
        RunningIngest.start(where, broker.url, dir, shards, name),
      rows: (text: string) => inspector.transaction((sql) => sql.query(text)),
      async [Symbol.asyncDispose]() {
        await station[Symbol.asyncDispose]();
        await broker[Symbol.asyncDispose]();
        await inspector[Symbol.asyncDispose]();
        folder[Symbol.dispose]();
      },
    };
  }

  test('TB-MSG-136 what is committed is acknowledged by a signed, retained watermark', async () => {
    await using hub = await world();
    await using ingest = await hub.ingest();
    await expect.poll(() => hub.station.state).toBe('online');
    const events = chainOf(STATION, 50);
    await hub.station.publish(events.map(({ message }) => message));
    await expect.poll(() => hub.station.watermark?.upto).toBe(50);
    expect(hub.station.watermark).toMatchObject({
      station: STATION,
      epoch: 'epoch-1',
      gaps: [],
      head: events[49]?.hash,
      quarantined: [],
    });
    expect(hub.station.refused).toEqual([]);
    expect(await hub.rows('SELECT count(*)::int AS n FROM event')).toEqual([{ n: 50 }]);
    expect(ingest.count('duplicates')).toBe(0);
    await using late = await Publisher.connect(hub.broker.url, STATION, hub.trust);
    await expect.poll(() => late.watermark?.upto).toBe(50);
  });

  test('TB-MSG-137 messages that nobody can read hold up nobody: each is kept with its code and acknowledged', async () => {
    await using hub = await world();
    await using ingest = await hub.ingest();
    const events = chainOf(STATION, 4);
    const [first, second, third, fourth] = events.map(({ message }) => message) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const stranger = chainOf('st-stranger', 1)[0]?.message ?? new Uint8Array();
    const fork = eventAt(STATION, { seq: 1, id: idOf(9), data: { nonce: 'twin' } }).message;
    const strayed = eventAt(STATION, { seq: 2, id: idOf(8), prev: 'e'.repeat(64) }).message;
    const bytes = (text: string) => new TextEncoder().encode(text);
    await hub.station.publish([
      bytes('not a message'),
      first,
      stranger,
      new Uint8Array(70_000),
      second.map((byte, n) => (n === 200 ? byte ^ 1 : byte)),
      strayed,
      second,
      fork,
      third,
    ]);
    await hub.station.publish([bytes('{}')], 'status');
    await hub.station.publish([fourth]);
    await expect.poll(() => hub.station.watermark?.upto).toBe(4);
    await expect.poll(() => ingest.count('deadLetters')).toBe(5);
    expect(hub.station.watermark).toMatchObject({
      gaps: [],
      quarantined: [
        { seq: 2, code: 'chain-broken' },
        { seq: 1, code: 'fork' },
      ],
    });
    expect(await hub.rows('SELECT code FROM dead_letter ORDER BY code')).toEqual(
      ['garbage', 'invalid', 'tampered', 'too-large', 'unknown-key'].map((code) => ({ code })),
    );
    expect(await hub.rows('SELECT kind, seq::int FROM alarm ORDER BY kind')).toEqual([
      { kind: 'chain-broken', seq: 2 },
      { kind: 'fork', seq: 1 },
    ]);
  });

  test('TB-MSG-137 a flood of rubbish, and one real event behind it', async () => {
    await using hub = await world();
    await using ingest = await hub.ingest();
    const flood = Array.from({ length: 5_000 }, (_, n) => new TextEncoder().encode(`rubbish ${n}`));
    await hub.station.publish([...flood, ...messagesOf(STATION, 1)]);
    await expect.poll(() => hub.station.watermark?.upto, { timeout: 30_000 }).toBe(1);
    await expect.poll(() => ingest.count('deadLetters')).toBe(5_000);
    expect(await hub.rows('SELECT count(*)::int AS n FROM dead_letter')).toEqual([{ n: 1_000 }]);
  });

  test('TB-MSG-138 a database that dies is waited for: the ingest says so, nothing is dropped, nothing is doubled', async () => {
    await using hub = await world();
    await using ingest = await hub.ingest();
    const events = messagesOf(STATION, 300);
    await hub.station.publish(events.slice(0, 100));
    await expect.poll(() => hub.station.watermark?.upto).toBe(100);
    await postgres.kill();
    try {
      await hub.station.publish(events.slice(100));
      await expect.poll(() => hub.station.state).toBe('offline');
      expect(hub.station.watermark?.upto).toBe(100);
    } finally {
      await postgres.up();
    }
    await expect.poll(() => hub.station.state).toBe('online');
    await expect.poll(() => hub.station.watermark?.upto).toBe(300);
    expect(await hub.rows('SELECT count(*)::int AS n, max(seq)::int AS last FROM event')).toEqual([
      { n: 300, last: 300 },
    ]);
    expect(
      ingest.events.filter(({ kind }) => kind === 'database').map((event) => 'isThere' in event && event.isThere),
    ).toEqual([false, true]);
  });

  test('TB-MSG-139 a broker that dies is dialled again; its will tells the stations when the ingest dies', async () => {
    await using hub = await world();
    await using ingest = await hub.ingest();
    const events = messagesOf(STATION, 60);
    await hub.station.publish(events.slice(0, 30));
    await expect.poll(() => hub.station.watermark?.upto).toBe(30);
    await hub.broker.kill();
    await hub.broker.up();
    // As a station does: sent again until it is acknowledged. The broker may have died before it kept the session.
    await expect
      .poll(
        async () => {
          await hub.station.publish(events.slice(30));
          return hub.station.watermark;
        },
        { timeout: 20_000, interval: 500 },
      )
      // The highest may be there before one that the broker took and lost: the watermark says so by its gaps.
      .toMatchObject({ upto: 60, gaps: [] });
    await expect.poll(() => hub.station.state).toBe('online');
    expect(await hub.rows('SELECT count(*)::int AS n FROM event')).toEqual([{ n: 60 }]);
    expect(ingest.count('events')).toBe(60);
  });

  test('what is published while no ingest runs waits for it; a proper end says offline', async () => {
    await using hub = await world();
    const events = messagesOf(STATION, 20);
    {
      await using _first = await hub.ingest();
      await hub.station.publish(events.slice(0, 5));
      await expect.poll(() => hub.station.watermark?.upto).toBe(5);
    }
    await expect.poll(() => hub.station.state).toBe('offline');
    await hub.station.publish(events.slice(5));
    await using _second = await hub.ingest();
    await expect.poll(() => hub.station.watermark?.upto).toBe(20);
  });

  test('TB-MSG-025 TB-MSG-140 keys come and go while the ingest runs', async () => {
    await using hub = await world();
    await using ingest = await hub.ingest([shardOf('st-new'), SHARD]);
    await using fresh = await Publisher.connect(hub.broker.url, 'st-new', hub.trust);
    const events = messagesOf('st-new', 3);
    await fresh.publish(events.slice(0, 1));
    await expect.poll(() => ingest.count('deadLetters')).toBe(1);
    register(hub.dir, 'st-new');
    await expect
      .poll(async () => {
        await fresh.publish(events.slice(0, 1));
        return fresh.watermark?.upto;
      })
      .toBe(1);
    revokeStation(hub.dir, 'st-new', undefined, new Date(NOW_MS).toISOString());
    await expect
      .poll(
        async () => {
          await fresh.publish([eventAt('st-new', { seq: 1, id: idOf(7) }).message]);
          return (await hub.rows("SELECT 1 FROM dead_letter WHERE code = 'expired'")).length;
        },
        { timeout: 15_000 },
      )
      .toBe(1);
    await fresh.publish(events.slice(1));
    await expect
      .poll(() => hub.rows("SELECT count(*)::int AS n FROM dead_letter WHERE code = 'expired'"))
      .toEqual([{ n: 3 }]);
    expect(fresh.watermark?.upto).toBe(1);
  });

  test('TB-MSG-141 two ingests share the shards, and each says for the other that somebody is there', async () => {
    await using hub = await world();
    const stations = Array.from({ length: 24 }, (_, n) => `st-many-${n}`);
    for (const station of stations) register(hub.dir, station);
    const even = Array.from({ length: 32 }, (_, n) => 2 * n);
    await using one = await hub.ingest(even, 'ingest-even');
    {
      await using two = await hub.ingest(
        even.map((shard) => shard + 1),
        'ingest-odd',
      );
      await using all = new AsyncDisposableStack();
      const links = await Promise.all(
        stations.map(async (name) => all.use(await Publisher.connect(hub.broker.url, name, hub.trust))),
      );
      await Promise.all(links.map((link) => link.publish(messagesOf(link.station, 20))));
      await expect.poll(() => links.every(({ watermark }) => watermark?.upto === 20), { timeout: 20_000 }).toBe(true);
      expect(one.count('events')).toBeGreaterThan(0);
      expect(two.count('events')).toBeGreaterThan(0);
      expect(one.count('events') + two.count('events')).toBe(480);
    }
    // The second said goodbye; the first is still there.
    await expect.poll(() => hub.station.states.slice(-2)).toEqual(['offline', 'online']);
    const taken = await hub.rows('SELECT count(*)::int AS n FROM event');
    expect(taken).toEqual([{ n: 480 }]);
    // Its shards, taken over by a third: sessions go with their shard.
    await using _third = await hub.ingest(
      even.map((shard) => shard + 1),
      'ingest-third',
    );
  });

  test('topics that no station speaks on are of no interest', async () => {
    await using hub = await world();
    await using ingest = await hub.ingest();
    await hub.station.publish([new Uint8Array([1])], 'ev', REVOKE_TOPIC);
    await hub.station.publish([new Uint8Array([1])], 'ev', `${upTopic(STATION, 'ev').replace(/ev$/, 'nonsense')}`);
    await expect.poll(() => ingest.count('deadLetters')).toBe(1);
  });
});
