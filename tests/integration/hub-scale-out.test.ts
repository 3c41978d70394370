import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SHARDS, shardOf } from '../../src/contract/topics.ts';
import { brokerMissing, OwnBroker } from '../fixtures/hub/broker.ts';
import { chainOf } from '../fixtures/hub/chain.ts';
import { OwnPostgres, postgresMissing } from '../fixtures/hub/postgres.ts';
import { Publisher } from '../fixtures/hub/publisher.ts';
import { serverFolder } from '../fixtures/hub/run-hub.ts';
import { tempFolder } from '../fixtures/temp.ts';

const SCRIPT = fileURLToPath(new URL('../../docs/scale-out/ingests.sh', import.meta.url));
/** A station of the lower half of the shards, and one of the upper half. */
const STATIONS = [0, 1].map((half) => {
  for (let n = 0; ; n++) if (Math.floor(shardOf(`st-half-${n}`) / (SHARDS / 2)) === half) return `st-half-${n}`;
});

test.skipIf(brokerMissing ?? postgresMissing)(
  'TB-MSG-141 docs/scale-out/ingests.sh shares the shards among its processes, and ends them all',
  async () => {
    using folder = tempFolder();
    await using broker = await OwnBroker.start();
    await using postgres = await OwnPostgres.start();
    const { dir, trust } = serverFolder(folder.path, STATIONS);
    const args = ['2', '--broker', broker.url, '--db', await postgres.database(), '--dir', dir, '--json'];
    const child = spawn('bash', [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    // Its output ends when the last process that has it has ended.
    const isOver = new Promise((resolve) => child.once('close', resolve));
    const said: { readonly kind: string; readonly shards?: number; readonly counts?: { readonly events: number } }[] =
      [];
    createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line)));
    try {
      await expect.poll(() => said.filter(({ kind }) => kind === 'ready'), { timeout: 60_000 }).toHaveLength(2);
      expect(said.filter(({ kind }) => kind === 'ready').map(({ shards }) => shards)).toEqual([32, 32]);
      await using all = new AsyncDisposableStack();
      const links = await Promise.all(
        STATIONS.map(async (station) => all.use(await Publisher.connect(broker.url, station, trust))),
      );
      for (const link of links) await link.publish(chainOf(link.station, 10).map(({ message }) => message));
      await expect.poll(() => links.map(({ watermark }) => watermark?.upto), { timeout: 20_000 }).toEqual([10, 10]);
      child.kill('SIGTERM');
      await isOver;
      await expect.poll(() => links.map(({ state }) => state)).toEqual(['offline', 'offline']);
    } finally {
      child.kill('SIGTERM');
      await isOver;
    }
    expect(said.reduce((sum, { counts }) => sum + (counts?.events ?? 0), 0)).toBe(20);
  },
  120_000,
);
