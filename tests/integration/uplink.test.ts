import { existsSync } from 'node:fs';
import mqtt from 'mqtt';
import { describe, expect, test } from 'vitest';
import { startFaultProxy } from '../../scripts/chaos/fault-proxy.ts';
import { topicsOf } from '../../src/contract/topics.ts';
import { isOnPath } from '../../src/peripherals/camera/drivers/mjpeg/discover.ts';
import { publishConfig } from '../../src/publish/config.ts';
import { startMosquitto } from '../../src/publish/drivers/mosquitto/mosquitto.ts';
import { mqttDialler } from '../../src/publish/drivers/mqtt/mqtt-dialler.ts';
import type { LinkState, OutgoingMessage } from '../../src/publish/port.ts';
import { runUplink } from '../../src/publish/uplink.ts';
import { saidBy, testJournal } from '../fixtures/journal.ts';
import { quietUplink } from '../fixtures/link/quiet-uplink.ts';

const hasBroker = isOnPath('mosquitto') || existsSync('/usr/sbin/mosquitto');
if (!hasBroker) process.stderr.write('Skipped: the uplink over a real broker needs mosquitto.\n');
const { signal } = new AbortController();
const message = (topic: string): OutgoingMessage => ({
  topic,
  payload: new TextEncoder().encode('{}'),
  qos: 1,
  retain: false,
  expiryS: null,
  contentType: 'application/json',
  properties: {},
});

describe.skipIf(!hasBroker)('over a real broker', () => {
  const dial = (url: string, clientId = 'st-test') =>
    mqttDialler({ url, clientId, config: publishConfig.parse({}), nowMs: () => Date.now(), clock: () => 'synced' });

  test('a session publishes at QoS 1, tells the reason of the PUBACK, and hears what is retained', async () => {
    await using broker = await startMosquitto(0, signal);
    const helper = await mqtt.connectAsync(broker.url, { protocolVersion: 5 });
    await helper.publishAsync('in/kept', 'hello', { retain: true, qos: 1 });
    const session = await dial(broker.url).connect({ subscribe: ['in/#'], will: message('will') }, signal);
    for await (const incoming of session.messages(AbortSignal.timeout(5_000))) {
      expect(incoming.topic).toBe('in/kept');
      break;
    }
    // 0x10: nobody listens; the broker takes it and drops it. PUBACK is not delivery.
    expect(await session.publish(message('out/unheard'), signal)).toBe(0x10);
    await helper.subscribeAsync('out/#', { qos: 1 });
    expect(await session.publish(message('out/heard'), signal)).toBe(0);
    await session.close(1_000);
    expect(await session.ended).toBeUndefined();
    await helper.endAsync(true);
  });

  test('nobody at the address is a coded fault', async () => {
    await expect(
      dial('mqtt://127.0.0.1:9').connect({ subscribe: [], will: message('w') }, signal),
    ).rejects.toMatchObject({
      code: 'BROKER_UNREACHABLE',
    });
  });

  test('the broker dies and comes back: every event arrives, each under one id', async () => {
    const journal = testJournal();
    const states: LinkState['kind'][] = [];
    const over = new AbortController();
    let broker = await startMosquitto(0, signal);
    const received = new Set<string>();
    const spyOn = async (url: string) => {
      const spy = await mqtt.connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0 });
      spy.on('message', (_topic, payload) => received.add(saidBy(payload).id));
      await spy.subscribeAsync(topicsOf('st-test').events, { qos: 1 });
      return spy;
    };
    let spy = await spyOn(broker.url);
    const running = runUplink(
      {
        ...quietUplink({ state: ({ kind }) => states.push(kind) }),
        station: 'st-test',
        journal,
        dialler: dial(broker.url),
        config: publishConfig.parse({
          replayPerSecond: 1_000,
          backOffMinMs: 50,
          backOffMaxMs: 200,
          acknowledgementWaitMs: 50,
        }),
      },
      over.signal,
    );
    for (let n = 0; n < 10; n++)
      await journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: `n-${n}` } });
    await expect.poll(() => received.size).toBe(10);
    const { port } = broker;
    await spy.endAsync(true);
    await broker[Symbol.asyncDispose]();
    for (let n = 10; n < 25; n++)
      await journal.append({ type: 'th.thuengban.station.tested.v1', data: { nonce: `n-${n}` } });
    await expect.poll(() => states.at(-1)).toBe('dialling');
    broker = await startMosquitto(port, signal);
    expect(broker.port).toBe(port);
    spy = await spyOn(broker.url);
    await expect.poll(() => received.size, { timeout: 20_000 }).toBe(25);
    expect(received).toEqual(new Set(journal.list(0, 100).map(({ id }) => id)));
    // The listener may have the last event before its acknowledgement is back.
    await expect.poll(() => journal.counts().pending).toBe(0);
    over.abort();
    await running;
    await spy.endAsync(true);
    await broker[Symbol.asyncDispose]();
  });

  test('TB-MSG-114 a broken link is told as lost after a while, and not at all when the station is back before', async () => {
    await using broker = await startMosquitto(0, signal);
    await using proxy = await startFaultProxy({ targetPort: broker.port, random: () => 0.5 });
    const spy = await mqtt.connectAsync(broker.url, { protocolVersion: 5 });
    const seen: string[] = [];
    spy.on('message', (_topic, payload) => {
      const { state, session } = JSON.parse(payload.toString());
      seen.push(`${state} ${session}`);
    });
    await spy.subscribeAsync(topicsOf('st-test').status, { qos: 1 });
    const over = new AbortController();
    const config = publishConfig.parse({
      willDelayS: 2,
      backOffMinMs: 10,
      backOffMaxMs: 20,
      acknowledgementWaitMs: 10,
    });
    const url = `mqtt://127.0.0.1:${proxy.port}`;
    const running = runUplink(
      {
        ...quietUplink(),
        station: 'st-test',
        journal: testJournal({ station: 'st-test' }),
        dialler: mqttDialler({ url, clientId: 'st-test', config, nowMs: () => Date.now(), clock: () => 'synced' }),
        config,
      },
      over.signal,
    );
    await expect.poll(() => seen).toEqual(['online 1']);
    proxy.cut();
    await expect.poll(() => seen).toEqual(['online 1', 'online 2']);
    proxy.set({ isRefusing: true });
    proxy.cut();
    await expect.poll(() => seen).toEqual(['online 1', 'online 2', 'lost 2']);
    over.abort();
    await running;
    await spy.endAsync(true);
  });

  test('the status says online, and offline after a proper goodbye', async () => {
    await using broker = await startMosquitto(0, signal);
    const journal = testJournal();
    const spy = await mqtt.connectAsync(broker.url, { protocolVersion: 5 });
    const seen: string[] = [];
    spy.on('message', (_topic, payload) => seen.push(JSON.parse(payload.toString()).state));
    await spy.subscribeAsync(topicsOf('st-test').status, { qos: 1 });
    const over = new AbortController();
    const running = runUplink(
      {
        ...quietUplink(),
        station: 'st-test',
        journal,
        dialler: dial(broker.url),
        config: publishConfig.parse({ acknowledgementWaitMs: 50 }),
      },
      over.signal,
    );
    await expect.poll(() => seen).toEqual(['online']);
    over.abort();
    await running;
    await expect.poll(() => seen).toEqual(['online', 'offline']);
    await spy.endAsync(true);
  });
});
