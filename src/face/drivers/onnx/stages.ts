import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { type Detection, suppressOverlaps } from '../../detections.ts';
import { type Box, invertSimilarity, letterbox, type Point, similarityBetween, squareAround } from '../../geometry.ts';
import { ARCFACE_112, type FivePoints, fivePoints } from '../../landmarks.ts';
import type { ModelInput, ModelOf } from '../../manifest.ts';
import { cropSquare, type Raster, warp } from '../../raster.ts';
import { logOdds } from '../../scores.ts';
import { toTensor } from '../../tensor.ts';
import { forget, shrink } from './picture.ts';

/** Finds faces, best detection first, in pixels of `picture`. */
export async function detectFaces(
  session: InferenceSession,
  model: ModelOf<'detector'>,
  picture: Raster,
): Promise<readonly Detection[]> {
  const { input, decoder } = model;
  const fit = letterbox(picture.width, picture.height, input.width, input.height);
  const small = await shrink(picture, fit.width, fit.height);
  const values = toTensor(small, input, fit.offsetX, fit.offsetY);
  if (small !== picture) forget(small);
  const output = await run(session, input, values);
  const scores = floats(output, decoder.scores);
  const boxes = floats(output, decoder.boxes);
  const scaleX = picture.width / fit.width;
  const scaleY = picture.height / fit.height;
  const found: Detection[] = [];
  for (let at = 0; at * 2 < scores.length; at++) {
    const score = scores[at * 2 + 1] as number;
    if (score < decoder.minScore) continue;
    const [x1, y1, x2, y2] = boxes.subarray(at * 4, at * 4 + 4) as unknown as [number, number, number, number];
    found.push({
      score,
      box: {
        x: (x1 * input.width - fit.offsetX) * scaleX,
        y: (y1 * input.height - fit.offsetY) * scaleY,
        width: (x2 - x1) * input.width * scaleX,
        height: (y2 - y1) * input.height * scaleY,
      },
    });
  }
  return suppressOverlaps(found, decoder.maxIou);
}

/** Finds the five points of one face, in pixels of `picture`. */
export async function findPoints(
  session: InferenceSession,
  model: ModelOf<'landmarks'>,
  picture: Raster,
  box: Box,
): Promise<FivePoints> {
  const crop = squareAround(box, box.height, model.crop.scale);
  const output = await run(session, model.input, cropTensor(picture, crop, model.input));
  const flat = floats(output, model.output.name);
  const points: Point[] = [];
  for (let at = 0; at < model.output.points * 2; at += 2) {
    points.push({
      x: crop.x + (flat[at] as number) * crop.width,
      y: crop.y + (flat[at + 1] as number) * crop.height,
    });
  }
  return fivePoints(points, model.fivePoints);
}

/** Side of an aligned face, pixels; every recogniser of this family was trained with the same five places in it. */
export const ALIGNED_SIDE = 112;

/** Turns and scales a face so that its five points lie where the recognisers learned them. */
export function alignFace(picture: Raster, points: FivePoints): Raster {
  const toSource = invertSimilarity(similarityBetween(points, ARCFACE_112));
  return warp(picture, toSource, ALIGNED_SIDE, ALIGNED_SIDE);
}

/** The raw template of an aligned face by one recogniser, not yet brought to length 1. */
export async function recognise(
  session: InferenceSession,
  model: ModelOf<'recogniser'>,
  aligned: Raster,
): Promise<Float32Array> {
  const output = await run(session, model.input, toTensor(aligned, model.input));
  return floats(output, model.output.name);
}

/** Attack score of one face: log-odds of bona fide, summed over the crops; higher = more bona fide. */
export async function scoreAttack(
  session: InferenceSession,
  model: ModelOf<'attack-detector'>,
  picture: Raster,
  box: Box,
): Promise<number> {
  let score = 0;
  for (const scale of model.crop.scales) {
    const crop = squareAround(box, Math.max(box.width, box.height), scale);
    const output = await run(session, model.input, cropTensor(picture, crop, model.input));
    score += logOdds(floats(output, model.output.name), model.output.bonaFideIndex);
  }
  return score;
}

/** Runs a model once on an empty picture, so that the first visit is as fast as the tenth. */
export async function warmUp(session: InferenceSession, input: ModelInput): Promise<void> {
  await run(session, input, toTensor({ data: new Uint8Array(0), width: 0, height: 0 }, input));
}

function cropTensor(picture: Raster, crop: Box, input: ModelInput): Float32Array<ArrayBuffer> {
  const cut = cropSquare(picture, crop, input.width);
  const values = toTensor(cut, input);
  forget(cut);
  return values;
}

/** Runs a model once; its input, a picture of a face, is overwritten and released. */
async function run(session: InferenceSession, input: ModelInput, values: Float32Array<ArrayBuffer>) {
  const depth = values.length / (input.width * input.height);
  try {
    return await session.run({ [input.name]: new Tensor('float32', values, [1, depth, input.height, input.width]) });
  } finally {
    values.fill(0);
    values.buffer.transfer(0);
  }
}

function floats(output: Awaited<ReturnType<typeof run>>, name: string): Float32Array {
  const tensor = output[name];
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`the model has no float output "${name}"`);
  return tensor.data;
}
