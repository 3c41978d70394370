/**
 * `npm run eval:attack [-- --data DIR] [--people N] [--json] [--work FILE] …`: error rates of attack detection (ISO/IEC 30107-3), part by
 * part and fused, over attack samples made from photographs. **Synthetic**; see `docs/attack.md`, which it writes.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chipPhotoProtocol, openFaceEngine } from '../src/station/registry.ts';
import { judgeCaptures, seeCaptures } from './eval/attack-captures.ts';
import { type AttackFigures, attackFigures, writeAttackReport } from './eval/attack-report.ts';
import { insertBetween } from './eval/document.ts';
import { loadPeople, type Person } from './eval/people.ts';
import { duration } from './eval/progress.ts';
import { failWith } from './fetch-models.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FRAMES = 3;
const [START, END] = [
  '<!-- figures: written by npm run eval:attack, changes in here are lost -->',
  '<!-- end of figures -->',
] as const;
const HELP = `npm run eval:attack -- [options]
  --data DIR      people's pictures, a folder a person, in DIR or DIR/lfw-dev (default ../shared/faces)
  --people N      people with two pictures or more, spread evenly (default 48)
  --rounds N      bootstrap rounds (default 1000)
  --workers N     processes (default: one per core)
  --work FILE     also writes all figures there, as JSON
  --write         writes the figures into docs/attack.md
  --json          all figures as one JSON object on the last line of stdout`;
const say = (line: string) => process.stderr.write(`${line}\n`);

function readOptions() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '../shared/faces' },
      people: { type: 'string', default: '48' },
      rounds: { type: 'string', default: '1000' },
      workers: { type: 'string', default: String(availableParallelism()) },
      work: { type: 'string' },
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'people' | 'rounds' | 'workers') => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a whole number from 1 on`);
    return number;
  };
  return { ...values, people: whole('people'), rounds: whole('rounds'), workers: whole('workers') };
}

/** Those with a picture for the card and one for the camera, spread evenly. */
function chosen(people: readonly Person[], count: number): readonly Person[] {
  const usable = people.filter(({ pictures }) => pictures.length > 1);
  const wanted = Math.min(count, usable.length);
  return Array.from({ length: wanted }, (_, at) => usable[Math.floor((at * usable.length) / wanted)] as Person);
}

async function run(options: ReturnType<typeof readOptions>, people: readonly Person[]) {
  const startedAt = performance.now();
  const aborter = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => aborter.abort(new Error('stopped')));
  await using engine = await openFaceEngine(
    { modelsDir: join(ROOT, 'models'), processes: options.workers, guidanceSize: 640, manyFaces: 'take-main' },
    aborter.signal,
  );
  const seen = await seeCaptures(people, engine, await chipPhotoProtocol(), FRAMES, aborter.signal);
  const { thresholds, models } = engine;
  const figures = attackFigures(seen, judgeCaptures(seen, thresholds), thresholds, FRAMES, options.rounds);
  const facts = {
    date: new Date().toISOString().slice(0, 10),
    command: `npm run eval:attack -- --people ${options.people} --write`,
    machine: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'} (${arch()}), Node ${process.version}`,
    models,
    thresholds,
    rounds: options.rounds,
  };
  if (options.write) await write(writeAttackReport(facts, figures));
  const json = JSON.stringify({ ...facts, ...figures });
  if (options.work !== undefined) await writeFile(options.work, `${json}\n`);
  say(`done in ${duration(performance.now() - startedAt)}`);
  return { json, figures };
}

async function write(report: string): Promise<void> {
  const page = join(ROOT, 'docs', 'attack.md');
  const text = insertBetween(await readFile(page, 'utf8'), START, END, report);
  await writeFile(`${page}.partial`, text);
  await rename(`${page}.partial`, page);
  say('written: docs/attack.md');
}

/** A table on stdout for people; the whole truth is in the document and in `--json`. */
function summary({ errors }: AttackFigures): string {
  return Object.entries(errors)
    .map(([part, kinds]) => {
      const shown = Object.entries(kinds).map(([kind, { value }]) => `${kind} ${(100 * value).toFixed(1)} %`);
      return `${part.padEnd(12)} ${shown.join('  ')}`;
    })
    .join('\n');
}

try {
  const options = readOptions();
  if (options.help) process.stdout.write(`${HELP}\n`);
  else {
    const people = chosen((await loadPeople(options.data, undefined)) ?? [], options.people);
    if (people.length === 0) {
      const skipped = `skipped: no people with two pictures in ${options.data}; name the folder with --data`;
      say(skipped);
      if (options.json) process.stdout.write(`${JSON.stringify({ skipped })}\n`);
    } else {
      const { json, figures } = await run(options, people);
      process.stdout.write(`${options.json ? json : summary(figures)}\n`);
    }
  }
} catch (error) {
  failWith(error);
}
