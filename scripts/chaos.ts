/**
 * `npm run chaos [-- --seed N] [--events N] [--faults N] [--kills N] [--short] [--json]`: everything fails, again and again, in a
 * whole system of its own; then every event that a station said is kept is looked for on the server. Seeded: the same seed strikes
 * in the same order.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { carryByHand } from './chaos/carry.ts';
import { type Chance, FAULTS, type FaultKind } from './chaos/faults.ts';
import { reconcile } from './chaos/reconcile.ts';
import { databaseKind, openWorld, type World } from './chaos/world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    events: { type: 'string' },
    faults: { type: 'string' },
    kills: { type: 'string' },
    stations: { type: 'string', default: '3' },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const wanted = {
  events: Number(values.events ?? (values.short ? 400 : 12_000)),
  faults: Number(values.faults ?? (values.short ? 19 : 200)),
  kills: Number(values.kills ?? (values.short ? 15 : 1_000)),
};
const EVENT_MS = 20;
const LONGEST_FAULT_MS = 1_500;
const SETTLE_LIMIT_MS = 120_000;
const PROGRESS_EVERY = 20;

const note = (text: string) => process.stderr.write(`${text}\n`);
const startedAt = performance.now();

/** Mulberry32 (Tommy Ettinger, public domain): small, and the same everywhere. */
function seeded(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const real = seeded(seed);
const chance: Chance = {
  real,
  below: (n) => Math.floor(real() * n),
  pick: (from) => from[Math.floor(real() * from.length)] as (typeof from)[number],
};

/** The heavier the more often. */
function nextFault(): FaultKind {
  return chance.pick(FAULTS.flatMap((fault) => Array<FaultKind>(fault.weight).fill(fault)));
}

/** Station after station dies at a random moment, in the middle of whatever it does. */
async function killStations(world: World, times: number): Promise<void> {
  const each = Math.ceil(times / world.stations.length);
  let done = 0;
  await Promise.all(
    world.stations.map(async ({ program }) => {
      for (let n = 0; n < each; n++) {
        await setTimeout(real() * 200);
        await program.restart();
        if (++done % (PROGRESS_EVERY * 5) === 0) note(`${done} of ${times} kills`);
      }
    }),
  );
}

async function strike(world: World, times: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  // Every kind at least once, in a random order, before chance alone decides.
  const first = [...FAULTS].sort(() => real() - 0.5);
  for (let n = 1; n <= times; n++) {
    const fault = first.pop() ?? nextFault();
    await setTimeout(real() * 300);
    await fault.play(world, chance, real() * LONGEST_FAULT_MS);
    counts[fault.name] = (counts[fault.name] ?? 0) + 1;
    if (n % PROGRESS_EVERY === 0) note(`${n} of ${times} faults, ${keptIn(world).length} events kept`);
  }
  return counts;
}

const keptIn = ({ stations }: World) => stations.flatMap(({ kept }) => kept);

const random = seeded(seed + 1);
const world = await openWorld({
  stations: Number(values.stations),
  eventMs: EVENT_MS,
  random,
  database: databaseKind(),
});
let result: object;
try {
  note(`seed ${seed}, ${databaseKind()}, ${world.stations.length} stations`);
  const faults = await strike(world, wanted.faults);
  const kills = wanted.kills;
  await killStations(world, kills);
  while (keptIn(world).length < wanted.events) await setTimeout(500);
  note('waiting until the server has everything');
  for (const station of world.stations) await station.drain(SETTLE_LIMIT_MS);
  await Promise.all(world.stations.map(({ program }) => program.kill()));
  await world.ingest.kill('SIGTERM');
  const carried = await carryByHand(world);
  const { lost, doubled, chainWhole, ...rest } = await reconcile(world.databaseUrl, keptIn(world));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const events = keptIn(world).length;
  result = {
    ...{ seed, events, faults: wanted.faults, kills, lost, doubled, chainWhole, seconds },
    onServer: { ...rest, carriedByHand: carried },
    byKind: faults,
    stations: Object.assign({}, ...world.stations.map(({ name, counts }) => ({ [name]: counts }))),
    ingest: world.said,
  };
  process.exitCode = lost === 0 && doubled === 0 && chainWhole ? 0 : 1;
} finally {
  await world[Symbol.asyncDispose]();
}
if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
else process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
