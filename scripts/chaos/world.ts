import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeServerKeys } from '../../src/hub/server-keys.ts';
import { registerStation } from '../../src/hub/stations-folder.ts';
import { openStationKeys, stationKey, trustPath } from '../../src/identity/station-keys.ts';
import { freePort, OwnBroker } from '../../tests/fixtures/hub/broker.ts';
import { OwnPostgres, postgresMissing } from '../../tests/fixtures/hub/postgres.ts';
import { type Authority, testAuthority, writePair } from '../../tests/fixtures/pki.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { Program } from './program.ts';
import { Station } from './stations.ts';

/** Short waits: a run of minutes has to hold what is days in the field. Nothing but times differs from what is shipped. */
const UPLINK = {
  replayPerSecond: 400,
  resendAfterMs: 2_000,
  backOffMinMs: 50,
  backOffMaxMs: 500,
  connectLimitMs: 2_000,
  keepAliveS: 5,
  willDelayS: 1,
};
const MAX_JOURNAL_BYTES = 200_000_000;
const STATION_PAIR = 'station';
const DAY_MS = 86_400_000;
const CLI = resolve(import.meta.dirname, '../../src/cli.ts');

/** A whole system of its own on loopback: stations, a proxy before each, broker, ingest behind a proxy, database. */
export interface World extends AsyncDisposable {
  readonly stations: readonly Station[];
  /** The way of each station, in their order. The last one speaks TLS 1.3 with a certificate: nobody sees into its line. */
  readonly stationLines: readonly FaultProxy[];
  /** Gives the last station another certificate, in force from its next connection on. */
  certify(valid: 'now' | 'until yesterday'): void;
  readonly ingestLine: FaultProxy;
  readonly ingest: Program;
  readonly broker: OwnBroker;
  /** `undefined` where the database lies within the ingest. */
  readonly postgres: OwnPostgres | undefined;
  /** For whoever counts. */
  readonly databaseUrl: string;
  readonly hubDir: string;
  readonly vaultDir: string;
  /** What the ingest has said, by kind and code. */
  readonly said: Record<string, number>;
}

export interface WorldOptions {
  readonly stations: number;
  readonly eventMs: number;
  readonly random: () => number;
  readonly database: 'postgres' | 'pglite';
}

export async function openWorld({ stations: count, eventMs, random, database }: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'thuengban-chaos-'));
  const stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const [hubDir, vaultDir] = [join(folder, 'hub'), join(folder, 'vault')];
  const { trust } = makeServerKeys(hubDir, vaultDir);
  const authority = testAuthority();
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
  const tlsPort = await freePort();
  const broker = stack.use(await OwnBroker.start(tlsListener(folder, authority, tlsPort)));
  const postgres = database === 'postgres' ? stack.use(await OwnPostgres.start()) : undefined;
  const databaseUrl = postgres ? await postgres.database() : join(folder, 'database');
  const ingestLine = stack.use(await startFaultProxy({ targetPort: broker.port, random }));
  const said: Record<string, number> = {};
  const ingest = stack.use(
    new Program({
      name: 'ingest',
      command: () => [
        process.execPath,
        ...['--disable-warning=ExperimentalWarning', CLI, 'hub', 'ingest', '--json'],
        ...['--broker', `mqtt://127.0.0.1:${ingestLine.port}`, '--db', databaseUrl, '--dir', hubDir],
      ],
      readyOn: 'stdout',
      ready: /"kind":"ready"/,
      onLine: (line) => countWord(said, line),
    }),
  );
  const stations: Station[] = [];
  const stationLines: FaultProxy[] = [];
  for (let n = 1; n <= count; n++) {
    const station = `st-chaos-${String(n).padStart(3, '0')}`;
    const dataDir = join(folder, station);
    mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
    writeFileSync(trustPath(dataDir), JSON.stringify(trust));
    const keys = openStationKeys({ dir: dataDir, station, isDemo: false });
    registerStation(hubDir, JSON.stringify(stationKey(keys, station)));
    const isTls = n === count;
    const line = stack.use(await startFaultProxy({ targetPort: isTls ? tlsPort : broker.port, random }));
    const url = `${isTls ? 'mqtts' : 'mqtt'}://127.0.0.1:${line.port}`;
    const uplink = isTls ? { ...UPLINK, tls: { caFile: join(folder, 'ca.pem'), ...pairFiles(folder) } } : UPLINK;
    const options = { station, dataDir, url, eventMs, clockOffsetMs: 0, maxBytes: MAX_JOURNAL_BYTES, uplink };
    const one = new Station(options);
    stack.use(one.program);
    stations.push(one);
    stationLines.push(line);
  }
  const certify = (valid: 'now' | 'until yesterday') => {
    const ends = valid === 'now' ? {} : { from: new Date(Date.now() - 2 * DAY_MS), to: new Date(Date.now() - DAY_MS) };
    writePair(folder, STATION_PAIR, authority.issue(stations.at(-1)?.name ?? '', ends));
  };
  certify('now');
  await ingest.start();
  await Promise.all(stations.map(({ program }) => program.start()));
  return {
    ...{ stations, stationLines, certify, ingestLine, ingest, broker, postgres, databaseUrl, hubDir, vaultDir, said },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function tlsListener(folder: string, authority: Authority, port: number): readonly string[] {
  const { certFile, keyFile } = writePair(folder, 'broker', authority.issue('localhost'));
  const files = [`cafile ${join(folder, 'ca.pem')}`, `certfile ${certFile}`, `keyfile ${keyFile}`];
  return [`listener ${port} 127.0.0.1`, ...files, 'require_certificate true', 'tls_version tlsv1.3'];
}

const pairFiles = (folder: string) => ({
  certFile: join(folder, `${STATION_PAIR}.pem`),
  keyFile: join(folder, `${STATION_PAIR}.key`),
});

/** Whether a PostgreSQL can be had; without one its part is played by the embedded database. */
export const databaseKind = (): 'postgres' | 'pglite' => (postgresMissing === undefined ? 'postgres' : 'pglite');

function countWord(said: Record<string, number>, line: string): void {
  let event: { kind?: string; alarm?: string; counts?: Record<string, number> };
  try {
    event = JSON.parse(line);
  } catch {
    return;
  }
  const add = (name: string, by: number) => {
    said[name] = (said[name] ?? 0) + by;
  };
  if (event.kind === 'alarm') add(`alarm ${event.alarm}`, 1);
  else if (event.kind === 'batch') for (const [name, by] of Object.entries(event.counts ?? {})) add(name, by);
  else add(event.kind ?? 'unknown', 1);
}
