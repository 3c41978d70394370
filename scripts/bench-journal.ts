/**
 * `npm run bench:journal [-- --json] [-- --events N] [-- --queued N] [-- --dir DIR]`: durable appends with sealing and signing against
 * raw inserts of as many bytes in the same run, signing and encrypting without a disk, sizes, and what a long queue costs.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { signEvent } from '../src/contract/envelope/event.ts';
import { seal } from '../src/contract/envelope/sealed.ts';
import { lock } from '../src/journal/at-rest.ts';
import { KeptJournal } from '../src/journal/drivers/sqlite/kept-journal.ts';
import { VISIT_COMPLETED, visitRecord } from '../src/visit/record.ts';
import { fixedClock } from '../tests/fixtures/clock.ts';
import { sealingKey } from '../tests/fixtures/contract/keys.ts';
import { TEST_STATION, testKeys } from '../tests/fixtures/journal.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    events: { type: 'string', default: '1000' },
    queued: { type: 'string', default: '50000' },
    dir: { type: 'string', default: tmpdir() },
  },
});
const folder = mkdtempSync(join(values.dir, 'thuengban-bench-'));
const evidence = {
  score: 0.6123,
  decision: 'match',
  thresholds: { match: 0.45, review: 0.35 },
  statedFmr: 0.0001,
  attack: 'bona-fide',
  attackParts: ['model', 'card-photo', 'continuity', 'raster', 'challenge'].map((id) => ({
    id,
    verdict: 'bona-fide' as const,
    score: 0.9123,
    isRequired: true,
  })),
  probes: 3,
  models: ['detector@0123456789ab', 'recogniser@0123456789ab', 'second@0123456789ab', 'attack@0123456789ab'],
} as const;
const BENCH_FACTS = {
  programme: 'welfare',
  campaign: 'bench',
  entry: 'e-000001',
  village: '34010203',
  place: 'station',
  nextStepAt: { where: null, due: null },
  operator: 's-1',
  witnesses: [],
  consents: [],
  representation: null,
  form: null,
  seenOn: null,
  supersedes: null,
  receipt: '7KQ2-M8XD',
} as const;
const data = visitRecord(
  '01935d2e-0000-7000-8000-00000000000a',
  null,
  {
    kind: 'verified',
    card: { validity: 'valid', ageYears: 3 },
    consent: { purpose: 'face-comparison', given: true, how: 'touch' },
    evidence,
    nextStep: 'all-done',
  },
  {
    ...BENCH_FACTS,
    subject: 'S'.repeat(43),
    consentVersion: '2026-11',
    startedAt: '2026-11-22T02:00:00.000Z',
    durationMs: 41_000,
  },
);
const keys = testKeys();
const open = (name: string) =>
  new KeptJournal({
    dataDir: join(folder, name),
    station: TEST_STATION,
    clock: fixedClock(),
    keys,
    config: { maxBytes: 4_000_000_000, ballastBytes: 0 },
    onSetAside: (reason) => {
      throw new Error(reason);
    },
  });

const round = (value: number, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits;

function spread(samples: readonly number[]) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (q: number) => round(sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN, 3);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

async function each(count: number, work: () => unknown): Promise<number[]> {
  const samples: number[] = [];
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    await work();
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

/** One after the other in turns, so that both meet the same disk. */
async function appends(count: number, bodyBytes: number) {
  await using journal = open('appends');
  const db = new DatabaseSync(join(folder, 'raw.sqlite'));
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE raw (seq INTEGER PRIMARY KEY, body BLOB)',
  );
  const insert = db.prepare('INSERT INTO raw (body) VALUES (?)');
  const body = Buffer.alloc(bodyBytes, 7);
  const [ours, raw]: [number[], number[]] = [[], []];
  for (let n = 0; n < count; n += 50) {
    ours.push(...(await each(50, () => journal.append({ type: VISIT_COMPLETED, data }))));
    raw.push(...(await each(50, () => insert.run(body))));
  }
  db.close();
  const [append, plain] = [spread(ours), spread(raw)];
  return {
    appendMs: append,
    appendsPerSecond: Math.round(1_000 / append.p50),
    rawInsertMs: plain,
    rawInsertsPerSecond: Math.round(1_000 / plain.p50),
    ratio: round(plain.p50 / append.p50, 2),
  };
}

async function withoutDisk(count: number) {
  const fields = {
    id: '01935d2e-1111-7000-8000-000000000001',
    station: TEST_STATION,
    epoch: '5f0c1f9e-0000-4000-8000-000000000000',
    seq: 123_456,
    prev: 'a'.repeat(64),
    type: VISIT_COMPLETED,
    time: '2026-11-22T02:00:00.000Z',
    clock: { state: 'synced', setAt: null, bootId: '5f0c1f9e-0000-4000-8000-000000000000', monotonicMs: 7_200_000 },
  } as const;
  let bytes = 0;
  const seals = await each(count, () => seal(data, sealingKey));
  const sealed = await seal(data, sealingKey);
  const signs = await each(count, () => {
    bytes = signEvent({ ...fields, data: sealed }, keys.signer).message.length;
  });
  const body = Buffer.alloc(bytes, 7);
  const locks = await each(count, () => lock(body, keys.dataKey, 'epoch:1'));
  const all = await each(count, async () => {
    const { message } = signEvent({ ...fields, data: await seal(data, sealingKey) }, keys.signer);
    lock(message, keys.dataKey, 'epoch:1');
  });
  return {
    sealMs: spread(seals).p50,
    signMs: spread(signs).p50,
    lockMs: spread(locks).p50,
    perSecond: Math.round(1_000 / spread(all).p50),
    dataBytes: JSON.stringify(data).length,
    messageBytes: bytes,
  };
}

function memory() {
  const status = readFileSync('/proc/self/status', 'latin1');
  const of = (name: string) => round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_000);
  return { rssMb: of('VmRSS'), peakMb: of('VmHWM') };
}

async function queue(count: number) {
  const timed: Record<string, number> = {};
  const time = (name: string, work: () => unknown) => {
    const startedAt = performance.now();
    work();
    timed[name] = Math.max(timed[name] ?? 0, round(performance.now() - startedAt));
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  {
    await using journal = open('queue');
    for (let n = 1; n < count; n++) await journal.append({ type: VISIT_COMPLETED, data });
  }
  let journal: KeptJournal | undefined;
  time('openMs', () => {
    journal = open('queue');
  });
  if (!journal) throw new Error('not opened');
  await using opened = journal;
  delay.enable();
  // A station that drains: reads one at a time, marks it, counts, and appends now and then.
  for (let seq = 0; seq < count; ) {
    const [event] = opened.outbox(seq, 1);
    if (!event) break;
    seq = event.seq;
    opened.markSent(event.epoch, seq);
    if (seq % 500 === 0) {
      time('countsMs', () => opened.counts());
      await opened.append({ type: VISIT_COMPLETED, data });
    }
    await new Promise(setImmediate);
  }
  const drained = memory();
  time('settleAllMs', () => opened.settle({ epoch: opened.epoch, upto: count, gaps: [] }));
  for (let n = 0; n < 20; n++) time('shred200Ms', () => opened.shred(new Date('2027-01-01'), 200));
  delay.disable();
  const fileMb = round(statSync(join(folder, 'queue', 'journal', 'journal.sqlite')).size / 1e6);
  return { queued: count, ...drained, ...timed, longestStallMs: round(delay.max / 1e6), fileMb };
}

try {
  const sizes = await withoutDisk(Number(values.events));
  const disk = await appends(Number(values.events), sizes.messageBytes);
  const queued = await queue(Number(values.queued));
  const report = {
    cpu: cpus()[0]?.model,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    disk,
    sizes,
    queued,
  };
  process.stdout.write(`${values.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
