import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import mqtt from 'mqtt';
import { saveSettings } from '../../src/config/load-settings.ts';
import { pseudonym } from '../../src/contract/envelope/pseudonym.ts';
import type { Order } from '../../src/roster/order.ts';
import { syntheticOrder } from '../../src/roster/synthetic-order.ts';
import { badgeHash, hashPin } from '../../src/staff/pin.ts';
import { importOrders } from '../../src/station/orders-tools.ts';
import { virtualCards } from '../../src/station/registry.ts';
import { OwnBroker } from '../../tests/fixtures/hub/broker.ts';
import { OwnPostgres, postgresMissing } from '../../tests/fixtures/hub/postgres.ts';
import { Program } from '../chaos/program.ts';
import { offsetTo } from './calendar.ts';
import { clockOf } from './clock-of.ts';

export const STATION = 'st-campaign-001';
const TAMBONS = 8;
/** Who works and who attends; PINs of people who do not exist. */
export const STAFF = {
  first: { id: 'staff-a', pin: '4821' },
  second: { id: 'staff-b', pin: '9376' },
  kamnan: 'staff-kamnan',
} as const;
const CLI = resolve(import.meta.dirname, '../../src/cli.ts');

export interface SettingOptions {
  readonly seed: number;
  readonly people: number;
  readonly villages: number;
  readonly days: readonly string[];
  /** Quicker captures, for a test. */
  readonly isShort: boolean;
}

/** Everything of a campaign but the station itself: server, broker, database, and the station's folder with its work order. */
export interface Setting extends AsyncDisposable {
  readonly order: Order;
  readonly dataDir: string;
  readonly broker: OwnBroker;
  readonly ingest: Program;
  readonly databaseUrl: string;
  readonly databaseKind: 'postgres' | 'pglite';
  readonly numberOf: (index: number) => string;
  /** Topics and messages that came by at the broker. */
  readonly heard: string[];
  readonly logFile: (day: number) => string;
  /** Runs a command of the project. @throws Error with its last words */
  run(...args: readonly string[]): Promise<string>;
  readonly hubDir: string;
  readonly folder: string;
}

export async function openSetting(options: SettingOptions): Promise<Setting> {
  const folder = mkdtempSync(join(tmpdir(), 'thuengban-campaign-'));
  const stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  try {
    const at = (name: string) => join(folder, name);
    const [hubDir, dataDir] = [at('hub'), at('station')];
    const run = async (...args: readonly string[]) => {
      const flags = ['--disable-warning=ExperimentalWarning', CLI, ...args];
      return (await promisify(execFile)(process.execPath, flags, { maxBuffer: 64 * 1024 * 1024 })).stdout;
    };
    const broker = stack.use(await OwnBroker.start());
    const databaseKind = postgresMissing === undefined ? 'postgres' : 'pglite';
    const postgres = databaseKind === 'postgres' ? stack.use(await OwnPostgres.start()) : undefined;
    const databaseUrl = postgres ? await postgres.database() : at('database');

    const { trust } = JSON.parse(await run('hub', 'keys', '--dir', hubDir, '--json'));
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    saveSettings(dataDir, settingsOf(broker.url, options.isShort));
    await run('identity', 'trust', trust, '--data', dataDir);
    writeFileSync(at('station.json'), await run('identity', 'show', '--data', dataDir, '--json'));
    await run('hub', 'register', at('station.json'), '--dir', hubDir);

    const { holderNumber: numberOf } = await virtualCards();
    const order = await orderOf(options, numberOf);
    writeFileSync(at('order.json'), JSON.stringify(order));
    mkdirSync(at('stick'));
    const sealed = ['--out', at('stick/1.orders'), '--dir', hubDir, '--json'];
    await run('hub', 'orders', '--station', STATION, at('order.json'), ...sealed);
    const eve = clockOf(offsetTo(options.days[0] ?? '', new Date()));
    const [imported] = await importOrders(dataDir, at('stick'), eve);
    if (imported?.taken.kind !== 'taken') throw new Error('the station does not take the work order');

    const ingest = stack.use(
      new Program({
        name: 'ingest',
        command: () => [
          process.execPath,
          ...['--disable-warning=ExperimentalWarning', CLI, 'hub', 'ingest', '--json'],
          ...['--broker', broker.url, '--db', databaseUrl, '--dir', hubDir],
        ],
        readyOn: 'stdout',
        ready: /"kind":"ready"/,
      }),
    );
    await ingest.start();
    const heard: string[] = [];
    const spy = mqtt.connect(broker.url, { protocolVersion: 5, reconnectPeriod: 500 });
    spy.on('error', () => undefined);
    spy.on('connect', () => spy.subscribe('#', { qos: 1 }));
    spy.on('message', (topic, payload, packet) =>
      heard.push(`${topic} ${JSON.stringify(packet.properties ?? {})} ${payload.toString('utf8')}`),
    );
    stack.defer(async () => void (await spy.endAsync(true)));
    const owned = stack.move();
    return {
      ...{ order, dataDir, broker, ingest, databaseUrl, databaseKind, numberOf, heard, run, hubDir, folder },
      logFile: (day) => at(`station-day-${day}.log`),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** What a technician would set: simulated card reader and camera, a printer whose slips are pictures; nothing else is the test's. */
function settingsOf(broker: string, isShort: boolean): object {
  return {
    station: { id: STATION, clock: 'trusted' },
    card: { driver: 'simulated' },
    camera: { driver: 'simulated' },
    printer: { driver: 'simulated' },
    badge: { driver: 'none' },
    signals: { driver: 'none' },
    // A day passes within minutes here: what waits between two tries must be short beside it.
    uplink: { url: broker, backOffMaxMs: 5_000, acknowledgementWaitMs: 200, resendAfterMs: 10_000 },
    // Photographs by many cameras have no light of their own.
    face: { ownLight: 'off', ...(isShort ? { probes: 2 } : {}) },
    visit: isShort ? { captureLimitMs: 3_000, probeSpacingMs: 50, cameraLimitMs: 2_000 } : { captureLimitMs: 6_000 },
    ...(isShort ? { card: { driver: 'simulated', apduLimitMs: 500 } } : {}),
    observe: { level: 'debug' },
  };
}

async function orderOf({ seed, people, villages, days }: SettingOptions, numberOf: (index: number) => string) {
  const key = randomBytes(32);
  const made = syntheticOrder({
    ...{ seed, station: STATION, people, villages, tambons: Math.min(TAMBONS, villages) },
    ...{ day: days[0] ?? '', days: days.length },
    id: 'order-campaign',
    // One in twenty: the list does not know their number.
    subjectOf: (index) => (index % 20 === 19 ? null : pseudonym(key, numberOf(index))),
  });
  const member = { organisation: 'อำเภอตัวอย่าง', areas: ['9801'], badge: null, subject: null, until: null };
  const staff: Order['staff'] = [
    {
      ...member,
      id: STAFF.first.id,
      name: { th: 'เจ้าหน้าที่ ก', en: 'Operator A' },
      role: 'operator',
      pin: await hashPin(STAFF.first.pin),
    },
    {
      ...member,
      id: STAFF.second.id,
      name: { th: 'เจ้าหน้าที่ ข', en: 'Officer B' },
      role: 'officer',
      pin: await hashPin(STAFF.second.pin),
    },
    {
      ...member,
      id: STAFF.kamnan,
      name: { th: 'กำนันตัวอย่าง', en: 'Kamnan' },
      role: 'witness',
      pin: null,
      badge: badgeHash('KAMNAN-1'),
    },
  ];
  return { ...made, staff, pseudonymKey: key.toString('base64url') };
}
