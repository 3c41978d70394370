import { expect, test } from 'vitest';
import { saidBy, testJournal } from '../../tests/fixtures/journal.ts';
import { topicsOf } from '../contract/topics.ts';
import type { Journal } from '../journal/port.ts';
import { publishConfig } from './config.ts';
import { MemoryBroker } from './drivers/memory/memory-broker.ts';
import type { LinkState } from './port.ts';
import { runUplink } from './uplink.ts';

const station = 'st-test';
const topics = topicsOf(station);
const entry = (n: number) => ({ type: 'th.thuengban.test.v1', data: { n } });
const seqOf = (payload: Uint8Array): number => saidBy(payload).seq;

/** A running uplink over a broker in memory; waits are made short, order and outcome are what is looked at. */
function bench(options: { readonly window?: number; readonly resendAfterMs?: number } = {}) {
  const journal = testJournal();
  const broker = new MemoryBroker();
  const states: LinkState[] = [];
  const stateWaits = new Map<string, PromiseWithResolvers<void>>();
  const over = new AbortController();
  const sent: string[] = [];
  let info = { parts: ['all well'] };
  let tellChange: () => void = () => undefined;
  const changeInfo = (parts: string[]) => {
    info = { parts };
    tellChange();
  };
  const start = () =>
    runUplink(
      {
        station,
        bootId: 'boot',
        journal,
        dialler: broker,
        config: publishConfig.parse({
          replayPerSecond: 10_000,
          backOffMaxMs: 5,
          acknowledgementWaitMs: 50,
          ...options,
        }),
        onState: (state) => {
          states.push(state);
          stateWaits.get(state.kind)?.resolve();
        },
        onSent: (event) => sent.push(event.id),
        random: () => 1,
        info: () => info,
        onInfoChange: (listener) => {
          tellChange = listener;
          return () => undefined;
        },
      },
      over.signal,
    );
  /** The next `count` events that reach the broker. */
  const arrive = async (count: number) => {
    const seqs: number[] = [];
    for await (const message of broker.arrivals(AbortSignal.timeout(10_000))) {
      if (message.topic === topics.events) seqs.push(seqOf(message.payload));
      if (seqs.length === count) break;
    }
    return seqs;
  };
  const nextState = (kind: LinkState['kind']) => {
    const wait = Promise.withResolvers<void>();
    stateWaits.set(kind, wait);
    return wait.promise;
  };
  return { journal, broker, states, sent, start, over, arrive, nextState, changeInfo };
}

async function fill(journal: Journal, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) await journal.append(entry(n));
}

test('everything that waited is sent in order, then what is appended later', async () => {
  const { journal, start, arrive, over, sent } = bench();
  await fill(journal, 30);
  const running = start();
  expect(await arrive(30)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  const later = arrive(1);
  await journal.append(entry(31));
  expect(await later).toEqual([31]);
  over.abort();
  await running;
  expect(sent).toHaveLength(31);
  expect(journal.counts()).toMatchObject({ pending: 0, unsettled: 31 });
});

test('a broker that is away loses nothing: the station dials until it is back', async () => {
  const { journal, broker, start, arrive, over, states } = bench();
  broker.mode = 'down';
  await fill(journal, 3);
  const running = start();
  await expect
    .poll(() => states.filter((state) => state.kind === 'dialling' && state.code !== null).length)
    .toBeGreaterThan(2);
  expect(journal.counts().pending).toBe(3);
  broker.mode = 'up';
  expect(await arrive(3)).toEqual([1, 2, 3]);
  over.abort();
  await running;
});

test('what was not acknowledged before the link broke is sent again with the same id', async () => {
  const { journal, broker, start, arrive, over } = bench();
  await fill(journal, 2);
  broker.mode = 'silent';
  const running = start();
  // The status message itself waits for its acknowledgement in this mode.
  await expect.poll(() => broker.received.length).toBeGreaterThan(0);
  broker.mode = 'up';
  broker.cut();
  expect(await arrive(2)).toEqual([1, 2]);
  const ids = broker.received
    .filter(({ topic }) => topic === topics.events)
    .map(({ properties }) => properties['ce_id']);
  expect(new Set(ids).size).toBe(2);
  over.abort();
  await running;
});

test('the retained watermark is heard first: what the server has is not sent again', async () => {
  const { journal, broker, start, arrive, over } = bench();
  await fill(journal, 5);
  broker.tell(topics.acknowledgement, acknowledgement(journal, 3));
  const running = start();
  expect(await arrive(2)).toEqual([4, 5]);
  over.abort();
  await running;
  expect(journal.counts().unsettled).toBe(2);
});

test('TB-MSG-055 an acknowledgement settles; without one the event is sent again once an ingest was heard', async () => {
  const { journal, broker, start, arrive, over } = bench({ resendAfterMs: 20 });
  await fill(journal, 2);
  const running = start();
  expect(await arrive(2)).toEqual([1, 2]);
  const again = arrive(1);
  broker.tell(topics.acknowledgement, acknowledgement(journal, 1));
  expect(await again).toEqual([2]);
  broker.tell(topics.acknowledgement, acknowledgement(journal, 2));
  await expect.poll(() => journal.counts().unsettled).toBe(0);
  over.abort();
  await running;
});

test('never more on the way than the broker allows', async () => {
  const { journal, broker, start, over, nextState } = bench({ window: 50 });
  broker.receiveMaximum = 4;
  await fill(journal, 20);
  const connected = nextState('connected');
  const running = start();
  await connected;
  broker.mode = 'silent';
  const onTheWay = () => broker.received.filter(({ topic }) => topic === topics.events).length;
  await expect.poll(onTheWay).toBe(4);
  // Nothing is acknowledged, so nothing more may follow.
  await new Promise(setImmediate);
  expect(onTheWay()).toBe(4);
  expect(journal.counts().pending).toBe(20);
  over.abort();
  await running;
});

test('the retained info message tells the parts on connecting and after a change', async () => {
  const { broker, start, over, changeInfo } = bench();
  const told = () =>
    broker.received
      .filter(({ topic, retain }) => topic === topics.info && retain)
      .map(({ payload }) => JSON.parse(new TextDecoder().decode(payload)).parts[0]);
  const running = start();
  await expect.poll(told).toEqual(['all well']);
  changeInfo(['camera gone']);
  await expect.poll(told).toEqual(['all well', 'camera gone']);
  over.abort();
  await running;
});

test('a refusal is told as one, and the event stays', async () => {
  const { journal, broker, start, over, states } = bench();
  await fill(journal, 1);
  const running = start();
  await expect.poll(() => states.some((state) => state.kind === 'connected')).toBe(true);
  broker.mode = 'refusing';
  await journal.append(entry(2));
  await expect
    .poll(() => states.some((state) => state.kind === 'dialling' && state.code === 'BROKER_REFUSED'))
    .toBe(true);
  expect(journal.counts().unsettled).toBe(2);
  over.abort();
  await running;
});

test('the topic names the station and nothing else, and the payload is the event as it is kept', async () => {
  const { journal, broker, start, arrive, over } = bench();
  const event = await journal.append(entry(1));
  const running = start();
  await arrive(1);
  over.abort();
  await running;
  const message = broker.received.find(({ topic }) => topic === topics.events);
  expect(message?.topic).toBe(`thuengban/v1/up/${topics.events.split('/')[3]}/${station}/ev`);
  expect(message?.payload).toEqual(event.body);
  expect(
    broker.received
      .filter(({ topic }) => topic === topics.status)
      .map(({ payload }) => JSON.parse(new TextDecoder().decode(payload)).state),
  ).toEqual(['online', 'offline']);
});

function acknowledgement(journal: Journal, upto: number): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ epoch: journal.epoch, upto, gaps: [] }));
}
