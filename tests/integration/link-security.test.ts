import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEventData, readEvent } from '../../src/contract/envelope/event.ts';
import { messageHash } from '../../src/contract/envelope/jws.ts';
import { downTopic, INGEST_STATE_TOPIC, topicsOf, upTopic } from '../../src/contract/topics.ts';
import { type PublishConfig, publishConfig } from '../../src/publish/config.ts';
import { MemoryLinkMemory } from '../../src/publish/drivers/memory/link-memory.ts';
import { mqttDialler } from '../../src/publish/drivers/mqtt/mqtt-dialler.ts';
import { runUplink } from '../../src/publish/uplink.ts';
import { COMPLETED, record } from '../fixtures/contract/events.ts';
import { NOW_MS, OTHER_STATION, openingKeys, registry, STATION, signerOf } from '../fixtures/contract/keys.ts';
import { registeredKeys, testJournal } from '../fixtures/journal.ts';
import { quietUplink } from '../fixtures/link/quiet-uplink.ts';
import { hasMosquitto, type SecureBroker, startSecureBroker } from '../fixtures/link/secure-broker.ts';
import { acknowledgement, command, desired } from '../fixtures/link/uplink-bench.ts';
import { testAuthority, writePair } from '../fixtures/pki.ts';

if (!hasMosquitto) process.stderr.write('Skipped: the security of the link needs mosquitto.\n');
const { signal } = new AbortController();
const [A, B] = [STATION, OTHER_STATION];
const topics = topicsOf(A);
const PYTHON = '/usr/bin/python3';
const NOT_AUTHORISED = 0x87;

function dialler(url: string, tls: PublishConfig['tls'], now = Date.now(), clock: 'synced' | 'unsynced' = 'synced') {
  const config = publishConfig.parse({ url, tls });
  return mqttDialler({ url, clientId: A, config, nowMs: () => now, clock: () => clock });
}

/** A station with the certificate of A, running until it is disposed of. */
function station(broker: SecureBroker, memory = new MemoryLinkMemory()) {
  const journal = testJournal({ station: A, keys: registeredKeys() });
  const refusals: string[] = [];
  const states: string[] = [];
  const over = new AbortController();
  const running = runUplink(
    {
      ...quietUplink({
        refused: (kind, { code }) => refusals.push(`${kind} ${code}`),
        state: (state) => states.push(state.kind === 'dialling' ? (state.code ?? 'dialling') : state.kind),
      }),
      station: A,
      journal,
      memory,
      keys: registry,
      nowMs: () => NOW_MS,
      dialler: dialler(broker.url, broker.tlsOf(A)),
      config: publishConfig.parse({
        replayPerSecond: 1_000,
        backOffMinMs: 20,
        acknowledgementWaitMs: 50,
        infoEveryMs: 10,
      }),
    },
    over.signal,
  );
  return {
    ...{ journal, refusals, states, memory },
    async [Symbol.asyncDispose]() {
      over.abort();
      await running;
    },
  };
}

/**
 * Publishes as `name` and tells the reason code: 0 taken, 0x87 not authorised. A client of its own each time: this mosquitto
 * answers a publication that it denies, and then ends the connection.
 */
async function reasonOf(broker: SecureBroker, name: string, topic: string, options = {}): Promise<number> {
  const client = await broker.client(name, options);
  try {
    await client.publishAsync(topic, 'x', { qos: 1 });
    return 0;
  } catch (error) {
    return (error as { code: number }).code;
  } finally {
    await client.endAsync(true);
  }
}

function collect(client: MqttClient) {
  const got: { topic: string; payload: Buffer; properties: string }[] = [];
  client.on('message', (topic, payload, { properties }) =>
    got.push({ topic, payload, properties: JSON.stringify(properties ?? {}) }),
  );
  return got;
}

describe.skipIf(!hasMosquitto)('the shipped broker configuration', () => {
  let broker: SecureBroker;
  beforeAll(async () => {
    broker = await startSecureBroker();
  });
  afterAll(() => broker[Symbol.asyncDispose]());

  test('TB-MSG-117 station A cannot speak as B, in any way', async () => {
    for (const channel of ['ev', 'status', 'info', 'health', 'res'] as const)
      expect(await reasonOf(broker, A, upTopic(B, channel))).toBe(NOT_AUTHORISED);
    for (const channel of ['ack', 'cmd', 'config', 'orders'] as const)
      for (const who of [A, B]) expect(await reasonOf(broker, A, downTopic(who, channel))).toBe(NOT_AUTHORISED);
    expect(await reasonOf(broker, A, INGEST_STATE_TOPIC)).toBe(NOT_AUTHORISED);
    expect(await reasonOf(broker, A, 'thuengban/v1/all/revoke')).toBe(NOT_AUTHORISED);
    expect(await reasonOf(broker, A, `thuengban/v1/up/1/${A}/${B}/ev`)).toBe(NOT_AUTHORISED);
    expect(await reasonOf(broker, A, topics.events)).toBe(0);
  });

  test('TB-MSG-117 station A cannot listen to B, nor to everything', async () => {
    const [a, ingest, b] = [await broker.client(A), await broker.client('srv.ingest'), await broker.client(B)];
    const got = collect(a);
    // This broker grants what it will not deliver: what counts is what arrives.
    for (const filter of [downTopic(B, 'cmd'), 'thuengban/v1/down/+/ack', '#', topicsOf(B).events])
      await a.subscribeAsync(filter, { qos: 1 }).catch(() => undefined);
    await ingest.publishAsync(downTopic(B, 'ack'), 'for b', { qos: 1 });
    await b.publishAsync(topicsOf(B).events, 'of b', { qos: 1 });
    await ingest.publishAsync(downTopic(A, 'ack'), 'for a', { qos: 1 });
    await expect.poll(() => got.map(({ payload }) => payload.toString())).toContain('for a');
    expect(got.every(({ payload }) => payload.toString() === 'for a')).toBe(true);
  });

  test("TB-MSG-118 station A cannot take over B's session: its client id is its own name whatever it says", async () => {
    const b = await broker.client(B, { clean: false, clientId: B, properties: { sessionExpiryInterval: 60 } });
    const got = collect(b);
    let isGone = false;
    b.once('close', () => {
      isGone = true;
    });
    await b.subscribeAsync(downTopic(B, 'ack'), { qos: 1 });
    const asB = { clientId: B, clean: false, username: B };
    expect(await reasonOf(broker, A, topicsOf(B).events, asB)).toBe(NOT_AUTHORISED);
    const ingest = await broker.client('srv.ingest');
    await ingest.publishAsync(downTopic(B, 'ack'), 'still here', { qos: 1 });
    await expect.poll(() => got.map(({ payload }) => payload.toString())).toEqual(['still here']);
    expect(isGone).toBe(false);
  });

  test("TB-MSG-117 station A cannot set B's will: it is not let in", async () => {
    const operator = await broker.client('srv.operator');
    const got = collect(operator);
    await operator.subscribeAsync(topicsOf(B).status, { qos: 1 });
    const will = { topic: topicsOf(B).status, payload: Buffer.from('lost'), qos: 1 as const, retain: true };
    const dial = broker.client(A, { will });
    const outcome = await dial.then(
      (client) => {
        client.stream.destroy();
        return 'let in';
      },
      (error: { code?: number }) => error.code,
    );
    expect(['let in', NOT_AUTHORISED]).toContain(outcome);
    const b = await broker.client(B);
    await b.publishAsync(topicsOf(B).status, 'marker', { qos: 1 });
    await expect.poll(() => got.map(({ payload }) => payload.toString())).toEqual(['marker']);
  });

  test('TB-MSG-116 without a certificate, with one of another authority, or with TLS 1.2 there is no way in', async () => {
    const { caFile } = broker.tlsOf(A);
    const none = dialler(broker.url, { caFile, certFile: null, keyFile: null });
    await expect(none.connect({ subscribe: [], will: null }, signal)).rejects.toMatchObject({
      code: expect.stringMatching(/STATION_CERTIFICATE_REFUSED|BROKER_UNREACHABLE/),
    });
    const foreign = writePair(broker.folder, 'foreign', testAuthority('Other').issue(A));
    await expect(
      dialler(broker.url, { caFile, ...foreign }).connect({ subscribe: [], will: null }, signal),
    ).rejects.toMatchObject({ code: 'STATION_CERTIFICATE_REFUSED' });
    await expect(broker.client(A, { maxVersion: 'TLSv1.2' } as object)).rejects.toThrow(/version/i);
    const session = await dialler(broker.url, broker.tlsOf(A)).connect({ subscribe: [], will: null }, signal);
    await session.close(1_000);
  });

  test('TB-MSG-116 a broker of another authority is not believed', async () => {
    const stranger = writePair(broker.folder, 'stranger', testAuthority('Stranger').issue('x')).certFile;
    await expect(
      dialler(broker.url, { ...broker.tlsOf(A), caFile: stranger }).connect({ subscribe: [], will: null }, signal),
    ).rejects.toMatchObject({ code: 'BROKER_CERTIFICATE_UNTRUSTED' });
  });

  test('TB-MSG-119 a broker operator who reads everything sees no personal data, and cannot say anything', async () => {
    const operator = await broker.client('srv.operator');
    const got = collect(operator);
    await operator.subscribeAsync('#', { qos: 1 });
    await using running = station(broker);
    const canary = { ...record, visitId: '01935d2e-0000-7000-8000-00000000ca2a' };
    const event = await running.journal.append({ type: COMPLETED, data: canary });
    await expect.poll(() => got.some(({ topic }) => topic === topics.events)).toBe(true);
    await expect.poll(() => got.some(({ topic }) => topic === topics.info)).toBe(true);
    const seen = got
      .map(({ topic, payload, properties }) => `${topic}\n${everyReading(payload)}\n${properties}`)
      .join('\n');
    for (const word of [canary.subject, canary.visitId, canary.outcome, canary.reason, 'renew-card'])
      expect(seen).not.toContain(word);
    expect(await reasonOf(broker, 'srv.operator', downTopic(A, 'ack'))).toBe(NOT_AUTHORISED);
    // It is in there: whoever holds the programme's key reads it.
    const message = got.find(({ topic }) => topic === topics.events)?.payload ?? Buffer.alloc(0);
    expect(messageHash(message)).toBe(event.hash);
    const read = readEvent(message, { station: A, keys: registry, nowMs: NOW_MS });
    if (read.kind !== 'event') throw new Error(read.code);
    expect(await openEventData(read.envelope, openingKeys)).toMatchObject({ data: { subject: canary.subject } });
  });

  test('TB-MSG-100 TB-MSG-110 TB-MSG-112 whoever may write where the server writes, but has not its keys, is named and refused', async () => {
    const memory = new MemoryLinkMemory();
    const inForce = { rev: 7, hash: '0'.repeat(64) };
    memory.write({ ...memory.read(), lastCmdSeq: 5, config: inForce });
    await using running = station(broker, memory);
    const { journal, refusals } = running;
    const [ingest, control] = [await broker.client('srv.ingest'), await broker.client('srv.control')];
    const got = collect(control);
    await control.subscribeAsync(upTopic(A, 'res'), { qos: 1 });
    await journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: 'n' } });
    await expect.poll(() => journal.counts().pending).toBe(0);
    const forger = { kid: 'ingest-1', key: signerOf('nobody').key };
    const say = async (client: MqttClient, channel: 'ack' | 'cmd' | 'config', message: Uint8Array, refusal: string) => {
      const before = refusals.length;
      await client.publishAsync(downTopic(A, channel), Buffer.from(message), { qos: 1 });
      await expect.poll(() => refusals.slice(before)).toEqual([refusal]);
    };
    await say(ingest, 'ack', acknowledgement(journal.epoch, 1, {}, forger), 'ack tampered');
    await say(ingest, 'ack', acknowledgement(journal.epoch, 1, { station: B }), 'ack wrong-station');
    await say(control, 'cmd', command(6, 'restart', {}, signerOf('ingest-1')), 'cmd wrong-key');
    await say(control, 'cmd', command(5, 'restart'), 'cmd replayed');
    await say(control, 'cmd', command(6, 'restart', { expires: '2026-11-22T01:30:00.000Z' }), 'cmd expired');
    await say(control, 'cmd', command(6, 'restart', { station: B }), 'cmd wrong-station');
    await say(control, 'cmd', command(6, 'wipe'), 'cmd not-allowed');
    await say(control, 'config', desired(6), 'config replayed');
    expect(journal.counts().unsettled).toBe(1);
    expect(memory.read()).toMatchObject({ lastCmdSeq: 5, config: inForce });
    await expect
      .poll(() => got.map(({ payload }) => JSON.parse(payload.toString()).code))
      .toEqual(['replayed', 'expired', 'not-allowed']);
    await ingest.publishAsync(downTopic(A, 'ack'), Buffer.from(acknowledgement(journal.epoch, 1)), { qos: 1 });
    await expect.poll(() => journal.counts().unsettled).toBe(0);
  });

  test('mosquitto_sub reads our topics', async () => {
    const { caFile, certFile, keyFile } = broker.tlsOf('srv.operator');
    const args = [
      '-p',
      String(broker.serverPort),
      '-h',
      '127.0.0.1',
      '-i',
      'srv.operator',
      '-V',
      'mqttv5',
      '-q',
      '1',
      '-C',
      '1',
      '-W',
      '20',
    ];
    const isHeard = nextSubscription(broker);
    const tls = ['--cafile', caFile, '--cert', certFile, '--key', keyFile, '--tls-version', 'tlsv1.3'];
    const sub = spawn('mosquitto_sub', [...args, ...tls, '-t', topics.events, '-F', '%t %C %P']);
    const [output] = await Promise.all([read(sub.stdout), publishOnce(broker, isHeard)]);
    expect(output).toContain(`${topics.events} application/jose`);
    expect(output).toContain('ce_type:th.thuengban.station.tested.v1');
  });

  test.skipIf(!existsSync('/usr/lib/python3/dist-packages/paho'))(
    "paho's client reads our topics, flags and properties",
    async () => {
      const { caFile, certFile, keyFile } = broker.tlsOf('srv.operator');
      const isHeard = nextSubscription(broker);
      const script = join(import.meta.dirname, '../fixtures/link/read-with-paho.py');
      const sub = spawn(PYTHON, [script, String(broker.serverPort), caFile, certFile, keyFile, 'thuengban/v1/up/#']);
      const [output] = await Promise.all([read(sub.stdout), publishOnce(broker, isHeard)]);
      const said = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const byTopic = (topic: string) => said.find((one) => one.topic === topic);
      expect(byTopic(topics.events)).toMatchObject({ qos: 1, contentType: 'application/jose', expiry: null });
      expect(byTopic(topics.events).properties).toMatchObject({ seq: '1', ce_type: 'th.thuengban.station.tested.v1' });
      expect(byTopic(topics.info)).toMatchObject({ qos: 1, contentType: 'application/json' });
      expect(byTopic(upTopic(A, 'health'))).toMatchObject({ qos: 0, retain: false, expiry: 120 });
      const read1 = readEvent(Buffer.from(byTopic(topics.events).payload, 'base64'), {
        station: A,
        keys: registry,
        nowMs: NOW_MS,
      });
      expect(read1.kind).toBe('event');
    },
  );
});

const YEAR_MS = 365 * 86_400_000;
test.skipIf(!hasMosquitto).each([
  { what: "the broker's certificate has ended", server: -2, clock: 'synced', code: 'BROKER_CERTIFICATE_EXPIRED' },
  { what: 'the clock has gone ahead', server: -2, clock: 'unsynced', code: 'CLOCK_WRONG' },
  { what: 'the clock stands in the past', server: 2, clock: 'unsynced', code: 'CLOCK_WRONG' },
] as const)('TB-MSG-120 $what: told as $code', async ({ server, clock, code }) => {
  const from = new Date(Date.now() + server * YEAR_MS);
  await using broker = await startSecureBroker({ from, to: new Date(from.getTime() + YEAR_MS) });
  const attempt = dialler(broker.url, broker.tlsOf(A), Date.now(), clock).connect(
    { subscribe: [], will: null },
    signal,
  );
  await expect(attempt).rejects.toMatchObject({ code });
});

test.skipIf(!hasMosquitto)("TB-MSG-120 the station's own certificate has ended: the broker says so", async () => {
  await using broker = await startSecureBroker();
  const [from, to] = [new Date(Date.now() - 2 * YEAR_MS), new Date(Date.now() - YEAR_MS)];
  const old = writePair(broker.folder, 'old', broker.authority.issue(A, { from, to }));
  const attempt = dialler(broker.url, { ...broker.tlsOf(A), ...old }).connect({ subscribe: [], will: null }, signal);
  await expect(attempt).rejects.toMatchObject({ code: 'STATION_CERTIFICATE_EXPIRED' });
});

/** What bytes say read as they are, and with each part that is base64url unpacked, twice. */
function everyReading(payload: Buffer): string {
  const unpack = (text: string) =>
    [...text.matchAll(/[\w-]{16,}/g)].map(([part]) => Buffer.from(part, 'base64url').toString('latin1'));
  const once = unpack(payload.toString('latin1'));
  return [payload.toString('latin1'), ...once, ...once.flatMap(unpack)].join('\n');
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(stream, 'end');
  return text;
}

/** @returns whether somebody has begun to read as the operator since this was called */
function nextSubscription(broker: SecureBroker): () => boolean {
  const count = () => broker.log().match(/Sending SUBACK to srv\.operator/g)?.length ?? 0;
  const before = count();
  return () => count() > before;
}

/** Publishes from a station as soon as somebody reads. */
async function publishOnce(broker: SecureBroker, isHeard: () => boolean): Promise<void> {
  await expect.poll(isHeard).toBe(true);
  await using running = station(broker);
  await running.journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: 'n' } });
  await expect.poll(() => running.journal.counts().pending).toBe(0);
  await expect.poll(() => broker.log()).toMatch(/PUBLISH from st-000001 .*\/health/);
}
