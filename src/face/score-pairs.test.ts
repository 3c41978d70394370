import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPairFiles } from './drivers/pair-files.ts';
import { SimulatedFaceEngine, type SimulatedScene, simulatedPicture } from './drivers/simulated.ts';
import { type ScoreOptions, scorePairs } from './score-pairs.ts';

class CountingEngine extends SimulatedFaceEngine {
  calls = 0;
  override acquireReference(...args: Parameters<SimulatedFaceEngine['acquireReference']>) {
    this.calls++;
    return super.acquireReference(...args);
  }
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'score-pairs-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function score(
  lines: readonly string[],
  scenes: Record<string, SimulatedScene>,
  options: Partial<ScoreOptions> = {},
) {
  for (const [name, scene] of Object.entries(scenes)) await writeFile(join(folder, name), simulatedPicture(scene));
  const [pairs, out] = [join(folder, 'pairs.csv'), join(folder, 'out.csv')];
  await writeFile(pairs, lines.map((line) => line.replaceAll('@', `${folder}/`)).join('\n'));
  const warnings: string[] = [];
  const progress: string[] = [];
  const engine = new CountingEngine();
  const summary = await scorePairs(
    engine,
    await openPairFiles(pairs, out),
    {
      concurrency: 2,
      prepareReference: undefined,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
      onWarning: (message) => warnings.push(message),
      ...options,
    },
    new AbortController().signal,
  );
  const text = (await readFile(out, 'utf8')).replaceAll(`${folder}/`, '@');
  return {
    summary,
    warnings,
    progress,
    engine,
    rows: text
      .trimEnd()
      .split('\n')
      .map((row) => row.split(',')),
  };
}

const CAST = { 'a1.jpg': { person: 'a', frame: 1 }, 'a2.jpg': { person: 'a', frame: 2 }, 'b1.jpg': { person: 'b' } };

test('each pair gets a row, each picture is made into a template once', async () => {
  const { rows, summary, engine, progress } = await score(
    ['@a1.jpg,@a2.jpg', '@a1.jpg,@b1.jpg', '@a2.jpg,@a1.jpg'],
    CAST,
  );
  expect(rows[0]?.join()).toBe('reference,probe,score,referenceAcquired,probeAcquired,probeAttackScore');
  expect(rows.slice(1).map((row) => Number(row[2]) > 0.43)).toEqual([true, false, true]);
  expect(rows[1]?.slice(3)).toEqual(['true', 'true', '12.0000']);
  expect(rows[1]?.[2]).toBe(rows[3]?.[2]);
  expect(summary).toEqual({ pairs: 3, pictures: 3, notAcquired: 0 });
  expect(engine.calls).toBe(3);
  expect(progress.at(-1)).toBe('3/3');
});

test('a prepared reference side has templates of its own', async () => {
  const prepared = simulatedPicture({ person: 'a', frame: 9 });
  const { rows, summary } = await score(['@a1.jpg,@a1.jpg', '@a1.jpg,@a2.jpg'], CAST, {
    prepareReference: async () => prepared,
  });
  expect(Number(rows[1]?.[2])).toBeLessThan(0.99);
  expect(summary).toEqual({ pairs: 2, pictures: 3, notAcquired: 0 });
});

test('a missing picture, one that cannot be prepared and one without a face leave the score empty', async () => {
  const scenes = { ...CAST, 'n.jpg': { person: 'n', notAcquired: 'no-face' as const } };
  const { rows, summary, warnings } = await score(['@gone.jpg,@a1.jpg', '@a1.jpg,@n.jpg'], scenes);
  expect(rows[1]).toEqual(['@gone.jpg', '@a1.jpg', '', 'false', 'true', '12.0000']);
  expect(rows[2]).toEqual(['@a1.jpg', '@n.jpg', '', 'true', 'false', '']);
  expect(summary.notAcquired).toBe(2);
  expect(warnings).toEqual([expect.stringContaining('gone.jpg')]);
  const failing = await score(['@a1.jpg,@a2.jpg'], CAST, {
    prepareReference: async () => {
      throw new Error('not a picture');
    },
  });
  expect(failing.rows[1]?.slice(2, 5)).toEqual(['', 'false', 'true']);
});

test('a malformed line stops before any picture is touched and leaves no result', async () => {
  const progress: number[] = [];
  const attempt = score(['@a1.jpg,@a2.jpg', 'only-one-field'], CAST, { onProgress: (done) => progress.push(done) });
  await expect(attempt).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('line 2') });
  expect(progress).toEqual([]);
  await expect(readFile(join(folder, 'out.csv'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a pairs file that is not there is a usage fault', async () => {
  await expect(openPairFiles(join(folder, 'none.csv'), 'out.csv')).rejects.toMatchObject({ code: 'USAGE' });
});
