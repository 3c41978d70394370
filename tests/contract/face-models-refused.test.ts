import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadManifest } from '../../src/face/drivers/onnx/load-manifest.ts';
import { loadSessions } from '../../src/face/drivers/onnx/load-models.ts';
import { Pipeline } from '../../src/face/drivers/onnx/pipeline.ts';
import { detectorOf, MEAN, modelsOf } from '../fixtures/small-models/family.ts';
import { type Manifest, smallAttackDetector, smallRecogniser, writeModels } from '../fixtures/small-models/models.ts';
import { tempFolder } from '../fixtures/temp.ts';

describe('refuses, naming file, field, expected and found', () => {
  const good = () => modelsOf(detectorOf('yunet'), 'yunet');
  const load = async (folder: string) => {
    const models = await loadManifest(folder);
    return { models, sessions: await loadSessions(models, folder) };
  };
  const warm = async (folder: string) => {
    const { models, sessions } = await load(folder);
    await new Pipeline(models, sessions, { guidanceSize: 640, manyFaces: 'refuse' }).warmUp();
  };
  const decoder = (json: Manifest) => json.models[0]?.['decoder'] as Record<string, unknown>;
  const level = (json: Manifest) => (decoder(json)['levels'] as Record<string, unknown>[])[0] ?? {};

  test('nothing, when all is well', async () => {
    using folder = tempFolder();
    writeModels(folder.path, good());
    await warm(folder.path);
  });

  test.each<{ name: string; change: (json: Manifest) => void; code: string; says: RegExp }>([
    {
      name: 'no thresholds',
      change: (json) => delete json.comparison['thresholds'],
      code: 'MANIFEST_INVALID',
      says: /manifest\.json: comparison\.thresholds: expected object, found nothing/,
    },
    {
      name: 'thresholds of unknown origin',
      change: (json) => delete json.comparison['thresholds']?.['calibratedOn'],
      code: 'MANIFEST_INVALID',
      says: /comparison\.thresholds\.calibratedOn: expected string, found nothing/,
    },
    {
      name: 'an unknown family',
      change: (json) => Object.assign(decoder(json), { family: 'yolo' }),
      code: 'MANIFEST_INVALID',
      says: /models\[0\]\.decoder\.family: expected one of "ultraface".*found "yolo"/,
    },
    {
      name: 'an input that does not fit the strides',
      change: (json) => Object.assign(json.models[0]?.['input'] ?? {}, { width: 120 }),
      code: 'MANIFEST_INVALID',
      says: /models\[0\]\.input\.width: expected a width and height that are multiples of the largest stride, found 120/,
    },
    {
      name: 'another hash',
      change: (json) => Object.assign(json.models[1] ?? {}, { sha256: '0'.repeat(64) }),
      code: 'MODEL_CHECKSUM',
      says: /small_recogniser\.onnx: expected sha256 0{64}, found [0-9a-f]{64}/,
    },
    {
      name: 'an output that the model does not have',
      change: (json) => Object.assign(level(json), { kps: 'kps_8' }),
      code: 'MODEL_MISMATCH',
      says: /small_yunet\.onnx: decoder\.levels\[0\]\.kps: expected "kps_8", found cls_32, obj_32, bbox_32, kps_32/,
    },
    {
      name: 'outputs of another size',
      change: (json) => Object.assign(level(json), { stride: 16 }),
      code: 'MODEL_MISMATCH',
      says: /small_yunet\.onnx: decoder\.levels\[0\]\.cls: expected 64 values in output "cls_32", found 16/,
    },
    {
      name: 'another length of templates',
      change: (json) => Object.assign(json.models[1]?.['output'] ?? {}, { dim: 512 }),
      code: 'MODEL_MISMATCH',
      says: /small_recogniser\.onnx: output\.name: expected 512 values in output "means", found 3/,
    },
    {
      name: 'another name of the input',
      change: (json) => Object.assign(json.models[0]?.['input'] ?? {}, { name: 'data' }),
      code: 'MODEL_MISMATCH',
      says: /small_yunet\.onnx: input\.name: expected one input "data", found x/,
    },
    {
      name: 'another layout',
      change: (json) => Object.assign(json.models[2]?.['input'] ?? {}, { layout: 'NHWC' }),
      code: 'MODEL_MISMATCH',
      says: /small_attack\.onnx: input: expected 1×112×112×3 \(NHWC\), found 1×3×112×112/,
    },
    {
      name: 'other values in the self-test',
      change: (json) => Object.assign(json.models[1] ?? {}, { selfTest: [1, 2, 3] }),
      code: 'FACE_ENGINE',
      says: /small_recogniser computes .*, expected 1 2 3/,
    },
  ])('$name', async ({ change, code, says }) => {
    using folder = tempFolder();
    writeModels(folder.path, good(), change);
    await expect(warm(folder.path)).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });

  test('a detector without five points and no landmarks model', async () => {
    using folder = tempFolder();
    writeModels(folder.path, [detectorOf('blazeface'), smallRecogniser(MEAN), smallAttackDetector(MEAN)]);
    await expect(load(folder.path)).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      message: expect.stringContaining('expected exactly one with role "landmarks", found 0'),
    });
  });

  test('bytes that are no model', async () => {
    using folder = tempFolder();
    writeModels(folder.path, good(), (json) => Object.assign(json.models[0] ?? {}, { file: 'manifest.onnx' }));
    await expect(load(folder.path)).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      part: join(folder.path, 'manifest.onnx'),
    });
  });
});
