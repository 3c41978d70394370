/**
 * `npm run bench:link [-- --json] [-- --events N] [-- --seed N]`: how long the outbox takes to drain over a bad line, and how many
 * events arrive twice, fault by fault. The real mosquitto, a proxy that makes the line bad, signed and sealed events of a verified
 * visit, and an ingest in memory that verifies each of them.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { publishConfig } from '../src/publish/config.ts';
import { startMosquitto } from '../src/publish/drivers/mosquitto/mosquitto.ts';
import { mqttDialler } from '../src/publish/drivers/mqtt/mqtt-dialler.ts';
import { runUplink } from '../src/publish/uplink.ts';
import { STATION } from '../tests/fixtures/contract/keys.ts';
import { registeredKeys, testJournal } from '../tests/fixtures/journal.ts';
import { startIngestDouble } from '../tests/fixtures/link/ingest-double.ts';
import { quietUplink } from '../tests/fixtures/link/quiet-uplink.ts';
import { type FaultProxy, type Faults, startFaultProxy } from './chaos/fault-proxy.ts';
import { randomFor } from './eval/random.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    events: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const [events, seed] = [Number(values.events), Number(values.seed)];
const LIMIT_MS = 120_000;
const { signal } = new AbortController();

interface Case {
  readonly name: string;
  readonly faults?: Partial<Faults>;
  /** Events a second that the server asks for. */
  readonly rateHint?: number;
  readonly window?: number;
  /** What happens meanwhile, once a tenth, two tenths … of the events are there. */
  readonly meanwhile?: (proxy: FaultProxy, tenth: number) => void;
}

const random = randomFor('bench-link', seed);
const isPuback = ({ type }: { readonly type: number }) => type === 4;
const isAcknowledgement = ({ topic }: { readonly topic: string | undefined }) => topic?.endsWith('/ack') === true;
const CASES: readonly Case[] = [
  { name: 'no faults' },
  { name: '50 ms round trip', faults: { delayMs: 25 } },
  { name: '50 ms round trip, window 100', faults: { delayMs: 25 }, window: 100 },
  { name: '400 kbit/s', faults: { bitsPerSecond: 400_000 } },
  { name: '400 kbit/s, 50 ms round trip', faults: { bitsPerSecond: 400_000, delayMs: 25 } },
  { name: '50 ms, connection cut at every tenth', faults: { delayMs: 25 }, meanwhile: (proxy) => void proxy.cut() },
  { name: '50 ms, connections live 1 s on average', faults: { delayMs: 25, killAfterMs: 1_000 } },
  {
    name: '50 ms, half of the acknowledgements lost',
    faults: { delayMs: 25, swallow: (packet) => isAcknowledgement(packet) && random() < 0.5 },
  },
  {
    name: '50 ms, one PUBACK in 200 lost',
    faults: { delayMs: 25, swallow: (packet, way) => way === 'down' && isPuback(packet) && random() < 0.005 },
  },
  {
    name: '50 ms, black hole of 5 s',
    faults: { delayMs: 25 },
    meanwhile: (proxy, tenth) => {
      if (tenth !== 3) return;
      proxy.set({ isBlackHole: true });
      setTimeout(() => proxy.set({ isBlackHole: false }), 5_000);
    },
  },
  { name: "the station's own pace of 10 a second, first 100", rateHint: 10 },
];

async function measure({ name, faults = {}, rateHint = 1_000, window = 20, meanwhile }: Case) {
  const count = rateHint === 10 ? Math.min(100, events) : events;
  await using broker = await startMosquitto(0, signal);
  await using proxy = await startFaultProxy({ targetPort: broker.port, random, faults });
  await using ingest = await startIngestDouble({ url: broker.url, station: STATION, commitMs: 50, rateHint });
  await using journal = testJournal({ station: STATION, keys: registeredKeys() });
  const sample = JSON.parse(
    readFileSync(new URL('../tests/fixtures/contract/v1/event-visit-verified.json', import.meta.url), 'utf8'),
  );
  for (let n = 0; n < count; n++) await journal.append({ type: 'th.thuengban.visit.completed.v1', data: sample.opens });
  const eventBytes = journal.list(0, 1)[0]?.body?.length ?? 0;
  let sentAgain = 0;
  const config = publishConfig.parse({ window, replayPerSecond: rateHint === 10 ? 10 : 1_000, backOffMinMs: 200 });
  const url = `mqtt://127.0.0.1:${proxy.port}`;
  const over = new AbortController();
  const startedAt = performance.now();
  const running = runUplink(
    {
      ...quietUplink({
        sent: (_event, _reason, isAgain) => {
          if (isAgain) sentAgain += 1;
        },
      }),
      station: STATION,
      journal,
      config,
      dialler: mqttDialler({ url, clientId: STATION, config, nowMs: () => Date.now(), clock: () => 'synced' }),
      random,
    },
    over.signal,
  );
  const settled = Promise.withResolvers<void>();
  let tenth = 0;
  const look = setInterval(() => {
    const done = count - journal.counts().unsettled;
    for (; tenth < Math.min(9, Math.floor((10 * done) / count)); tenth++) meanwhile?.(proxy, tenth + 1);
    if (done === count || performance.now() - startedAt > LIMIT_MS) settled.resolve();
  }, 10);
  await settled.promise;
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(look);
  over.abort();
  await running;
  const { upto, gaps } = ingest.held();
  const missing = count - upto + gaps.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  return {
    ...{ name, events: count, eventBytes },
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round(count / seconds),
    duplicates: ingest.counts.duplicates,
    ...{ sentAgain, missing, unsettled: journal.counts().unsettled },
    connections: proxy.counts.connections,
    bytesUp: proxy.counts.bytesUp,
  };
}

const results = [];
for (const one of CASES.filter(({ name }) => values.only === undefined || name.includes(values.only))) {
  const result = await measure(one);
  results.push(result);
  if (!values.json)
    process.stdout.write(
      `${result.name.padEnd(50)} ${String(result.seconds).padStart(6)} s  ${String(result.perSecond).padStart(5)}/s  ` +
        `duplicates ${result.duplicates}  missing ${result.missing}  connections ${result.connections}  ${result.bytesUp} bytes up\n`,
    );
}
if (values.json) process.stdout.write(`${JSON.stringify({ seed, results })}\n`);
