import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seal } from '../../src/contract/envelope/sealed.ts';
import { shardOf } from '../../src/contract/topics.ts';
import { publicJwk, trusted, trustSchema } from '../../src/contract/trust.ts';
import { commitBatch } from '../../src/hub/commit-batch.ts';
import { migrate } from '../../src/hub/migrate.ts';
import { Months } from '../../src/hub/months.ts';
import { openDatabase } from '../../src/hub/open-database.ts';
import { programmeKeys } from '../../src/hub/server-keys.ts';
import { runVault } from '../../src/hub/vault.ts';
import { COMPLETED, record } from '../fixtures/contract/events.ts';
import { NOW_MS } from '../fixtures/contract/keys.ts';
import { brokerMissing, OwnBroker } from '../fixtures/hub/broker.ts';
import { chainOf, judgedOf, signerFor } from '../fixtures/hub/chain.ts';
import { IngestProcess } from '../fixtures/hub/ingest-process.ts';
import { OwnPostgres, postgresMissing } from '../fixtures/hub/postgres.ts';
import { Publisher } from '../fixtures/hub/publisher.ts';
import { serverFolder } from '../fixtures/hub/run-hub.ts';
import { SwallowProxy } from '../fixtures/hub/swallow-proxy.ts';
import { thuengban } from '../fixtures/run-command.ts';
import { tempFolder } from '../fixtures/temp.ts';

const STATION = 'st-hub';
const SHARD = String(shardOf(STATION));

test('keys, register, revoke, stations: a server is made ready', async () => {
  using folder = tempFolder();
  const dir = join(folder.path, 'server');
  const run = (...args: readonly string[]) => thuengban(['hub', ...args, '--dir', dir]);
  const made = await run('keys', '--json');
  expect(made.code).toBe(0);
  for (const path of [`${dir}/acknowledging.pem`, `${dir}/controlling.pem`, `${dir}-vault/programme.pem`])
    expect(statSync(path).mode & 0o777).toBe(0o600);
  const { trust, vault, ...trustDocument } = JSON.parse(made.stdout);
  expect(trustSchema.parse(trustDocument).server.map(({ kinds }) => kinds[0])).toEqual(['ack', 'cmd']);
  expect((await run('keys', '--json')).stdout).toBe(made.stdout);
  expect(trust).toBe(`${dir}/trust.json`);
  expect(vault).toBe(`${dir}-vault`);

  const document = join(folder.path, 'station.json');
  const { kid, key } = signerFor(STATION);
  writeFileSync(document, JSON.stringify({ station: STATION, signing: publicJwk(key, kid) }));
  expect((await run('register', document)).stdout).toMatch(/^st-hub\t1\tregistered/);
  expect((await run('register', document)).stdout).toMatch(/known/);
  writeFileSync(document, JSON.stringify({ station: 'st-thief', signing: publicJwk(key, kid) }));
  const thief = await run('register', document, '--json');
  expect([thief.code, JSON.parse(thief.stdout).fault.code]).toEqual([2, 'HUB_REGISTER']);
  const from = '2026-11-22T02:00:00.000Z';
  expect((await run('revoke', STATION, '--from', from)).stdout).toContain(from);
  await run('revoke', STATION, '--from', '2030-01-01T00:00:00.000Z');
  expect(JSON.parse((await run('stations', '--json')).stdout)[0].keys[0]).toMatchObject({ kid, refusedFrom: from });
  expect((await run('revoke', 'st-unknown')).code).toBe(2);
}, 120_000);

describe.skipIf(brokerMissing)('hub ingest and hub vault', () => {
  let broker: OwnBroker;
  beforeAll(async () => {
    broker = await OwnBroker.start();
  });
  afterAll(() => broker[Symbol.asyncDispose]());

  test('TB-MSG-142 TB-MSG-143 the ingest never has the key that opens; the vault opens, and writes down that it did', async () => {
    using folder = tempFolder();
    const { dir, vaultDir, trust } = serverFolder(folder.path, [STATION]);
    const db = join(folder.path, 'db');
    // Whoever reads a pipe that nobody writes waits for ever.
    const key = join(vaultDir, 'programme.pem');
    execFileSync('cp', [key, `${key}.safe`]);
    rmSync(key);
    execFileSync('mkfifo', [key]);
    const common = ['--db', db, '--dir', dir];
    const ingest = await IngestProcess.start([...common, '--broker', broker.url, '--shards', SHARD]);
    await using station = await Publisher.connect(broker.url, STATION, trust);
    const { sealing } = trusted(trustSchema.parse(trust));
    const data = await seal({ ...record }, sealing);
    const events = chainOf(STATION, 2, { type: COMPLETED, data });
    await station.publish(events.map(({ message }) => message));
    await expect.poll(() => station.watermark?.upto, { timeout: 20_000 }).toBe(2);
    const busy = await thuengban([
      'hub',
      'vault',
      '--db',
      db,
      '--vault-dir',
      `${folder.path}/none`,
      '--once',
      '--json',
    ]);
    expect(JSON.parse(busy.stdout).fault.code).toBe('HUB_KEYS');
    rmSync(key);
    execFileSync('mv', [`${key}.safe`, key]);
    const vault = () => thuengban(['hub', 'vault', '--db', db, '--vault-dir', vaultDir, '--once', '--json']);
    expect(JSON.parse((await vault()).stdout).fault.code).toBe('HUB_DATABASE_BUSY');
    expect(await ingest.end('SIGTERM')).toBe(0);
    await expect.poll(() => station.state).toBe('offline');
    const opened = await vault();
    expect(opened).toMatchObject({ code: 0, stdout: '{"opened":2,"refused":0}\n' });
    expect(`${opened.stderr}${ingest.said}`).not.toContain('CANARY');
    expect((await vault()).stdout).toBe('{"opened":0,"refused":0}\n');
    await using database = await openDatabase(db);
    const [rows, lines] = await database.transaction(async (sql) => [
      await sql.query('SELECT subject, outcome, doc FROM vault.record ORDER BY seq'),
      await sql.query('SELECT seq, result FROM vault.opening ORDER BY seq'),
    ]);
    expect(rows).toEqual([1, 2].map(() => ({ subject: record.subject, outcome: 'referred', doc: record })));
    expect(lines?.map(({ result }) => result)).toEqual(['opened', 'opened']);
  }, 120_000);

  test('TB-MSG-139 an ingest that is killed says offline by its will, and the broker keeps that for whoever comes later', async () => {
    using folder = tempFolder();
    const { dir, trust } = serverFolder(folder.path, []);
    await using station = await Publisher.connect(broker.url, STATION, trust);
    const args = ['--db', join(folder.path, 'db'), '--dir', dir, '--broker', broker.url, '--shards', SHARD];
    await using ingest = await IngestProcess.start(args);
    await expect.poll(() => station.state).toBe('online');
    expect(await ingest.end('SIGKILL')).toBe(null);
    await expect.poll(() => station.state).toBe('offline');
    await using late = await Publisher.connect(broker.url, STATION, trust);
    await expect.poll(() => late.states).toEqual(['offline']);
    // And the next one says that somebody is there again.
    await using _next = await IngestProcess.start(args);
    await expect.poll(() => late.states).toEqual(['offline', 'online']);
  }, 120_000);

  test('TB-MSG-142 with the key that opens beside its own, the ingest does not start', async () => {
    using folder = tempFolder();
    const { dir } = serverFolder(folder.path, []);
    execFileSync('cp', [join(folder.path, 'vault', 'programme.pem'), dir]);
    const refused = await thuengban(['hub', 'ingest', '--dir', dir, '--db', join(folder.path, 'db'), '--json']);
    expect([refused.code, JSON.parse(refused.stdout).fault.code]).toEqual([2, 'HUB_KEYS']);
  });

  test('faults say what to mend', async () => {
    using folder = tempFolder();
    const { dir } = serverFolder(folder.path, []);
    const ingest = async (...args: readonly string[]) => {
      const { stdout } = await thuengban(['hub', 'ingest', '--dir', dir, '--json', ...args]);
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').fault.code;
    };
    expect(await ingest('--shards', '0-64')).toBe('USAGE');
    expect(await ingest('--broker', 'http://x')).toBe('USAGE');
    expect(await ingest('--ca', '/nowhere')).toBe('USAGE');
    expect(await ingest('--db', 'postgresql://nobody@127.0.0.1:9/none')).toBe('HUB_DATABASE_AWAY');
    expect(await ingest('--dir', join(folder.path, 'none'), '--db', join(folder.path, 'db'))).toBe('HUB_KEYS');
  }, 120_000);

  test.skipIf(postgresMissing)(
    'TB-MSG-131 an ingest that is killed between COMMIT and PUBACK doubles nothing',
    async () => {
      await using postgres = await OwnPostgres.start();
      using folder = tempFolder();
      const where = await postgres.database();
      const { dir, trust } = serverFolder(folder.path, [STATION]);
      const common = ['--db', where, '--dir', dir, '--shards', SHARD];
      await using inspector = await openDatabase(where);
      const counts = async () => {
        const [row] = await inspector.transaction((sql) =>
          sql.query(
            `SELECT (SELECT count(*) FROM event)::int AS events, (SELECT coalesce(sum(duplicates), 0) FROM watermark)::int AS duplicates`,
          ),
        );
        return row;
      };
      await using station = await Publisher.connect(broker.url, STATION, trust);
      station.acknowledgements.length = 0;
      const messages = chainOf(STATION, 40, { epoch: 'epoch-kill' }).map(({ message }) => message);
      {
        await using proxy = await SwallowProxy.start(broker.port);
        await using ingest = await IngestProcess.start([...common, '--broker', proxy.url]);
        proxy.isSwallowing = true;
        await station.publish(messages);
        await expect.poll(counts).toEqual({ events: 40, duplicates: 0 });
        await ingest.end('SIGKILL');
      }
      expect(station.acknowledgements).toEqual([]);
      await using _again = await IngestProcess.start([...common, '--broker', broker.url]);
      await expect.poll(() => station.watermark?.upto).toBe(40);
      await expect.poll(counts).toEqual({ events: 40, duplicates: 40 });
    },
    120_000,
  );

  test.skipIf(postgresMissing)(
    'TB-MSG-143 the vault keeps out the ingest: roles of their own in PostgreSQL',
    async () => {
      await using postgres = await OwnPostgres.start();
      using folder = tempFolder();
      const where = await postgres.database();
      await using owner = await openDatabase(where);
      await migrate(owner, 'hub');
      await migrate(owner, 'vault');
      const roles = readFileSync(new URL('../../src/hub/migrations/roles.sql', import.meta.url), 'utf8').replace(
        /^--.*$/gm,
        '',
      );
      await owner.transaction(async (sql) => {
        for (const statement of roles.split(/;\s*$/m)) if (statement.trim()) await sql.query(statement);
      });
      const as = async (role: string, text: string) => {
        await using database = await openDatabase(where.replace('//hub@', `//${role}@`));
        return database
          .transaction((sql) => sql.query(text))
          .then(
            () => 'done',
            () => 'refused',
          );
      };
      // Each can do its work without being the owner.
      const { trust, vaultDir } = serverFolder(folder.path, [STATION]);
      const role = (name: string) => openDatabase(where.replace('//hub@', `//${name}@`));
      await using ingest = await role('thuengban_ingest');
      await migrate(ingest, 'hub');
      await new Months(ingest).ensure(NOW_MS);
      await owner.transaction((sql) =>
        sql.query('INSERT INTO station_key (kid, station, x) VALUES ($1, $2, $3)', [
          signerFor(STATION).kid,
          STATION,
          publicJwk(signerFor(STATION).key).x,
        ]),
      );
      const data = await seal({ ...record }, trusted(trustSchema.parse(trust)).sealing);
      const events = chainOf(STATION, 3, { type: COMPLETED, data }).map(({ message }) => message);
      await commitBatch(ingest, judgedOf(STATION, events), NOW_MS);
      // A row that somebody with rights changed is not opened as if nothing had been.
      await owner.transaction((sql) =>
        sql.query("UPDATE event SET body = overlay(body placing 'AAAA' from 300) WHERE seq = 2"),
      );
      await using vault = await role('thuengban_vault');
      await migrate(vault, 'vault');
      const seen: unknown[] = [];
      const options = { database: vault, keys: programmeKeys(vaultDir), opener: 'test', nowMs: () => NOW_MS };
      await runVault({ ...options, report: (counts) => seen.push(counts) }, true, new AbortController().signal);
      expect(seen).toMatchObject([{ opened: 2, refused: 1 }]);
      const audit = await owner.transaction((sql) =>
        sql.query('SELECT seq::int, result FROM vault.opening ORDER BY seq'),
      );
      expect(audit).toMatchObject([{ result: 'opened' }, { seq: 2, result: 'tampered' }, { result: 'opened' }]);
      expect(await as('thuengban_ingest', 'SELECT * FROM vault.record')).toBe('refused');
      expect(await as('thuengban_ingest', 'DELETE FROM event')).toBe('refused');
      expect(await as('thuengban_ingest', 'SELECT * FROM event')).toBe('done');
      expect(await as('thuengban_vault', 'SELECT * FROM event')).toBe('done');
      expect(
        await as(
          'thuengban_vault',
          "INSERT INTO alarm (kind, station, epoch, seq, detail, at) VALUES ('k', 's', 'e', 1, '', now())",
        ),
      ).toBe('refused');
      expect(await as('thuengban_vault', 'SELECT * FROM vault.record')).toBe('done');
      expect(await as('thuengban_vault', 'DELETE FROM vault.opening')).toBe('refused');
    },
  );
});
