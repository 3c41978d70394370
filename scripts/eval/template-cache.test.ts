import { appendFile, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SimulatedFaceEngine, simulatedPicture } from '../../src/face/drivers/simulated.ts';
import { cacheKey, TemplateCache } from './template-cache.ts';

const { signal } = new AbortController();
const engine = new SimulatedFaceEngine();
const found = await engine.acquireProbe(simulatedPicture({ person: 'a', attackScore: null }), signal);
const { patch, ...template } = (found as Extract<typeof found, { kind: 'acquired' }>).template;
const kept = { ...found, template };
const nothing = await engine.acquireProbe(simulatedPicture({ person: 'a', notAcquired: 'no-face' }), signal);

async function workFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'eval-cache-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test('what one run found the next one has, bit by bit, but for the picture of the face', async () => {
  await using work = await workFolder();
  {
    using cache = await TemplateCache.open(work.folder, 'v1');
    cache.put('one', found);
    cache.put('two', nothing);
  }
  using again = await TemplateCache.open(work.folder, 'v1');
  expect(patch).toBeDefined();
  expect(again.get('one')).toEqual(kept);
  expect(again.get('two')).toEqual(nothing);
  expect(again.get('three')).toBeUndefined();
});

test('another version of the pipeline finds nothing', async () => {
  await using work = await workFolder();
  using one = await TemplateCache.open(work.folder, 'v1');
  one.put('one', found);
  using other = await TemplateCache.open(work.folder, 'v2');
  expect(other.get('one')).toBeUndefined();
});

test('a line that was cut off is forgotten, and the next one is whole', async () => {
  await using work = await workFolder();
  {
    using cache = await TemplateCache.open(work.folder, 'v1');
    cache.put('one', found);
    cache.put('two', found);
  }
  const [file = ''] = await readdir(work.folder);
  const path = join(work.folder, file);
  await truncate(path, (await stat(path)).size - 100);
  {
    using cache = await TemplateCache.open(work.folder, 'v1');
    expect(cache.get('one')).toEqual(kept);
    expect(cache.get('two')).toBeUndefined();
    cache.put('two', nothing);
  }
  await appendFile(path, '{"key":"three"');
  using cache = await TemplateCache.open(work.folder, 'v1');
  expect(cache.get('two')).toEqual(nothing);
  expect(cache.get('three')).toBeUndefined();
});

test('templates are readable by their owner alone, and keys tell nothing', async () => {
  await using work = await workFolder();
  using cache = await TemplateCache.open(join(work.folder, 'deep'), 'v1');
  cache.put(cacheKey('Somchai', 'picture'), found);
  const folder = join(work.folder, 'deep');
  const [file = ''] = await readdir(folder);
  expect((await stat(folder)).mode & 0o077).toBe(0);
  expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
  expect(cacheKey('Somchai', 'picture')).toMatch(/^[\w-]{27}$/);
  expect(cacheKey('a', 'bc')).not.toBe(cacheKey('ab', 'c'));
});
