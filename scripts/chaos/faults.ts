import { closeSync, cpSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import mqtt from 'mqtt';
import { topicsOf } from '../../src/contract/topics.ts';
import type { Station } from './stations.ts';
import type { World } from './world.ts';

export interface Chance {
  /** 0 … 1 */
  real(): number;
  /** 0 … n - 1 */
  below(n: number): number;
  pick<T>(from: readonly T[]): T;
}

export interface FaultKind {
  readonly name: string;
  readonly weight: number;
  /** Does it, and makes it good again after `forMs`. */
  play(world: World, chance: Chance, forMs: number): Promise<void>;
}

const SETTLE_LIMIT_MS = 60_000;

/** Between two events nothing may be confirmed that is not kept, whichever of these strikes when. */
export const FAULTS: readonly FaultKind[] = [
  line('delay', 3, { delayMs: 25 }),
  line('slow line', 2, { bitsPerSecond: 400_000 }),
  line('black hole', 3, { isBlackHole: true }),
  line('refuses', 2, { isRefusing: true }),
  line('short-lived connections', 2, { killAfterMs: 150 }),
  {
    name: 'connections cut',
    weight: 4,
    async play(world, chance) {
      anyLine(world, chance).cut();
    },
  },
  {
    name: 'acknowledgements swallowed',
    weight: 4,
    async play(world, chance, forMs) {
      const proxy = chance.pick(world.stationLines.slice(0, -1));
      // Framing is only known from a connection's start on.
      proxy.set({ swallow: ({ topic }, way) => way === 'down' && (topic?.endsWith('/ack') ?? false) });
      proxy.cut();
      await setTimeout(forMs);
      proxy.set({ swallow: null });
    },
  },
  {
    name: 'PUBACKs swallowed',
    weight: 3,
    async play(world, chance, forMs) {
      const proxy = chance.pick([...world.stationLines.slice(0, -1), world.ingestLine]);
      proxy.set({ swallow: ({ type }) => type === 4 });
      proxy.cut();
      await setTimeout(forMs);
      proxy.set({ swallow: null });
      proxy.cut();
    },
  },
  {
    name: 'retained acknowledgement missing',
    weight: 2,
    async play(world, chance) {
      const client = await mqtt.connectAsync(world.broker.url, { protocolVersion: 5, reconnectPeriod: 0 });
      const topic = topicsOf(chance.pick(world.stations).name).acknowledgement;
      await client.publishAsync(topic, '', { retain: true, qos: 1 });
      await client.endAsync();
      for (const proxy of world.stationLines) proxy.cut();
    },
  },
  {
    name: 'station killed',
    weight: 5,
    play: ({ stations }, chance) => chance.pick(stations).program.restart(),
  },
  {
    name: 'ingest killed',
    weight: 3,
    async play({ ingest }, _, forMs) {
      await ingest.kill();
      await setTimeout(forMs / 2);
      await ingest.start();
    },
  },
  {
    name: 'broker killed',
    weight: 2,
    async play({ broker }, _, forMs) {
      await broker.kill();
      await setTimeout(forMs / 2);
      await broker.up();
    },
  },
  {
    name: 'database killed',
    weight: 2,
    async play({ postgres, ingest }, _, forMs) {
      // An embedded database dies with the ingest.
      if (!postgres) return ingest.restart();
      await postgres.kill();
      await setTimeout(forMs / 2);
      await postgres.up();
    },
  },
  {
    name: 'certificate expired',
    weight: 1,
    async play({ certify, stationLines }, _, forMs) {
      certify('until yesterday');
      stationLines.at(-1)?.cut();
      await setTimeout(forMs);
      certify('now');
    },
  },
  clock('clock at 2020', new Date('2020-01-01T00:00:00Z')),
  clock('clock at 2031', new Date('2031-01-01T00:00:00Z')),
  {
    name: 'disk full',
    weight: 2,
    async play({ stations }, chance, forMs) {
      const station = chance.pick(stations);
      // SQLite's own limit: a write past it fails as on a full disk.
      await restartWith(station, { maxBytes: 1 });
      await setTimeout(forMs);
      await restartWith(station, { maxBytes: 200_000_000 });
    },
  },
  {
    name: 'journal damaged, new epoch',
    weight: 1,
    async play({ stations }, chance) {
      const station = chance.pick(stations);
      await station.drain(SETTLE_LIMIT_MS);
      await station.program.kill();
      damage(station.journalDir);
      await station.program.start();
    },
  },
  {
    name: 'old image restored',
    weight: 1,
    async play({ stations }, chance, forMs) {
      const station = chance.pick(stations);
      const image = `${station.dataDir}-image`;
      await station.program.kill();
      cpSync(station.dataDir, image, { recursive: true });
      await station.program.start();
      await setTimeout(forMs);
      // A restored image has nothing later than itself: what was confirmed must be on the server before the only copy goes.
      await station.drain(SETTLE_LIMIT_MS);
      await station.program.kill();
      rmSync(station.dataDir, { recursive: true });
      cpSync(image, station.dataDir, { recursive: true });
      rmSync(image, { recursive: true });
      await station.program.start();
    },
  },
];

function line(name: string, weight: number, faults: Parameters<World['ingestLine']['set']>[0]): FaultKind {
  const none = { delayMs: 0, bitsPerSecond: null, isBlackHole: false, isRefusing: false, killAfterMs: null };
  return {
    name,
    weight,
    async play(world, chance, forMs) {
      const proxy = anyLine(world, chance);
      proxy.set(faults);
      if (faults.killAfterMs || faults.isRefusing) proxy.cut();
      await setTimeout(forMs);
      proxy.set(none);
    },
  };
}

function clock(name: string, shows: Date): FaultKind {
  return {
    name,
    weight: 1,
    async play({ stations }, chance, forMs) {
      const station = chance.pick(stations);
      await restartWith(station, { clockOffsetMs: shows.getTime() - Date.now() });
      await setTimeout(forMs);
      await restartWith(station, { clockOffsetMs: 0 });
    },
  };
}

const anyLine = ({ stationLines, ingestLine }: World, chance: Chance) => chance.pick([...stationLines, ingestLine]);

async function restartWith(station: Station, change: Parameters<Station['change']>[0]): Promise<void> {
  station.change(change);
  await station.program.restart();
}

/** Overwrites the head of the database file and of its log, as a broken memory card would. */
function damage(folder: string): void {
  const files = readdirSync(folder).filter((name) => /\.sqlite(-wal)?$/.test(name));
  if (files.length === 0) throw new Error('no journal to damage');
  for (const name of files) {
    const file = openSync(join(folder, name), 'r+');
    writeSync(file, Buffer.alloc(64, 0xa5), 0, 64, 0);
    closeSync(file);
  }
}
