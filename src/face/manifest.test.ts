import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelName, parseCandidates, parseManifest } from './manifest.ts';

const FILE = join(import.meta.dirname, '../../models/manifest.json');
const TEXT = readFileSync(FILE, 'utf8');
type Json = { models: Record<string, Record<string, unknown>>[] & { [index: number]: Record<string, unknown> } };

function broken(change: (json: Json) => void): () => unknown {
  const json = JSON.parse(TEXT) as Json;
  change(json);
  return () => parseManifest(JSON.stringify(json), 'models/manifest.json');
}
const index = (json: Json, role: string) => json.models.findIndex((model) => (model['role'] as unknown) === role);
const at = (json: Json, role: string) => json.models[index(json, role)] as Record<string, unknown>;

test('the shipped manifest has one model for each role, with its thresholds', () => {
  const models = parseManifest(TEXT, FILE);
  expect(models.recogniser.thresholds).toMatchObject({ match: 0.43, review: 0.34 });
  expect(models['attack-detector'].thresholds.bonaFide).toBe(8.1);
  expect(modelName(models.recogniser)).toBe('fr_feature@87aacdfe5751');
});

test('every model has its card', () => {
  for (const { card, id } of [...Object.values(parseManifest(TEXT, FILE)), ...parseCandidates(TEXT, FILE)]) {
    expect(readFileSync(join(FILE, '..', card), 'utf8')).toContain(id);
  }
});

test('candidates are read apart from the models that run; a manifest may have none', () => {
  expect(parseCandidates(TEXT, FILE)).toMatchObject([
    { id: 'mobilefacenet', source: { tflite: expect.stringMatching(/^d8ba40c0/) } },
  ]);
  const { version, models } = JSON.parse(TEXT) as Record<string, unknown>;
  expect(parseCandidates(JSON.stringify({ version, models }), FILE)).toEqual([]);
});

describe('refuses, naming file, field, expected and found', () => {
  test.each<{ name: string; change: (json: Json) => void; says: RegExp }>([
    {
      name: 'a recogniser without thresholds',
      change: (json) => delete at(json, 'recogniser')['thresholds'],
      says: /manifest\.json: models\[2\]\.thresholds: expected object, found nothing/,
    },
    {
      name: 'an attack detector without its threshold',
      change: (json) => delete (at(json, 'attack-detector')['thresholds'] as Record<string, unknown>)['bonaFide'],
      says: /models\[3\]\.thresholds\.bonaFide: expected number, found nothing/,
    },
    {
      name: 'thresholds without the data they come from',
      change: (json) => delete (at(json, 'recogniser')['thresholds'] as Record<string, unknown>)['calibratedOn'],
      says: /thresholds\.calibratedOn: expected string, found nothing/,
    },
    {
      name: 'a review band above the match threshold',
      change: (json) => Object.assign(at(json, 'recogniser')['thresholds'] as object, { review: 0.5 }),
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
