import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { openOnnxFaceEngine } from '../../src/face/drivers/onnx/engine.ts';
import { findFace } from '../../src/face/drivers/onnx/find-face.ts';
import { loadManifest } from '../../src/face/drivers/onnx/load-manifest.ts';
import { loadSessions } from '../../src/face/drivers/onnx/load-models.ts';
import { Pipeline } from '../../src/face/drivers/onnx/pipeline.ts';
import { detectFaces, findPoints, recognise, scoreAttack } from '../../src/face/drivers/onnx/stages.ts';
import { drawView, TURNS, type Turn, uprightView } from '../../src/face/drivers/onnx/turned.ts';
import { applySimilarity, type Box } from '../../src/face/geometry.ts';
import type { Raster } from '../../src/face/raster.ts';
import { detectorOf, FACE, FAMILIES, MEAN, modelsOf, WITH_POINTS } from '../fixtures/small-models/family.ts';
import { rgb, type SmallInput, type SmallModel } from '../fixtures/small-models/graph.ts';
import { smallAttackDetector, smallLandmarks, smallRecogniser, writeModels } from '../fixtures/small-models/models.ts';
import { tempFolder } from '../fixtures/temp.ts';

async function load(folder: string) {
  const models = await loadManifest(folder);
  return { models, sessions: await loadSessions(models, folder) };
}

/** A dark picture with one patch of the given colour. */
function picture(width: number, height: number, patch: Box, [red, green, blue]: readonly number[]): Raster {
  const data = new Uint8Array(width * height * 3).fill(30);
  for (let y = patch.y; y < patch.y + patch.height; y++)
    for (let x = patch.x; x < patch.x + patch.width; x++)
      data.set([red as number, green as number, blue as number], (y * width + x) * 3);
  return { data, width, height };
}
const WHITE = [255, 255, 255];

/** Twice the input's size, so that a cell of 32 is a patch of 64; the middle of the patch is the face's. */
const PICTURES = [
  { name: 'square', width: 256, height: 256, patch: { x: 64, y: 128, width: 64, height: 64 } },
  // Letterboxed: empty rows above and below, or empty columns beside it.
  { name: 'landscape', width: 256, height: 128, patch: { x: 128, y: 64, width: 64, height: 64 } },
  { name: 'portrait', width: 128, height: 256, patch: { x: 64, y: 64, width: 64, height: 64 } },
] as const;

describe.each(FAMILIES)('detector family %s', (family) => {
  test.each(PICTURES)('finds box and points in a $name picture at every quarter turn', async (shape) => {
    using folder = tempFolder();
    writeModels(folder.path, modelsOf(detectorOf(family), family));
    const { models, sessions } = await load(folder.path);
    const upright = picture(shape.width, shape.height, shape.patch, WHITE);
    const middle = { x: shape.patch.x + 32, y: shape.patch.y + 32 };
    const box = { x: middle.x - 64, y: middle.y - 96, width: 128, height: 192 };
    for (const turn of TURNS.filter((one) => one % 90 === 0)) {
      const back = uprightView(upright, ((360 - turn) % 360) as Turn);
      const turned = drawView(back, upright, upright, back.width, back.height);
      const [found, ...others] = await detectFaces(sessions.detector, models.detector, turned, turn);
      expect(others).toEqual([]);
      for (const side of ['x', 'y', 'width', 'height'] as const) expect(found?.box[side]).toBeCloseTo(box[side], 3);
      expect(found?.score).toBeCloseTo(family === 'blazeface' ? 1 / (1 + Math.exp(-10)) : 1, 4);
      const face = await findFace(models, sessions, turned, turn);
      const view = uprightView(turned, turn);
      // The detector's own points lie in the cell; those of the landmarks model in the square on the box's height.
      const [left, top, side] = WITH_POINTS.includes(family)
        ? [shape.patch.x, shape.patch.y, 64]
        : [middle.x - 96, box.y, 192];
      for (const [at, point] of (face?.points ?? []).entries()) {
        const [x, y] = [FACE[2 * at] as number, FACE[2 * at + 1] as number];
        const expected = applySimilarity(view.toPicture, { x: left + x * side, y: top + y * side });
        expect(Math.hypot(point.x - expected.x, point.y - expected.y)).toBeLessThan(0.01);
      }
      expect(face?.points).toHaveLength(5);
    }
  });

  test.each([
    { colour: 'RGB', layout: 'NCHW', seen: [250, 40, 40], unseen: [40, 40, 250] },
    { colour: 'BGR', layout: 'NCHW', seen: [40, 40, 250], unseen: [250, 40, 40] },
    { colour: 'RGB', layout: 'NHWC', seen: [250, 40, 40], unseen: [40, 40, 250] },
    { colour: 'BGR', layout: 'NHWC', seen: [40, 40, 250], unseen: [250, 40, 40] },
  ] as const)('is fed $colour as $layout', async ({ colour, layout, seen, unseen }) => {
    using folder = tempFolder();
    const input: SmallInput = { ...rgb(128, 128), colour, layout };
    writeModels(folder.path, modelsOf(detectorOf(family, input), family));
    const { models, sessions } = await load(folder.path);
    const [{ width, height, patch }] = PICTURES;
    const look = (values: readonly number[]) =>
      detectFaces(sessions.detector, models.detector, picture(width, height, patch, values));
    expect(await look(seen)).toHaveLength(1);
    expect(await look(unseen)).toHaveLength(0);
  });

  test('works through the whole engine, every model fed and checked', async () => {
    using folder = tempFolder();
    writeModels(folder.path, modelsOf(detectorOf(family), family));
    const { signal } = new AbortController();
    const options = { modelsDir: folder.path, processes: 1, guidanceSize: 640, manyFaces: 'refuse' } as const;
    await using engine = await openOnnxFaceEngine(options, signal);
    const { data, width, height } = picture(256, 256, PICTURES[0].patch, [250, 200, 150]);
    const image = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const probe = await engine.acquireProbe(image, signal);
    expect(probe).toMatchObject({ kind: 'acquired', quality: { faceCount: 1 }, attackScore: expect.any(Number) });
    expect(engine.models).toHaveLength(WITH_POINTS.includes(family) ? 3 : 4);
  });
});

describe('landmarks', () => {
  const POINTS_468 = new Array<number>(468 * 3).fill(0);
  for (const [at, point] of [33, 263, 1, 61, 291].entries())
    POINTS_468.splice(point * 3, 3, 64 * (FACE[2 * at] as number), 64 * (FACE[2 * at + 1] as number), 9);
  const POINTS_68 = new Array<number>(68 * 2).fill(0);
  for (const [at, point] of [36, 45, 30, 48, 54].entries())
    POINTS_68.splice(point * 2, 2, FACE[2 * at] as number, FACE[2 * at + 1] as number);
  const map = (...points: readonly number[]) => {
    const [rightEye, leftEye, nose, mouthRight, mouthLeft] = points.map((point) => [point]);
    return { rightEye, leftEye, nose, mouthRight, mouthLeft };
  };
  test.each([
    {
      name: '468 points of three values, in pixels, crop of 1.5 longer sides',
      model: smallLandmarks(rgb(64, 64), POINTS_468, {
        crop: { kind: 'square', side: 'box-longer', scale: 1.5 },
        output: { name: 'points', points: 468, valuesPerPoint: 3, coordinates: 'pixels' },
        fivePoints: map(33, 263, 1, 61, 291),
      }),
      crop: { x: 100 - 75, y: 80 - 75, side: 150 },
    },
    {
      name: '68 points of two values, relative, crop of the box height',
      model: smallLandmarks(rgb(64, 64), POINTS_68, {
        crop: { kind: 'square', side: 'box-height', scale: 1 },
        output: { name: 'points', points: 68 },
        fivePoints: map(36, 45, 30, 48, 54),
      }),
      crop: { x: 100 - 40, y: 80 - 40, side: 80 },
    },
  ])('$name', async ({ model, crop }) => {
    using folder = tempFolder();
    writeModels(folder.path, [detectorOf('ultraface'), model, smallRecogniser(MEAN), smallAttackDetector(MEAN)]);
    const { models, sessions } = await load(folder.path);
    const box = { x: 50, y: 40, width: 100, height: 80 };
    if (!models.landmarks || !sessions.landmarks) throw new Error('no landmarks model');
    const points = await findPoints(sessions.landmarks, models.landmarks, picture(256, 256, box, WHITE), box);
    for (const [at, { x, y }] of points.entries()) {
      expect(x).toBeCloseTo(crop.x + (FACE[2 * at] as number) * crop.side, 3);
      expect(y).toBeCloseTo(crop.y + (FACE[2 * at + 1] as number) * crop.side, 3);
    }
  });
});

describe('recogniser and attack detector', () => {
  const whole = { x: 0, y: 0, width: 112, height: 112 };
  const face = picture(112, 112, whole, [200, 100, 50]);
  const loadWith = async (recogniser: SmallModel, attack: SmallModel, folder: string) => {
    writeModels(folder, [detectorOf('yunet'), recogniser, attack]);
    return load(folder);
  };

  test.each([
    { colour: 'RGB', layout: 'NCHW', expected: [100, 40, 10] },
    { colour: 'RGB', layout: 'NHWC', expected: [100, 40, 10] },
    { colour: 'BGR', layout: 'NCHW', expected: [25, 40, 40] },
    { colour: 'BGR', layout: 'NHWC', expected: [25, 40, 40] },
  ] as const)('mean and std of each channel, $colour as $layout', async ({ colour, layout, expected }) => {
    using folder = tempFolder();
    const input: SmallInput = { ...MEAN, colour, layout, mean: [0, 20, 0], std: [2, 2, 5] };
    const { models, sessions } = await loadWith(smallRecogniser(input), smallAttackDetector(input), folder.path);
    const [model, session] = [models.recognisers[0], sessions.recognisers[0]];
    if (!model || !session) throw new Error('no recogniser');
    const raw = await recognise(session, model, face);
    for (const [at, value] of expected.entries()) expect(raw[at]).toBeCloseTo(value, 3);
  });

  test('a recogniser that wants a square around the box sees that and not the aligned face', async () => {
    using folder = tempFolder();
    const input: SmallInput = { ...rgb(64, 64), std: [1, 1, 1] };
    const recogniser = smallRecogniser(input, { kind: 'box', side: 'box-longer', scale: 0.25 });
    const { models, sessions } = await loadWith(recogniser, smallAttackDetector(MEAN), folder.path);
    const pipeline = new Pipeline(models, sessions, { guidanceSize: 640, manyFaces: 'refuse' });
    // The box is 128 by 192 around the patch of 64; a quarter of its longer side lies within the patch.
    const { data, width, height } = picture(256, 256, PICTURES[0].patch, [250, 200, 150]);
    const image = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const probe = await pipeline.acquireProbe(image);
    if (probe.kind !== 'acquired') throw new Error(probe.reason);
    const size = Math.hypot(250, 200, 150);
    for (const [at, value] of [250, 200, 150].entries()) expect(probe.template.vector[at]).toBeCloseTo(value / size, 2);
    expect(probe.quality.templateLength).toBeCloseTo(size, 0);
  });

  test('a face that is not like itself is found before anybody is compared', async () => {
    using folder = tempFolder();
    // Fed nothing but zeros, as by a runtime that computes nothing.
    const input: SmallInput = { ...MEAN, std: [1e60, 1e60, 1e60] };
    const { models, sessions } = await loadWith(smallRecogniser(input), smallAttackDetector(MEAN), folder.path);
    const pipeline = new Pipeline(models, sessions, { guidanceSize: 640, manyFaces: 'take-main' });
    await expect(pipeline.warmUp()).rejects.toMatchObject({
      code: 'FACE_ENGINE',
      message: 'a face compared with itself scores 0, expected 0.9 or more',
    });
  });

  const logit = (share: number) => Math.log(share / (1 - share));
  const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
  // The model is fed 2, 1 and 0.5; both crops lie within the patch, so that each says the same.
  const [first, second, third] = [2, 1, 0.5];
  const share = Math.exp(second) / (Math.exp(first) + Math.exp(second) + Math.exp(third));
  test.each([
    { activation: 'softmax', fusion: 'sum-logit', index: 1, expected: 2 * logit(share) },
    { activation: 'softmax', fusion: 'mean', index: 1, expected: share },
    { activation: 'sigmoid', fusion: 'sum-logit', index: 0, expected: 2 * first },
    { activation: 'sigmoid', fusion: 'mean', index: 0, expected: sigmoid(first) },
    { activation: 'none', fusion: 'sum-logit', index: 2, expected: 2 * logit(third) },
    { activation: 'none', fusion: 'mean', index: 2, expected: third },
  ] as const)('activation $activation, fusion $fusion', async ({ activation, fusion, index, expected }) => {
    using folder = tempFolder();
    const input: SmallInput = { ...MEAN, std: [100, 100, 100] };
    const attack = smallAttackDetector(input, { bonaFideIndex: index, activation }, fusion);
    const { models, sessions } = await loadWith(smallRecogniser(MEAN), attack, folder.path);
    const [model, session] = [models['attack-detector'], sessions['attack-detector']];
    expect(await scoreAttack(session, model, face, whole)).toBeCloseTo(expected, 2);
  });
});
