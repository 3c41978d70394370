import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparePictures } from '../../src/face/compare-pictures.ts';
import { toChipPhoto } from '../../src/face/drivers/onnx/chip-photo.ts';
import { openOnnxFaceEngine } from '../../src/face/drivers/onnx/engine.ts';
import { openPairFiles } from '../../src/face/drivers/pair-files.ts';
import type { FaceEngine } from '../../src/face/port.ts';
import { scorePairs } from '../../src/face/score-pairs.ts';
import { cardOf, framesOf, MODELS_DIR, missingModels, twoPeople } from '../fixtures/face-pictures.ts';

const missing = missingModels();
const { signal } = new AbortController();
const open = (modelsDir: string, manyFaces: 'refuse' | 'take-main' = 'refuse') =>
  openOnnxFaceEngine({ modelsDir, processes: 2, guidanceSize: 1_280, manyFaces }, signal);

describe.skipIf(missing !== undefined)(`face pipeline on the real models${missing ? ` (${missing})` : ''}`, () => {
  let engine: FaceEngine;
  let folder: string;
  const frame = (person: string) => framesOf(person)[0] as Uint8Array;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'face-models-'));
    engine = await open(MODELS_DIR);
  });
  afterAll(async () => {
    await engine?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test('her card and three frames of another photograph: match, bona fide', async () => {
    const result = await comparePictures(engine, cardOf('person-1'), framesOf('person-1').slice(0, 3), signal);
    expect(result).toMatchObject({
      decision: 'match',
      attack: 'bona-fide',
      thresholds: { match: 0.455, review: 0.365 },
    });
    expect(result.models).toHaveLength(5);
  });

  test.each(['person-2', 'person-3', 'person-4'])('her card and %s: non-match', async (other) => {
    expect(await comparePictures(engine, cardOf('person-1'), [frame(other)], signal)).toMatchObject({
      decision: 'non-match',
    });
  });

  test.each([30, 45, 90, 135, 180, 270, 315])('lying at %i°: found, turned, guided and compared', async (degrees) => {
    const turned = await sharp(framesOf('person-1')[0])
      .rotate(degrees, { background: '#777' })
      .jpeg({ quality: 95 })
      .toBuffer();
    await engine.forget();
    const guided = await engine.guide(turned, signal);
    expect(guided.kind).toBe('seen');
    const { decision, score } = await comparePictures(engine, cardOf('person-1'), [turned], signal);
    expect({ decision, score }).toMatchObject({ decision: 'match' });
    const other = await comparePictures(engine, cardOf('person-2'), [turned], signal);
    expect(other.decision).toBe('non-match');
  });

  test('her printed card photo is all but identical, and vetoed', async () => {
    const result = await comparePictures(engine, cardOf('person-1'), framesOf('print-of-person-1'), signal);
    expect(result).toMatchObject({ decision: 'match', attack: 'attack' });
  });

  test('a 12-megapixel photograph, turned by its EXIF flag, gives the same person as the frame', async () => {
    const photo = await sharp(frame('person-1'))
      .resize(4_608, 2_592)
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer();
    const result = await comparePictures(engine, frame('person-1'), [photo], signal);
    expect(result.score).toBeGreaterThan(0.9);
    expect(result.probes[0]?.quality?.interEyePx).toBeGreaterThan(300);
  });

  test.each([
    { name: 'PNG', encode: (image: Sharp) => image.png() },
    { name: 'PNG with transparency', encode: (image: Sharp) => image.ensureAlpha().png() },
    { name: 'PNG with 16 bits', encode: (image: Sharp) => image.toColourspace('rgb16').png() },
    { name: 'grey JPEG', encode: (image: Sharp) => image.greyscale().jpeg() },
    { name: 'CMYK JPEG', encode: (image: Sharp) => image.toColourspace('cmyk').jpeg() },
  ])('takes a $name', async ({ encode }) => {
    const picture = await encode(sharp(frame('person-1'))).toBuffer();
    const result = await comparePictures(engine, cardOf('person-1'), [picture], signal);
    expect(result.decision).toBe('match');
  });

  test('the chip-photo protocol keeps to what a card holds', async () => {
    const chip = await toChipPhoto(frame('person-3'));
    const { width, height, format, chromaSubsampling, isProgressive } = await sharp(chip).metadata();
    expect(chip.length).toBeLessThanOrEqual(5_100);
    expect({ width, height, format, chromaSubsampling, isProgressive }).toEqual({
      width: 297,
      height: 355,
      format: 'jpeg',
      chromaSubsampling: '4:2:0',
      isProgressive: false,
    });
  });

  test('two people: a visit refuses, measuring takes the one the picture is of', async () => {
    const picture = await twoPeople('person-1', 'person-3');
    expect(await engine.acquireProbe(picture, signal)).toEqual({ kind: 'not-acquired', reason: 'many-faces' });
    await using measuring = await open(MODELS_DIR, 'take-main');
    expect(await measuring.acquireProbe(picture, signal)).toMatchObject({
      kind: 'acquired',
      quality: { faceCount: 2 },
    });
  });

  test('scores a file of pairs, the reference side as chip photos', async () => {
    const [one, other] = [join(folder, 'one.jpg'), join(folder, 'other, with comma.jpg')];
    writeFileSync(one, frame('person-1'));
    writeFileSync(other, frame('person-2'));
    const [pairs, out] = [join(folder, 'pairs.csv'), join(folder, 'out.csv')];
    writeFileSync(pairs, `reference,probe\n${one},${one}\n${one},"${other}"\n${one},${join(folder, 'gone.jpg')}\n`);
    const warnings: string[] = [];
    await scorePairs(
      engine,
      await openPairFiles(pairs, out),
      { concurrency: 2, prepareReference: toChipPhoto, onProgress: () => {}, onWarning: (text) => warnings.push(text) },
      signal,
    );
    const [header, same, different, gone] = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(header).toBe('reference,probe,score,referenceAcquired,probeAcquired,probeAttackScore');
    expect(Number(same?.split(',')[2])).toBeGreaterThan(0.8);
    expect(Number(same?.split(',')[2])).toBeLessThan(0.9999);
    expect(different).toMatch(/comma\.jpg",-?0\.[0-3]\d+,true,true,-?\d/);
    expect(gone).toMatch(/gone\.jpg,,true,false,$/);
    expect(warnings).toHaveLength(1);
  });

  describe('a models folder that is not right stops the start', () => {
    const copy = (name: string) => {
      const dir = join(folder, name);
      cpSync(MODELS_DIR, dir, { recursive: true, filter: (path) => !path.includes('people') });
      return dir;
    };

    test('a model is missing', async () => {
      const dir = copy('missing');
      rmSync(join(dir, 'fr_landmark.onnx'));
      await expect(open(dir)).rejects.toMatchObject({
        code: 'MODEL_MISSING',
        message: expect.stringMatching(/fr_landmark\.onnx: expected model fr_landmark, found no readable file/),
      });
    });

    test('a model is another file', async () => {
      const dir = copy('checksum');
      copyFileSync(join(dir, 'fr_detect.onnx'), join(dir, 'fr_feature.onnx'));
      await expect(open(dir)).rejects.toMatchObject({
        code: 'MODEL_CHECKSUM',
        message: expect.stringMatching(/fr_feature\.onnx: expected sha256 87aacdfe.* found 6c0256cc/),
      });
    });

    test('a runtime that computes something else than the manifest says', async () => {
      const dir = copy('self-test');
      const file = join(dir, 'manifest.json');
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as { models: { id: string; selfTest: number[] }[] };
      for (const model of manifest.models) if (model.id === 'mobilefacenet') model.selfTest[4] = 1.698;
      writeFileSync(file, JSON.stringify(manifest));
      await expect(open(dir)).rejects.toMatchObject({
        code: 'FACE_ENGINE',
        message: expect.stringMatching(/^mobilefacenet computes -0\.240 .* expected -0\.24 /),
      });
    });

    test('the start is called off', async () => {
      const controller = new AbortController();
      const reason = new Error('stopped');
      const options = { modelsDir: MODELS_DIR, processes: 1, guidanceSize: 1_280, manyFaces: 'refuse' as const };
      const opening = openOnnxFaceEngine(options, controller.signal);
      controller.abort(reason);
      await expect(opening).rejects.toBe(reason);
    });

    test('the manifest is missing', async () => {
      await expect(open(join(folder, 'none'))).rejects.toMatchObject({ code: 'MANIFEST_INVALID' });
    });
  });
});
