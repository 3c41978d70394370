import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allModels, modelName, parseManifest } from './manifest.ts';

const FILE = join(import.meta.dirname, '../../models/manifest.json');
const TEXT = readFileSync(FILE, 'utf8');
type Json = {
  comparison: Record<string, unknown>;
  models: Record<string, Record<string, unknown>>[] & { [index: number]: Record<string, unknown> };
};

function broken(change: (json: Json) => void): () => unknown {
  const json = JSON.parse(TEXT) as Json;
  change(json);
  return () => parseManifest(JSON.stringify(json), 'models/manifest.json');
}
const index = (json: Json, role: string) => json.models.findIndex((model) => (model['role'] as unknown) === role);
const at = (json: Json, role: string) => json.models[index(json, role)] as Record<string, unknown>;

test('the shipped manifest has its models, and thresholds of their comparison', () => {
  const models = parseManifest(TEXT, FILE);
  expect(models.comparison).toMatchObject({ mirroring: { reference: 'alternate' }, thresholds: { fmrAtMatch: 1e-3 } });
  expect(models['attack-detector'].thresholds.bonaFide).toBe(8.1);
  expect(models.recognisers.map(modelName)).toEqual(['fr_feature@87aacdfe5751', 'mobilefacenet@a81b3bc92997']);
});

test('every model has its card', () => {
  for (const { card, id } of allModels(parseManifest(TEXT, FILE))) {
    expect(readFileSync(join(FILE, '..', card), 'utf8')).toContain(id);
  }
});

describe('refuses, naming file, field, expected and found', () => {
  test.each<{ name: string; change: (json: Json) => void; says: RegExp }>([
    {
      name: 'a comparison without thresholds',
      change: (json) => delete json.comparison['thresholds'],
      says: /manifest\.json: comparison\.thresholds: expected object, found nothing/,
    },
    {
      name: 'a recogniser without its weight',
      change: (json) => delete at(json, 'recogniser')['weight'],
      says: /models\[2\]\.weight: expected number, found nothing/,
    },
    {
      name: 'no recogniser',
      change: (json) => {
        json.models = json.models.filter((model) => (model['role'] as unknown) !== 'recogniser') as Json['models'];
      },
      says: /one or more with role "recogniser", found 0/,
    },
    {
      name: 'an attack detector without its threshold',
      change: (json) => delete (at(json, 'attack-detector')['thresholds'] as Record<string, unknown>)['bonaFide'],
      says: /models\[5\].thresholds\.bonaFide: expected number, found nothing/,
    },
    {
      name: 'thresholds without the data they come from',
      change: (json) => delete (json.comparison['thresholds'] as Record<string, unknown>)['calibratedOn'],
      says: /thresholds\.calibratedOn: expected string, found nothing/,
    },
    {
      name: 'a review band above the match threshold',
      change: (json) => Object.assign(json.comparison['thresholds'] as object, { review: 0.5 }),
      says: /thresholds\.review: expected at most thresholds\.match, found 0\.5/,
    },
    {
      name: 'a hash that is none',
      change: (json) => Object.assign(at(json, 'landmarks'), { sha256: 'abc' }),
      says: /models\[1\]\.sha256: expected 64 lower-case hex digits, found "abc"/,
    },
    {
      name: 'a field nobody knows',
      change: (json) => Object.assign(at(json, 'detector'), { gpu: true }),
      says: /models\[0\]: .*found gpu/,
    },
    {
      name: 'a role twice',
      change: (json) => json.models.push(at(json, 'detector') as never),
      says: /exactly one with role "detector", found 2/,
    },
    {
      name: 'a role missing',
      change: (json) => json.models.splice(index(json, 'landmarks'), 1),
      says: /exactly one with role "landmarks", found 0/,
    },
    {
      name: 'a path instead of a file name',
      change: (json) => Object.assign(at(json, 'detector'), { file: '../x.onnx' }),
      says: /models\[0\]\.file: expected a bare file name/,
    },
    {
      name: 'one mean for three channels',
      change: (json) => Object.assign(at(json, 'recogniser')['input'] as object, { mean: [127] }),
      says: /input\.mean: expected one mean and one std for every channel, found \[127\]/,
    },
  ])('$name', ({ change, says }) => {
    expect(broken(change)).toThrow(
      expect.objectContaining({ code: 'MANIFEST_INVALID', message: expect.stringMatching(says) }),
    );
  });

  test('what is not JSON', () => {
    expect(() => parseManifest('{"version": 1,', 'm.json')).toThrow(
      expect.objectContaining({
        code: 'MANIFEST_INVALID',
        message: expect.stringMatching(/^m\.json: expected JSON, found /),
      }),
    );
  });
});
