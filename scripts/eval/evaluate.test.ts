import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SimulatedFaceEngine, simulatedPicture } from '../../src/face/drivers/simulated.ts';
import { StationFault } from '../../src/shared/fault.ts';
import { acquireAll } from './acquire.ts';
import { baselineOf } from './baseline.ts';
import { evaluate, jobsOf, type Part, type Plan, type Results } from './evaluate.ts';
import type { RunFacts } from './facts.ts';
import { mapped } from './figures.ts';
import { loadPeople } from './people.ts';
import { drawPlots } from './plots.ts';
import { writeReport } from './report.ts';
import { TemplateCache } from './template-cache.ts';

const { signal } = new AbortController();
const PARTS = new Set<Part>(['originals', 'frames', 'quality']);

const figuresOf = ({ protocols }: Results) => mapped(protocols, ({ scopes: _, ...figures }) => figures);

/** Thirty people of one to five pictures, a quarter of them in the group; every tenth picture shows no face. */
async function collection() {
  const folder = await mkdtemp(join(tmpdir(), 'eval-'));
  const names = Array.from({ length: 30 }, (_, i) => `Secret Name ${i}`);
  let pictures = 0;
  for (const [i, name] of names.entries()) {
    await mkdir(join(folder, name));
    for (let frame = 0; frame <= i % 5; frame++) {
      const missing = ++pictures % 10 === 0 ? { notAcquired: 'no-face' as const } : {};
      await writeFile(join(folder, name, `${frame}.jpg`), simulatedPicture({ person: name, frame, ...missing }));
    }
  }
  await writeFile(join(folder, 'group-east-southeast-asia.txt'), names.filter((_, i) => i % 4 === 0).join('\n'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test('a whole evaluation on the simulated engine: figures, plots and page, resumed without asking the engine again', async () => {
  await using data = await collection();
  const people = (await loadPeople(data.folder, undefined)) ?? [];
  const plan: Plan = { people, parts: PARTS, rounds: 20, rollPairCount: 5 };
  const engine = new SimulatedFaceEngine();
  using cache = await TemplateCache.open(join(data.folder, 'work'), 'v');
  const options = { engine, cache, toChipPhoto: async (image: Uint8Array) => image, workers: 3 };
  const find = await acquireAll(jobsOf(plan), options, signal);
  const results = evaluate(plan, find, engine.thresholds, () => undefined);

  const chip = results.protocols['chip'];
  expect(chip?.counts).toMatchObject({ references: 90, referencesNotAcquired: 9, probes: 90, probesNotAcquired: 9 });
  expect(chip?.counts.genuine).toBe(6 * (2 + 6 + 12 + 20));
  // Whoever was acquired on both sides matches here: what is missing is failures to acquire.
  const lost = chip?.counts.genuineNotMade ?? 0;
  expect(lost).toBeGreaterThan(0);
  expect(chip?.whole['match.everyone.tar']?.value).toBeCloseTo(1 - lost / (chip?.counts.genuine ?? 1), 9);
  expect(chip?.whole['match.everyone.fmr']?.value).toBe(0);
  expect(Object.keys(results.protocols)).toEqual([
    'chip',
    'originals',
    'pictures 1',
    'pictures 2',
    'pictures 3',
    'attempts 3',
  ]);
  expect(results.roll).toBeUndefined();
  expect(results.attack).toMatchObject({ oneFrame: { value: 0 }, capture: undefined });

  engine.failWith(new StationFault('FACE_ENGINE', 'face', 'must not be asked'));
  const again = evaluate(plan, await acquireAll(jobsOf(plan), options, signal), engine.thresholds, () => undefined);
  expect({ ...again, protocols: figuresOf(again) }).toEqual({ ...results, protocols: figuresOf(results) });

  const facts: RunFacts = {
    date: '2000-01-01',
    command: 'npm run eval:face',
    machine: 'a machine',
    models: engine.models,
    pipeline: 'v',
    thresholds: engine.thresholds,
    rounds: 20,
    data: {
      about: 'A collection.',
      people: 30,
      pictures: 90,
      halves: [15, 15],
      groupPeople: 8,
      groupPictures: 24,
      groupHalves: [4, 4],
    },
  };
  const page = writeReport(facts, results, baselineOf(facts, results));
  for (const title of ['Chip protocol', 'Groups', 'Several frames', 'Quality', 'Attack signal'])
    expect(page).toContain(title);
  expect(page).not.toContain('Turned faces');
  const plots = drawPlots(results, engine.thresholds);
  expect([...plots.keys()]).toEqual(['det.svg', 'scores.svg', 'discard.svg']);
  const written = page + [...plots.values()].join('') + JSON.stringify(baselineOf(facts, results));
  expect(written).not.toMatch(/undefined|NaN|Secret/);
});
