/**
 * `npm run eval:face [-- --data DIR] [--json] [--parts a,b] [--work DIR] [--out DIR] …`: how often the shipped face pipeline
 * is right and wrong, by the protocols described in `docs/accuracy.md`, which it writes. A run that is stopped goes on where it was.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chipPhotoProtocol, openFaceEngine } from '../src/station/registry.ts';
import { acquireAll } from './eval/acquire.ts';
import { type Baseline, baselineOf } from './eval/baseline.ts';
import { writeDocument } from './eval/document.ts';
import { evaluate, jobsOf, PARTS, type Part, type Plan } from './eval/evaluate.ts';
import type { RunFacts } from './eval/facts.ts';
import { mapped } from './eval/figures.ts';
import { loadPeople, type Person } from './eval/people.ts';
import { pipelineVersion } from './eval/pipeline-version.ts';
import { drawPlots } from './eval/plots.ts';
import { duration } from './eval/progress.ts';
import { writeReport } from './eval/report.ts';
import { defaultWorkDir, TemplateCache } from './eval/template-cache.ts';
import { failWith } from './fetch-models.ts';

const ROOT = resolve(import.meta.dirname, '..');
const MODELS = join(ROOT, 'models');
const HELP = `npm run eval:face -- [options]
  --data DIR          people's pictures, a folder a person, in DIR or DIR/lfw-dev (default ../shared/faces)
  --parts LIST        of ${PARTS.join(',')} (default all); the chip protocol always runs
  --work DIR          where templates are kept between runs (default ${defaultWorkDir()})
  --out DIR           where accuracy.md and its plots go (default docs; without --out a part of the people or protocols writes nothing)
  --baseline          keeps this run's figures as the baseline of later ones
  --rounds N          bootstrap rounds (default 1000)
  --roll-pairs N      people whose pictures are turned (default 150)
  --limit-people N    a quick look at part of the people
  --workers N         processes (default: one per core)
  --strict            fails when the data is missing
  --json              all figures as one JSON object on the last line of stdout`;

const ABOUT_LFW = `Part of Labeled Faces in the Wild, deep-funneled. News photography, mostly Western men, little ageing: it flatters every model;
  nothing below FMR 1e-5 is to be believed.`;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const say = (line: string) => process.stderr.write(`${line}\n`);

function readOptions() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '../shared/faces' },
      parts: { type: 'string', default: PARTS.join(',') },
      work: { type: 'string', default: defaultWorkDir() },
      out: { type: 'string' },
      baseline: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '1000' },
      'roll-pairs': { type: 'string', default: '150' },
      'limit-people': { type: 'string' },
      workers: { type: 'string', default: String(availableParallelism()) },
      strict: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'rounds' | 'roll-pairs' | 'limit-people' | 'workers') => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a whole number from 1 on`);
    return number;
  };
  const parts = values.parts.split(',').filter((part) => part !== '');
  const unknown = parts.find((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown !== undefined) throw new Error(`--parts: no part is called ${unknown}; there are ${PARTS.join(', ')}`);
  const limit = values['limit-people'] === undefined ? undefined : whole('limit-people');
  const isWhole = limit === undefined && parts.length === PARTS.length;
  return {
    ...values,
    parts: new Set(parts as readonly Part[]),
    limit,
    out: values.out ?? (isWhole ? join(ROOT, 'docs') : undefined),
    rounds: whole('rounds'),
    rollPairCount: whole('roll-pairs'),
    workers: whole('workers'),
    command: commandOf(values['roll-pairs'], values.rounds, values['limit-people'], parts),
  };
}

/** As somebody else would give it: paths are left out. */
function commandOf(rollPairs: string, rounds: string, limit: string | undefined, parts: readonly string[]): string {
  const options = [
    ...(rollPairs === '150' ? [] : [`--roll-pairs ${rollPairs}`]),
    ...(rounds === '1000' ? [] : [`--rounds ${rounds}`]),
    ...(limit === undefined ? [] : [`--limit-people ${limit}`]),
    ...(parts.length === PARTS.length ? [] : [`--parts ${parts.join(',')}`]),
  ];
  return ['npm run eval:face', ...(options.length === 0 ? [] : ['--', ...options])].join(' ');
}

function describeData(data: string, people: readonly Person[]): RunFacts['data'] {
  const group = people.filter(({ inGroup }) => inGroup);
  const pictures = (some: readonly Person[]) => some.reduce((sum, one) => sum + one.pictures.length, 0);
  const half = (some: readonly Person[], wanted: number) => some.filter((one) => one.half === wanted).length;
  return {
    about: existsSync(join(data, 'lfw-dev'))
      ? ABOUT_LFW
      : 'A collection of pictures that is not kept with the product.',
    people: people.length,
    pictures: pictures(people),
    halves: [half(people, 1), half(people, 2)],
    groupPeople: group.length,
    groupPictures: pictures(group),
    groupHalves: [half(group, 1), half(group, 2)],
  };
}

/** Finds all templates; a signal stops it at once, and what was found is kept. */
async function findTemplates(options: ReturnType<typeof readOptions>, plan: Plan, version: string) {
  const aborter = new AbortController();
  const { signal } = aborter;
  const stop = () => aborter.abort(new Error('stopped; the next run goes on from here'));
  for (const name of SIGNALS) process.on(name, stop);
  using cleanUp = new DisposableStack();
  cleanUp.defer(() => SIGNALS.forEach((name) => void process.off(name, stop)));
  using cache = await TemplateCache.open(options.work, version);
  await using engine = await openFaceEngine(
    { modelsDir: MODELS, processes: options.workers, guidanceSize: 640, manyFaces: 'take-main' },
    signal,
  );
  const toChipPhoto = await chipPhotoProtocol();
  const find = await acquireAll(jobsOf(plan), { engine, cache, toChipPhoto, workers: options.workers }, signal);
  return { find, models: engine.models, thresholds: engine.thresholds };
}

async function run(options: ReturnType<typeof readOptions>, people: readonly Person[]) {
  const startedAt = performance.now();
  const version = pipelineVersion(MODELS);
  const plan: Plan = { people, parts: options.parts, rounds: options.rounds, rollPairCount: options.rollPairCount };
  const { find, models, thresholds } = await findTemplates(options, plan, version);
  const facts: RunFacts = {
    date: new Date().toISOString().slice(0, 10),
    command: options.command,
    machine: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'} (${arch()}), Node ${process.version}`,
    models,
    pipeline: version,
    thresholds,
    rounds: options.rounds,
    data: describeData(options.data, people),
  };
  const results = evaluate(plan, find, thresholds, (what) => say(`measuring: ${what}`));
  if (options.out !== undefined) await write(options.out, options.baseline, facts, results);
  say(`done in ${duration(performance.now() - startedAt)}`);
  return { facts, results };
}

async function write(out: string, isBaseline: boolean, facts: RunFacts, results: ReturnType<typeof evaluate>) {
  const plots = drawPlots(results, facts.thresholds);
  const kept = join(out, 'accuracy', 'baseline.json');
  const text = await readFile(kept, 'utf8').catch(() => undefined);
  const baseline = isBaseline ? baselineOf(facts, results) : text && (JSON.parse(text) as Baseline);
  const files = await writeDocument(out, writeReport(facts, results, baseline || undefined), plots);
  if (isBaseline) await writeFile(kept, `${JSON.stringify(baseline, null, 2)}\n`);
  say(`written: ${files.map((file) => relative(process.cwd(), file)).join(', ')}`);
}

/** A table on stdout for people; the whole truth is in the document and in `--json`. */
function summary({ results }: Awaited<ReturnType<typeof run>>): string {
  return Object.entries(results.protocols)
    .map(([name, { split }]) => {
      const shown = ['1e-3', '1e-4', 'match'].map(
        (rule) => `${rule} ${(100 * (split[`${rule}.everyone.tar`]?.value ?? Number.NaN)).toFixed(2)} %`,
      );
      return `${name.padEnd(12)} TAR on half 2: ${shown.join('  ')}`;
    })
    .join('\n');
}

try {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
  } else {
    const people = await loadPeople(options.data, options.limit);
    if (people === undefined || people.length === 0) {
      const skipped = `skipped: no pictures in ${options.data}; name the folder with --data`;
      say(skipped);
      if (options.json) process.stdout.write(`${JSON.stringify({ skipped })}\n`);
      if (options.strict) process.exitCode = 1;
    } else {
      const result = await run(options, people);
      const { facts, results } = result;
      // Scopes are what the figures were made of, not figures.
      const protocols = mapped(results.protocols, ({ scopes: _, ...figures }) => figures);
      const json = () => JSON.stringify({ ...facts, ...results, protocols });
      process.stdout.write(`${options.json ? json() : summary(result)}\n`);
    }
  }
} catch (error) {
  failWith(error);
}
