/**
 * `npm run bench:visit [-- --json] [-- --visits N]`: how long the software makes a person wait, how fast the station is up,
 * how much memory it takes. Everything real but the card, the camera and the person; the card at wire speed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadSettings } from '../src/config/load-settings.ts';
import { createLog } from '../src/observe/log.ts';
import { MODELS_DIR } from '../src/station/paths.ts';
import { demoFaces } from '../src/station/people.ts';
import { openFaceEngine } from '../src/station/registry.ts';
import { startStation } from '../src/station/station.ts';
import type { FinishedVisit } from '../src/station/visit-recorder.ts';
import { processTree, tryRead } from './bench/process-tree.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, visits: { type: 'string', default: '10' } } });
const visits = Number(values.visits);
const none = new AbortController().signal;
const note = (text: string) => process.stderr.write(`${text}\n`);

interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}
function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (q: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Whole visits in this process: the slowest card there is, so that the probes wait for the photo as in the field. */
async function measureVisits(dataDir: string) {
  let resolve: (finished: FinishedVisit) => void = () => undefined;
  const station = await startStation(
    {
      dataDir,
      settings: loadSettings(dataDir).settings,
      isDemo: true,
      kioskPort: null,
      slotIndex: 0,
      brokerPort: 0,
      clock: null,
      log: createLog('error'),
      onFinished: (finished) => resolve(finished),
      onSent: () => undefined,
      onRestart: () => undefined,
    },
    none,
  );
  const { world, runner } = station;
  if (!world?.slot) throw new Error('this bench needs the simulated world: unplug the real reader');
  world.showFace('person-1');
  const decision: number[] = [];
  const record: number[] = [];
  const firstProbes: number[] = [];
  const read: number[] = [];
  const fast: number[] = [];
  const play = async (card: string, isWireSpeed: boolean) => {
    const finished = Promise.withResolvers<FinishedVisit>();
    resolve = finished.resolve;
    const stop = station.host.onChange(() => {
      const { screen } = station.host.screen();
      if (screen.screen === 'reading' && screen.consent === 'asked')
        queueMicrotask(() => runner.dispatch({ kind: 'consent-given', purpose: screen.purpose.id, how: 'touch' }));
    });
    await world.insertCard(card, isWireSpeed);
    const { marks, outcome } = await finished.promise;
    stop();
    if (outcome.kind !== 'verified') throw new Error(`expected verified, got ${outcome.kind}`);
    const idle = Promise.withResolvers<void>();
    const stopWaiting = station.host.onChange(() => {
      if (runner.visit.phase === 'idle') idle.resolve();
    });
    await world.pullCard();
    await idle.promise;
    stopWaiting();
    return marks;
  };
  for (let n = 0; n < visits; n++) {
    const { photoRead = 0, firstFrame = 0, firstProbe = 0, compared = 0, recorded = 0 } = await play('year-only', true);
    firstProbes.push(firstProbe - firstFrame);
    decision.push(compared - photoRead);
    record.push(recorded - compared);
    read.push(photoRead);
    note(`visit ${n + 1} of ${visits}: decision ${Math.round(compared - photoRead)} ms after the last photo byte`);
  }
  for (let n = 0; n < visits; n++) fast.push((await play('normal', false)).photoRead ?? 0);
  const reader = world.slot.kind;
  await station.stop();
  const [decisionMs, recordMs, firstProbeMs, readAtWireSpeedMs, cardSoftwareMs] = [
    decision,
    record,
    firstProbes,
    read,
    fast,
  ].map(spread) as [Spread, Spread, Spread, Spread, Spread];
  const softwareOutsideBusMs = Math.round(cardSoftwareMs.p50 + decisionMs.p50 + recordMs.p50);
  return { reader, decisionMs, recordMs, firstProbeMs, readAtWireSpeedMs, cardSoftwareMs, softwareOutsideBusMs };
}

/** The service as a process of its own: time to `/readyz`, then memory of every process it needs, after visits. */
async function measureProcess(dataDir: string) {
  const startedAt = performance.now();
  const child = spawn(join(import.meta.dirname, 'thuengban'), ['station', '--demo', '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    let url = '';
    for await (const line of createInterface({ input: child.stderr })) {
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? url;
      if (/^Ready in/.test(line)) break;
    }
    child.stderr.resume();
    while (!(await fetch(`${url}/readyz`)).ok);
    const startToReadyMs = Math.round(performance.now() - startedAt);
    const memoryIdleMb = memoryOf(child.pid ?? 0);
    // The most that was seen while card, camera and models were all at work.
    let memoryInVisitMb = memoryIdleMb;
    const sampling = setInterval(() => {
      const now = memoryOf(child.pid ?? 0);
      if ((now['stationPss'] ?? 0) > (memoryInVisitMb['stationPss'] ?? 0)) memoryInVisitMb = now;
    }, 200);
    await playOverSockets(url);
    clearInterval(sampling);
    return { startToReadyMs, memoryIdleMb, memoryInVisitMb };
  } finally {
    const ended = Promise.withResolvers<void>();
    child.once('exit', () => ended.resolve());
    child.kill('SIGTERM');
    await ended.promise;
  }
}

/** Plays to the point where card, camera and models are all at work, as a visitor of the demo would. */
async function playOverSockets(url: string): Promise<void> {
  const open = (role: string) => new WebSocket(`${url.replace('http', 'ws')}/ws/${role}`, { headers: { origin: url } });
  const [citizen, simulator] = [open('citizen'), open('simulator')];
  const done = Promise.withResolvers<void>();
  citizen.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') return;
    const { screen } = JSON.parse(data).screen ?? {};
    if (screen === 'reading') citizen.send(JSON.stringify({ kind: 'consent', choice: 'agree' }));
    if (screen === 'done') done.resolve();
  });
  simulator.addEventListener('open', () => {
    const say = (command: object) => simulator.send(JSON.stringify({ kind: 'simulate', command }));
    say({ do: 'show-face', face: 'person-1' });
    say({ do: 'insert-card', person: 'year-only' });
  });
  await done.promise;
  citizen.close();
  simulator.close();
}

/**
 * Memory of a process and its descendants, MB: proportional (PSS, shared pages once) by program, and the station's sum of
 * it and of RSS, which counts the program text that its processes share once for each of them.
 */
function memoryOf(root: number): Record<string, number> {
  const result: Record<string, number> = {};
  const station = { pss: 0, rss: 0 };
  for (const pid of processTree(root)) {
    const rollup = tryRead(`/proc/${pid}/smaps_rollup`) ?? '';
    const mb = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024;
    const command = (tryRead(`/proc/${pid}/cmdline`) ?? '').split('\0');
    const name =
      command
        .find((word) => /\.ts$/.test(word))
        ?.split('/')
        .slice(-2)
        .join('/') ??
      command[0]?.split('/').at(-1) ??
      '?';
    result[name] = Math.round((result[name] ?? 0) + mb('Pss'));
    // pcscd and the broker are the system's; the rest is the station.
    if (/pcscd|mosquitto/.test(name)) continue;
    station.pss += mb('Pss');
    station.rss += mb('Rss');
  }
  return { ...result, stationPss: Math.round(station.pss), stationRss: Math.round(station.rss) };
}

/** Frames a second that one process can judge for guidance, 720p. */
async function measureGuidance(dataDir: string): Promise<number> {
  const { guidanceSize } = loadSettings(dataDir).settings.face;
  await using engine = await openFaceEngine(
    { modelsDir: MODELS_DIR, processes: 1, guidanceSize, manyFaces: 'refuse' },
    none,
  );
  const folder = demoFaces(MODELS_DIR)[0]?.frames ?? '';
  const frames = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const startedAt = performance.now();
  let judged = 0;
  for (; performance.now() - startedAt < 5_000; judged++)
    await engine.guide(frames[judged % frames.length] as Buffer, none);
  return Math.round((judged / (performance.now() - startedAt)) * 10_000) / 10;
}

const dataDir = mkdtempSync(join(tmpdir(), 'thuengban-bench-'));
try {
  const guidanceFps = await measureGuidance(dataDir);
  const process_ = await measureProcess(dataDir);
  const visit = await measureVisits(dataDir);
  const result = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? '?'}`,
    visits,
    ...visit,
    ...process_,
    guidanceFps,
  };
  process.stdout.write(`${JSON.stringify(result, null, values.json ? 0 : 2)}\n`);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
