/**
 * `npm run eval:challenge [-- --patterns N] [--json]`: how often the ring light's challenge is right and wrong on the simulated
 * camera, by what is shown and by the light of the room. Writes the figures into `docs/attack-challenge.md`. Everything here is
 * synthetic: what it measures is whether the arithmetic sees what the physics of the simulator puts into the frames.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type ChallengeReason,
  judgeChallenge,
  type LightSample,
  type ShownLevel,
} from '../src/face/attack/challenge.ts';
import { lengthMs, makePattern, shareAt } from '../src/face/attack/light-pattern.ts';
import type { FaceEngine } from '../src/face/port.ts';
import { answersOf, factorsAt } from '../src/peripherals/camera/drivers/mjpeg/simulated-light.ts';
import type { Presentation } from '../src/peripherals/camera/drivers/mjpeg/simulated-scene.ts';
import { SimulatedSensor } from '../src/peripherals/camera/drivers/mjpeg/simulated-sensor.ts';
import { sceneOf } from '../src/peripherals/camera/drivers/mjpeg/simulated-still.ts';
import { openFaceEngine } from '../src/station/registry.ts';
import { failWith } from './fetch-models.ts';

const ROOT = resolve(import.meta.dirname, '..');
const MODELS = join(ROOT, 'models');
const DOCUMENT = join(ROOT, 'docs', 'attack-challenge.md');
const [BEGIN, END] = [
  '<!-- figures: written by npm run eval:challenge, changes in here are lost -->',
  '<!-- end of figures -->',
];
const PEOPLE = ['person-1', 'person-2', 'person-3', 'person-4'];
const RING_LEVEL = 0.7;
const FRAMES_PER_SECOND = 12;
/** Camera, cable and lamp. */
const LAG_MS = 110;
const TAIL_MS = 200;
const BEFORE_MS = 300;
/** A place for which the least answer is set. */
const SET_LEAST = 0.1;

type Species = 'living' | 'print' | 'paper mask' | 'screen' | 'injected' | 'injected, of another pattern';
interface Case {
  readonly species: Species;
  readonly lux: number;
}
interface Tally {
  readonly attack: number;
  readonly bonaFide: number;
  readonly notRun: number;
  readonly reasons: ReadonlyMap<ChallengeReason, number>;
}
type Outcome = { readonly least: 'unknown' | 'set'; readonly reason: ChallengeReason; readonly verdict: string };

const CASES: readonly Case[] = [
  ...[60, 300, 1_000, 3_000, 10_000, 50_000].map((lux) => ({ species: 'living' as const, lux })),
  ...(['print', 'paper mask', 'screen', 'injected', 'injected, of another pattern'] as const).flatMap((species) =>
    [300, 1_000].map((lux) => ({ species, lux })),
  ),
];

/** One capture in simulated time: as many frames as a station would look at. */
async function play(face: FaceEngine, sensor: SimulatedSensor, person: string, { species, lux }: Case) {
  const signal = new AbortController().signal;
  const shownAs: Presentation =
    species === 'paper mask' ? 'print' : species === 'screen' || species === 'print' ? species : 'living';
  const scene = await sceneOf(join(MODELS, 'people', person), shownAs);
  if (!scene) throw new Error('the demo people have no stills; run npm run people');
  const chance = { slant: 0.2 * (Math.random() - 0.5), glareX: Math.random(), glareY: Math.random() };
  const lit: Presentation =
    species === 'injected' ? 'injected' : species === 'print' || species === 'screen' ? species : 'living';
  const answers = answersOf(lit, scene.places, lux, chance);
  const pattern = makePattern(Math.random);
  const seen = species === 'injected, of another pattern' ? makePattern(Math.random) : pattern;
  const isAutomatic = Math.random() < 0.5;
  const shown: ShownLevel[] = [{ atMs: Number.NEGATIVE_INFINITY, level: RING_LEVEL }];
  for (let atMs = 0; atMs < lengthMs(pattern) + TAIL_MS; atMs += 20)
    shown.push({ atMs, level: RING_LEVEL * shareAt(pattern, atMs) });
  const samples: LightSample[] = [];
  sensor.reset();
  for (let atMs = -BEFORE_MS; atMs < lengthMs(pattern) + TAIL_MS; atMs += 1000 / FRAMES_PER_SECOND) {
    const level = RING_LEVEL * shareAt(seen, atMs - LAG_MS);
    const jpeg = await sensor.frame(
      scene.still,
      factorsAt(answers, species === 'injected' ? null : level),
      isAutomatic,
    );
    const finding = await face.guide(jpeg, signal);
    if (finding.kind === 'seen' && atMs >= 0) samples.push({ atMs, light: finding.light });
  }
  return (['unknown', 'set'] as const).map((least): Outcome & { answer: number | null; shape: number | null } => {
    const { reason, verdict, answer, shape } = judgeChallenge(samples, shown, least === 'set' ? SET_LEAST : null);
    return { least, reason, verdict, answer, shape };
  });
}

function tally(outcomes: readonly Outcome[]): Tally {
  const reasons = new Map<ChallengeReason, number>();
  for (const { reason } of outcomes) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const count = (verdict: string) => outcomes.filter((one) => one.verdict === verdict).length;
  return { attack: count('attack'), bonaFide: count('bona-fide'), notRun: count('not-run'), reasons };
}

/** Share with its 95 % interval (Wilson): captures of four people and made-up patterns are no sample of anything else. */
function share(count: number, of: number): string {
  const z = 1.96;
  const p = count / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const percent = (value: number) => `${Math.round(100 * Math.min(1, Math.max(0, value)))}`;
  return `${percent(p)} % (${percent(middle - half)}–${percent(middle + half)})`;
}

function table(results: ReadonlyMap<Case, readonly Outcome[]>, command: string): string {
  const rows = [...results].flatMap(([{ species, lux }, all]) =>
    (['unknown', 'set'] as const).map((least) => {
      const outcomes = all.filter((one) => one.least === least);
      const { attack, bonaFide, notRun, reasons } = tally(outcomes);
      const of = outcomes.length;
      const why = [...reasons].map(([reason, count]) => `${reason} ${count}`).join(', ');
      return `| ${species} | ${lux.toLocaleString('en')} | ${least === 'set' ? SET_LEAST : 'not known'} | ${of} | ${share(attack, of)} | ${share(bonaFide, of)} | ${share(notRun, of)} | ${why} |`;
    }),
  );
  return [
    `\`${command}\` on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}; ring light ${RING_LEVEL} of 300 lux, ${FRAMES_PER_SECOND} frames a second,`,
    `half of the captures with automatic exposure, ${PEOPLE.length} people of the demo. 95 % intervals (Wilson) over captures.`,
    '',
    '| shown | other light, lux | least answer | captures | attack | bona fide | not run | reasons |',
    '| --- | ---: | --- | ---: | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

if (import.meta.main) {
  try {
    const { values } = parseArgs({
      options: {
        patterns: { type: 'string', default: '6' },
        json: { type: 'boolean', default: false },
        dry: { type: 'boolean', default: false },
      },
    });
    const patterns = Number(values.patterns);
    const signal = new AbortController().signal;
    await using face = await openFaceEngine(
      { modelsDir: MODELS, processes: 1, guidanceSize: 1280, manyFaces: 'refuse' },
      signal,
    );
    const sensor = new SimulatedSensor(1280, 720);
    const results = new Map<Case, Awaited<ReturnType<typeof play>>[number][]>();
    for (const one of CASES) {
      const outcomes: Awaited<ReturnType<typeof play>>[number][] = [];
      for (const person of PEOPLE)
        for (let n = 0; n < patterns; n++) outcomes.push(...(await play(face, sensor, person, one)));
      results.set(one, outcomes);
      const { attack, bonaFide, notRun, reasons } = tally(outcomes.filter(({ least }) => least === 'unknown'));
      const set = tally(outcomes.filter(({ least }) => least === 'set'));
      process.stderr.write(
        `${one.species} ${one.lux} lux: ${attack} attack, ${bonaFide} bona fide, ${notRun} not run; ${set.attack} attack when set (${[...reasons.keys()].join(', ')})\n`,
      );
      if (values.dry)
        process.stderr.write(
          `   ${outcomes
            .filter(({ least }) => least === 'set')
            .map(({ answer, shape, reason }) => `${answer?.toFixed(3)}/${shape?.toFixed(2)} ${reason}`)
            .join('; ')}\n`,
        );
    }
    const text = table(results, `npm run eval:challenge -- --patterns ${patterns}`);
    if (values.json)
      process.stdout.write(`${JSON.stringify([...results].map(([one, outcomes]) => ({ ...one, outcomes })))}\n`);
    if (!values.dry) {
      const document = await readFile(DOCUMENT, 'utf8');
      const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
      if (begin < 0 || end < begin) throw new Error(`${DOCUMENT} has no marks for the figures`);
      await writeFile(DOCUMENT, `${document.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${document.slice(end)}`);
    }
  } catch (error) {
    failWith(error);
  }
}
