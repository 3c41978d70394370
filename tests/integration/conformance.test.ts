import mqtt from 'mqtt';
import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/conformance/kit.ts';
import { judgeIngest, judgeStation } from '../../src/conformance/play.ts';
import { parseJson } from '../../src/contract/envelope/jws.ts';
import { signAcknowledgement } from '../../src/contract/envelope/server-word.ts';
import { downTopic, INGEST_STATE_TOPIC, parseTopic } from '../../src/contract/topics.ts';
import { trusted, trustSchema } from '../../src/contract/trust.ts';
import { acknowledgingSigner } from '../../src/hub/server-keys.ts';
import type { Journal } from '../../src/journal/port.ts';
import { publishConfig } from '../../src/publish/config.ts';
import { mqttDialler } from '../../src/publish/drivers/mqtt/mqtt-dialler.ts';
import { runUplink } from '../../src/publish/uplink.ts';
import { fixedClock } from '../fixtures/clock.ts';
import { registry, signerOf, verifierOf } from '../fixtures/contract/keys.ts';
import { brokerMissing, OwnBroker } from '../fixtures/hub/broker.ts';
import { signerFor } from '../fixtures/hub/chain.ts';
import { RunningIngest, serverFolder } from '../fixtures/hub/run-hub.ts';
import { testJournal, testKeys } from '../fixtures/journal.ts';
import { quietUplink } from '../fixtures/link/quiet-uplink.ts';
import { tempFolder } from '../fixtures/temp.ts';

const STATION = 'st-kit';
const { signal } = new AbortController();
const SHARDS = Array.from({ length: 64 }, (_, shard) => shard);

function dial(broker: OwnBroker, clientId: string) {
  const config = publishConfig.parse({ url: broker.url });
  return mqttDialler({ url: broker.url, clientId, config, nowMs: Date.now, clock: () => 'synced' });
}

async function failedOf(results: AsyncIterable<CheckResult>): Promise<{ failed: readonly string[]; all: number }> {
  const failed: string[] = [];
  let all = 0;
  for await (const { id, verdict, detail } of results) {
    all += 1;
    if (verdict === 'failed') failed.push(`${id}: ${detail}`);
  }
  return { failed, all };
}

describe.skipIf(brokerMissing !== undefined)('the kit', { timeout: 120_000 }, () => {
  function judgeServer(broker: OwnBroker, folder: ReturnType<typeof serverFolder>, waitMs: number) {
    const { keys, sealing } = trusted(trustSchema.parse(folder.trust));
    const identity = { station: STATION, signer: signerFor(STATION), sealing };
    return failedOf(judgeIngest({ dialler: dial(broker, STATION), identity, keys, waitMs }, signal));
  }

  test('passes our own ingest', async () => {
    using folder = tempFolder();
    const server = serverFolder(folder.path, [STATION]);
    await using broker = await OwnBroker.start();
    await using _ingest = await RunningIngest.start(`${folder.path}/database`, broker.url, server.dir, SHARDS);
    expect(await judgeServer(broker, server, 10_000)).toEqual({ failed: [], all: 12 });
  });

  test('fails an ingest that acknowledges whatever comes', async () => {
    using folder = tempFolder();
    const server = serverFolder(folder.path, [STATION]);
    await using broker = await OwnBroker.start();
    const client = await mqtt.connectAsync(broker.url, { protocolVersion: 5, reconnectPeriod: 0 });
    const signer = acknowledgingSigner(server.dir);
    client.on('message', (topic, payload) => {
      const said = parseJson(Buffer.from(payload.toString().split('.')[1] ?? '', 'base64url')) as {
        epoch: string;
        seq: number;
      };
      const parsed = parseTopic(topic);
      if (parsed.kind !== 'up' || said === undefined) return;
      const word = { station: parsed.station, epoch: said.epoch, upto: said.seq, gaps: [], quarantined: [] };
      const signed = signAcknowledgement({ ...word, at: new Date().toISOString() }, signer);
      client.publish(downTopic(parsed.station, 'ack'), Buffer.from(signed), { qos: 1, retain: true });
    });
    await client.publishAsync(INGEST_STATE_TOPIC, JSON.stringify({ state: 'online' }), { retain: true });
    await client.subscribeAsync('thuengban/v1/up/+/+/ev', { qos: 1 });
    const { failed } = await judgeServer(broker, server, 300);
    expect(failed.map((line) => line.split(':')[0])).toEqual(['gaps', 'forks', 'broken-chain', 'sealed', 'poison']);
    await client.endAsync(true);
  });

  test('fails an ingest whose word is not signed by a key that the station knows', async () => {
    using folder = tempFolder();
    const server = serverFolder(folder.path, [STATION]);
    const stranger = serverFolder(`${folder.path}/stranger`, [STATION]);
    await using broker = await OwnBroker.start();
    await using _ingest = await RunningIngest.start(`${folder.path}/database`, broker.url, stranger.dir, SHARDS);
    const { failed } = await judgeServer(broker, server, 2_000);
    expect(failed.find((line) => line.startsWith('acknowledges'))).toMatch('unknown-key');
  });

  /** Our own uplink and journal on a real broker, judged by the kit as their server. */
  async function judgeOurs(broker: OwnBroker, mutate: (journal: Journal) => Journal = (journal) => journal) {
    const controlling = { kid: 'control-1', key: signerOf('control-1').key };
    await using journal = testJournal({ station: STATION, clock: fixedClock() });
    const over = new AbortController();
    const running = runUplink(
      {
        ...quietUplink(),
        station: STATION,
        journal: mutate(journal),
        nowMs: Date.now,
        keys: registry,
        dialler: dial(broker, STATION),
        config: publishConfig.parse({
          replayPerSecond: 1_000,
          resendAfterMs: 500,
          infoEveryMs: 10,
          acknowledgementWaitMs: 50,
        }),
        info: () => ({
          version: 'test',
          at: new Date().toISOString(),
          clock: { state: 'synced' },
          outbox: journal.counts(),
          parts: [],
        }),
      },
      over.signal,
    );
    for (let n = 0; n < 3; n++)
      await journal.append({ type: 'th.thuengban.visit.abandoned.v1', data: { visitId: `v-${n}`, fault: null } });
    const { signer } = testKeys(STATION);
    const own = verifierOf(signer.kid, { station: STATION, kinds: ['event'] });
    const result = await failedOf(
      judgeStation(
        {
          dialler: dial(broker, 'kit'),
          station: STATION,
          keys: (kid) => (kid === signer.kid ? own : undefined),
          acknowledging: signerOf('ingest-1'),
          controlling,
          events: 3,
          waitMs: 3_000,
          resendMs: 3_000,
        },
        signal,
      ),
    );
    over.abort();
    await running;
    return result;
  }

  test('passes our own station', async () => {
    await using broker = await OwnBroker.start();
    expect(await judgeOurs(broker)).toEqual({ failed: [], all: 7 });
  });

  test('fails a station that takes PUBACK for delivery', async () => {
    await using broker = await OwnBroker.start();
    const { failed } = await judgeOurs(broker, (journal) =>
      overriding(journal, {
        markSent: (epoch, seq) => journal.settle({ epoch, upto: seq, gaps: [] }),
      }),
    );
    expect(failed.map((line) => line.split(':')[0])).toEqual(['sends-again']);
  });

  test('fails a station that changes an event before it sends it again', async () => {
    await using broker = await OwnBroker.start();
    const { failed } = await judgeOurs(broker, (journal) =>
      overriding(journal, {
        outbox: (after, limit) =>
          journal
            .outbox(after, limit)
            .map((event) =>
              event.delivery === 'sent' ? { ...event, body: Buffer.from(`${Buffer.from(event.body)}x`) } : event,
            ),
      }),
    );
    expect(failed[0]).toMatch(/^sends-again: .*(garbage|tampered)/);
  });
});

/** The same journal, but for what is overridden. */
function overriding(journal: Journal, methods: Partial<Journal>): Journal {
  return new Proxy(journal, {
    get(target, name) {
      const own = Reflect.get(methods, name) ?? Reflect.get(target, name);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}
