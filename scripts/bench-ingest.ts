/**
 * `npm run bench:ingest [-- --json] [-- --events N]`: events a second from the broker's queue into the database, signatures checked and
 * watermarks signed, held against a raw batched insert of the same rows in the same run; and how fast the vault opens.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openEventData, signEvent } from '../src/contract/envelope/event.ts';
import { seal } from '../src/contract/envelope/sealed.ts';
import { shardOf } from '../src/contract/topics.ts';
import { publicJwk, trusted, trustSchema } from '../src/contract/trust.ts';
import { commitBatch } from '../src/hub/commit-batch.ts';
import { eventRow } from '../src/hub/event-rows.ts';
import { judge } from '../src/hub/judge.ts';
import { migrate } from '../src/hub/migrate.ts';
import { Months } from '../src/hub/months.ts';
import { openDatabase } from '../src/hub/open-database.ts';
import type { HubDatabase } from '../src/hub/port.ts';
import { programmeKeys } from '../src/hub/server-keys.ts';
import { runVault } from '../src/hub/vault.ts';
import { COMPLETED, fields, record } from '../tests/fixtures/contract/events.ts';
import { OwnBroker } from '../tests/fixtures/hub/broker.ts';
import { everybody, idOf, published, signerFor } from '../tests/fixtures/hub/chain.ts';
import { OwnPostgres, postgresMissing } from '../tests/fixtures/hub/postgres.ts';
import { Publisher } from '../tests/fixtures/hub/publisher.ts';
import { register, serverFolder } from '../tests/fixtures/hub/run-hub.ts';
import { tempFolder } from '../tests/fixtures/temp.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, events: { type: 'string', default: '20000' } } });
const total = Number(values.events);
/** Stations of each shard. */
const STATIONS = 50;
const BATCH = 1_000;
const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

const say = (text: string) => process.stderr.write(`${text}\n`);
const perSecond = (count: number, ms: number) => Math.round(count / (ms / 1_000));

/** Names of stations that belong to a shard. */
function stationsOf(shard: number): readonly string[] {
  const found: string[] = [];
  for (let n = 0; found.length < STATIONS; n++) if (shardOf(`st-${n}`) === shard) found.push(`st-${n}`);
  return found;
}

/** `count` signed events, in turns of the stations, each chain whole. */
function eventsOf(stations: readonly string[], count: number, data: string) {
  const heads = new Map<string, { readonly seq: number; readonly prev: string | null }>();
  return Array.from({ length: count }, (_, n) => {
    const station = stations[n % stations.length] ?? '';
    const { seq, prev } = heads.get(station) ?? { seq: 1, prev: null };
    const { message, hash } = signEvent(
      fields({ station, seq, prev, id: idOf(n), type: COMPLETED, data }),
      signerFor(station),
    );
    heads.set(station, { seq: seq + 1, prev: hash });
    return { station, message };
  });
}

/** The same rows, put in without a question: what the database does at best. @returns rows a second */
async function rawInsert(database: HubDatabase, events: ReturnType<typeof eventsOf>): Promise<number> {
  await migrate(database, 'hub');
  await new Months(database).ensure(everybody.nowMs);
  const rows = events.map(({ station, message }) => {
    const judged = judge(published(station, message), everybody);
    if (judged.kind !== 'event') throw new Error('not an event');
    return eventRow(judged.event, judged.body);
  });
  const columns = 'station, epoch, seq, id, type, said_at, kid, is_sealed, body';
  const startedAt = performance.now();
  for (let at = 0; at < rows.length; at += BATCH)
    await database.transaction((sql) =>
      sql.query(
        `WITH fresh AS (SELECT * FROM json_to_recordset($1::json) AS row (station text, epoch text, seq bigint, hash text, prev text,
           id uuid, type text, said_at text, kid text, is_sealed boolean, body text)),
         placed AS (INSERT INTO place SELECT station, epoch, seq, hash, prev FROM fresh)
         INSERT INTO event (received_at, ${columns}) SELECT $2::timestamptz, ${columns} FROM fresh`,
        [JSON.stringify(rows.slice(at, at + BATCH)), new Date(everybody.nowMs).toISOString()],
      ),
    );
  return perSecond(rows.length, performance.now() - startedAt);
}

/** Runs ingest processes until they have committed `count` events. @returns events a second from the first that was ready */
async function ingest(commands: readonly (readonly string[])[], count: number): Promise<number> {
  const children: ChildProcess[] = [];
  const done = Promise.withResolvers<number>();
  let committed = 0;
  let startedAt = Number.NaN;
  for (const args of commands) {
    const child = spawn(process.execPath, [CLI, 'hub', 'ingest', '--json', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    child.once('close', () => done.reject(new Error('the ingest ended')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line);
      // A session that has messages waiting begins before it says so: the time counts from the first connection.
      if (event.kind === 'broker' && event.isThere && Number.isNaN(startedAt)) startedAt = performance.now();
      if (event.kind === 'batch') committed += event.counts.events;
      if (committed >= count) done.resolve(performance.now() - startedAt);
    });
  }
  const ms = count === 0 ? 0 : await done.promise;
  done.promise.catch(() => undefined);
  await Promise.all(
    children.map(async (child) => {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await closed;
    }),
  );
  return perSecond(count, ms);
}

async function bench() {
  using folder = tempFolder();
  const { dir, vaultDir, trust } = serverFolder(folder.path, []);
  const shards = [0, 1].map((shard) => ({ shard, stations: stationsOf(shard) }));
  for (const { stations } of shards) for (const station of stations) register(dir, station);
  const { sealing } = trusted(trustSchema.parse(trust));
  const data = await seal({ ...record }, sealing);
  say(`signing ${2 * total} events …`);
  const queues = shards.map(({ shard, stations }) => ({ shard, events: eventsOf(stations, total, data) }));
  const [first, second] = queues as [(typeof queues)[0], (typeof queues)[0]];

  /** Fills the broker's queues for shards whose sessions exist, then lets the ingest have them. */
  const drained = async (
    where: string,
    layout: readonly (readonly number[])[],
    filled: readonly (typeof queues)[0][],
  ) => {
    await using broker = await OwnBroker.start();
    const commands = layout.map((list) => [
      '--broker',
      broker.url,
      '--dir',
      dir,
      '--db',
      where,
      '--shards',
      list.join(','),
    ]);
    await makeSessions(commands);
    for (const { events } of filled) {
      await using publisher = await Publisher.connect(broker.url, 'st-bench', trust);
      for (let at = 0; at < events.length; at += 500)
        await Promise.all(
          events
            .slice(at, at + 500)
            .map(({ station, message }) => publisher.publish([message], 'ev', published(station, message).topic)),
        );
    }
    return await ingest(
      commands,
      filled.reduce((sum, { events }) => sum + events.length, 0),
    );
  };

  const results: Record<string, object> = {};
  const over = async (
    name: string,
    make: () => Promise<string>,
    processes: (shards: readonly number[]) => readonly (readonly number[])[],
  ) => {
    say(`${name}: raw insert …`);
    const raw = async () => {
      await using database = await openDatabase(await make());
      return await rawInsert(database, first.events);
    };
    const before = await raw();
    say(`${name}: one shard …`);
    const one = await drained(await make(), [[first.shard]], [first]);
    say(`${name}: two shards …`);
    const two = await drained(await make(), processes([first.shard, second.shard]), [first, second]);
    const after = await raw();
    const rawPerSecond = Math.round((before + after) / 2);
    const ratio = (rate: number) => Math.round((rate / rawPerSecond) * 100) / 100;
    results[name] = {
      rawPerSecond: [before, after],
      oneShard: one,
      oneShardRatio: ratio(one),
      twoShards: two,
      twoShardsRatio: ratio(two),
    };
  };

  if (postgresMissing === undefined) {
    await using postgres = await OwnPostgres.start();
    await over(
      'postgresql',
      () => postgres.database(),
      (list) => list.map((shard) => [shard]),
    );
    results['vault'] = await vault(await postgres.database(), vaultDir, first.events.slice(0, 4_000));
  }
  let folders = 0;
  await over(
    'pglite',
    async () => join(folder.path, `pglite-${++folders}`),
    (list) => [list],
  );
  const judgeMs = timed(() => {
    for (const { station, message } of first.events) judge(published(station, message), everybody);
  });
  const messageBytes = first.events[0]?.message.length ?? 0;
  return {
    cpus: cpus()[0]?.model,
    cores: cpus().length,
    node: process.version,
    events: total,
    stations: STATIONS,
    messageBytes,
    judgedPerSecond: perSecond(total, judgeMs),
    ...results,
  };
}

/** Starts and ends each ingest once, so that its sessions exist at the broker. */
async function makeSessions(commands: readonly (readonly string[])[]): Promise<void> {
  await Promise.all(
    commands.map(async (args) => {
      const child = spawn(process.execPath, [CLI, 'hub', 'ingest', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
      const closed = new Promise((resolve) => child.once('close', resolve));
      createInterface({ input: child.stderr }).on('line', (line) => /ready/.test(line) && child.kill('SIGTERM'));
      await closed;
    }),
  );
}

/** @returns openings a second, with record and audit, and of the cryptography alone */
async function vault(where: string, vaultDir: string, events: ReturnType<typeof eventsOf>): Promise<object> {
  say('vault …');
  await using database = await openDatabase(where);
  await migrate(database, 'hub');
  await migrate(database, 'vault');
  await new Months(database).ensure(everybody.nowMs);
  const judged = events.map(({ station, message }) => judge(published(station, message), everybody));
  for (let at = 0; at < judged.length; at += BATCH)
    await commitBatch(database, judged.slice(at, at + BATCH), everybody.nowMs);
  const stations = [...new Set(events.map(({ station }) => station))];
  await database.transaction((sql) =>
    sql.query(
      `INSERT INTO station_key (kid, station, x) SELECT kid, station, x FROM json_to_recordset($1::json) AS row (kid text, station text, x text)`,
      [
        JSON.stringify(
          stations.map((station) => ({ station, kid: signerFor(station).kid, x: publicJwk(signerFor(station).key).x })),
        ),
      ],
    ),
  );
  const keys = programmeKeys(vaultDir);
  let opened = 0;
  const options = {
    database,
    keys,
    opener: 'bench',
    nowMs: Date.now,
    report: (counts: { readonly opened: number }) => {
      opened += counts.opened;
    },
  };
  const startedAt = performance.now();
  await runVault(options, true, new AbortController().signal);
  const openedPerSecond = perSecond(opened, performance.now() - startedAt);
  if (opened !== events.length) throw new Error(`${opened} of ${events.length} opened`);
  const bareAt = performance.now();
  for (const one of judged.slice(0, 2_000)) if (one.kind === 'event') await openEventData(one.event.envelope, keys);
  return { openedPerSecond, unsealedPerSecond: perSecond(2_000, performance.now() - bareAt) };
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

const result = await bench();
process.stdout.write(`${JSON.stringify(result, null, values.json ? 0 : 2)}\n`);
