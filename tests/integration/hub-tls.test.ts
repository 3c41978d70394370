import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAcknowledgement } from '../../src/contract/envelope/server-word.ts';
import { downTopic, INGEST_STATE_TOPIC, shardFilter, shardOf, upTopic } from '../../src/contract/topics.ts';
import { trusted, trustSchema } from '../../src/contract/trust.ts';
import { MqttConnection } from '../../src/hub/mqtt/connection.ts';
import type { Broker } from '../../src/hub/mqtt/packets.ts';
import { NOW_MS } from '../fixtures/contract/keys.ts';
import { chainOf } from '../fixtures/hub/chain.ts';
import { IngestProcess } from '../fixtures/hub/ingest-process.ts';
import { serverFolder } from '../fixtures/hub/run-hub.ts';
import { hasMosquitto, type SecureBroker, startSecureBroker } from '../fixtures/link/secure-broker.ts';
import { tempFolder } from '../fixtures/temp.ts';

if (!hasMosquitto) process.stderr.write('Skipped: the ingest over TLS needs mosquitto.\n');
const [STATION, THIEF] = ['st-honest', 'st-thief'];
const SHARD = shardOf(STATION);
const { signal } = new AbortController();

describe.skipIf(!hasMosquitto)('the ingest with the shipped broker configuration', () => {
  let broker: SecureBroker;
  beforeAll(async () => {
    broker = await startSecureBroker();
  });
  afterAll(() => broker[Symbol.asyncDispose]());

  /** Dials as an ingest does. */
  const dialled = (name: string, url: string, clientId: string) => {
    const { caFile, certFile, keyFile } = broker.tlsOf(name);
    const [ca, cert, key] = [caFile, certFile, keyFile].map((path) => readFileSync(path)) as [Buffer, Buffer, Buffer];
    const where: Broker = { url, username: 'srv.ingest', password: null, tls: { ca, cert, key } };
    const got: string[] = [];
    const options = { clientId, sessionExpiryS: 60, receiveMaximum: 10, will: null };
    const onMessage = (topic: string) => got.push(topic);
    return MqttConnection.open(where, { ...options, onMessage }, signal).then((connection) => ({ connection, got }));
  };

  test('TB-MSG-146 64 sessions under one certificate: events are taken and acknowledged, and no station acts as the ingest', async () => {
    using folder = tempFolder();
    const { dir, trust } = serverFolder(folder.path, [STATION]);
    const { caFile, certFile, keyFile } = broker.tlsOf('srv.ingest');
    const tls = ['--ca', caFile, '--cert', certFile, '--key', keyFile];
    const where = ['--broker', broker.serverUrl, '--dir', dir, '--db', join(folder.path, 'db')];
    await using ingest = await IngestProcess.start([...where, ...tls]);

    const station = await broker.client(STATION, { clientId: STATION });
    const { keys } = trusted(trustSchema.parse(trust));
    const states: string[] = [];
    const held: number[] = [];
    station.on('message', (topic, payload) => {
      if (topic === INGEST_STATE_TOPIC) states.push(JSON.parse(payload.toString()).state);
      const read = readAcknowledgement(payload, { station: STATION, keys, nowMs: NOW_MS });
      if (read.kind === 'believed') held.push(read.statement.upto);
    });
    await station.subscribeAsync([downTopic(STATION, 'ack'), INGEST_STATE_TOPIC], { qos: 1 });
    const events = chainOf(STATION, 6).map(({ message }) => Buffer.from(message));
    const publish = (some: readonly Buffer[]) =>
      Promise.all(some.map((event) => station.publishAsync(upTopic(STATION, 'ev'), event, { qos: 1 })));
    await publish(events.slice(0, 3));
    await expect.poll(() => held.at(-1), { timeout: 20_000 }).toBe(3);

    // A thief with a station's certificate: not where servers come in, and elsewhere under its own name only.
    const shard = `srv.ingest.${String(SHARD).padStart(2, '0')}`;
    await expect(dialled(THIEF, broker.serverUrl, shard)).rejects.toThrow();
    const thief = await dialled(THIEF, broker.url, shard);
    await thief.connection.subscribe(shardFilter(SHARD), signal).catch(() => undefined);
    await publish(events.slice(3));
    await expect.poll(() => held.at(-1), { timeout: 20_000 }).toBe(6);
    expect(thief.got).toEqual([]);
    for (const topic of [downTopic(STATION, 'ack'), INGEST_STATE_TOPIC]) {
      const { connection } = await dialled(THIEF, broker.url, shard);
      const said = { topic, payload: Buffer.from('x'), contentType: 'text/plain' };
      const reason = await connection.publish(said, signal).catch(({ reasonCode }) => reasonCode);
      expect(reason).toBe(0x87);
      await connection.close(1_000);
    }
    // Nobody threw a session off: an ingest says so when it dials anew.
    expect(ingest.said).not.toContain('Broker away');
    expect(states).toEqual(['online']);
    expect(await ingest.end('SIGTERM')).toBe(0);
    await expect.poll(() => states.at(-1)).toBe('offline');
  }, 120_000);

  test('TB-MSG-146 a certificate of the servers gets in where servers do, and the ingest cannot give commands', async () => {
    await expect(dialled('srv.ingest', broker.url, 'srv.ingest.00')).rejects.toThrow();
    const { connection } = await dialled('srv.ingest', broker.serverUrl, 'srv.ingest.test');
    const said = { topic: downTopic(STATION, 'cmd'), payload: Buffer.from('x'), contentType: 'text/plain' };
    expect(await connection.publish(said, signal).catch(({ reasonCode }) => reasonCode)).toBe(0x87);
    await connection.close(1_000);
  });
});
