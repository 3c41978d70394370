import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { StationFault } from '../../../shared/fault.ts';
import { type Detection, suppressOverlaps } from '../../detections.ts';
import {
  applySimilarity,
  type Box,
  IDENTITY,
  invertSimilarity,
  letterbox,
  type Point,
  type Similarity,
  similarityBetween,
  squareAround,
} from '../../geometry.ts';
import { ARCFACE_112, type FivePoints, fivePoints } from '../../landmarks.ts';
import { channels, type Model, type ModelInput, type ModelOf } from '../../manifest.ts';
import { cropSquare, type Raster, warp } from '../../raster.ts';
import { logOdds } from '../../scores.ts';
import { toTensor } from '../../tensor.ts';
import { forget, shrink } from './picture.ts';
import { drawView, type Turn, uprightView } from './turned.ts';

/**
 * Finds faces, best detection first, in pixels of the view of `picture` in which faces turned by `turn` stand upright.
 */
export async function detectFaces(
  session: InferenceSession,
  model: ModelOf<'detector'>,
  picture: Raster,
  turn: Turn = 0,
): Promise<readonly Detection[]> {
  const { input, decoder } = model;
  const view = uprightView(picture, turn);
  const fit = letterbox(view.width, view.height, input.width, input.height);
  const scale = fit.width / view.width;
  const size = turn % 90 === 0 ? fit : { width: picture.width * scale, height: picture.height * scale };
  const [width, height] = turn % 180 === 90 ? [size.height, size.width] : [size.width, size.height];
  const small = await shrink(picture, Math.round(width), Math.round(height));
  const upright = turn === 0 ? small : drawView(view, small, picture, fit.width, fit.height);
  const values = toTensor(upright, input, fit.offsetX, fit.offsetY);
  if (upright !== small) forget(upright);
  if (small !== picture) forget(small);
  const output = await run(session, input, values);
  const scores = floats(output, decoder.scores);
  const boxes = floats(output, decoder.boxes);
  const scaleX = view.width / fit.width;
  const scaleY = view.height / fit.height;
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

/** Finds the five points, in pixels of `picture`, of one face, whose box is given in a view of it. */
export async function findPoints(
  session: InferenceSession,
  model: ModelOf<'landmarks'>,
  picture: Raster,
  box: Box,
  toPicture: Similarity = IDENTITY,
): Promise<FivePoints> {
  const crop = squareAround(box, box.height, model.crop.scale);
  const output = await run(session, model.input, cropTensor(picture, crop, model.input, toPicture));
  const flat = floats(output, model.output.name);
  const points: Point[] = [];
  for (let at = 0; at < model.output.points * 2; at += 2) {
    const x = crop.x + (flat[at] as number) * crop.width;
    const y = crop.y + (flat[at + 1] as number) * crop.height;
    points.push(applySimilarity(toPicture, { x, y }));
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
  toPicture: Similarity = IDENTITY,
): Promise<number> {
  let score = 0;
  for (const scale of model.crop.scales) {
    const crop = squareAround(box, Math.max(box.width, box.height), scale);
    const output = await run(session, model.input, cropTensor(picture, crop, model.input, toPicture));
    score += logOdds(floats(output, model.output.name), model.output.bonaFideIndex);
  }
  return score;
}

/** What a model is tried with: a wave over all its inputs, in the range of what it is fed in earnest; tolerance in parts of the largest value. */
export const SELF_TEST = { step: 0.01, values: 8, tolerance: 0.02 } as const;

/**
 * Runs a model once, so that the first visit is as fast as the tenth, and compares what it computes with what the manifest
 * says it must: a runtime built for another processor, or a broken one, is found before anybody is compared with it.
 * @throws StationFault `FACE_ENGINE`
 */
export async function selfTest(session: InferenceSession, model: Model): Promise<void> {
  const { input } = model;
  const range = Math.max(...input.std.map((std) => 128 / std));
  const values = Float32Array.from(
    { length: input.width * input.height * channels(input.colour) },
    (_, at) => range * (0.5 + 0.5 * Math.sin(at * SELF_TEST.step)),
  );
  const output = await run(session, input, values);
  const found = floats(output, 'decoder' in model ? model.decoder.scores : model.output.name);
  const expected = model.selfTest ?? [];
  const most = SELF_TEST.tolerance * Math.max(...expected.map(Math.abs));
  const isRight = expected.every((value, at) => Math.abs((found[at] as number) - value) <= most);
  if (isRight) return;
  const said = [...found.subarray(0, SELF_TEST.values)].map((value) => value.toFixed(3)).join(' ');
  throw new StationFault('FACE_ENGINE', model.id, `${model.id} computes ${said}, expected ${expected.join(' ')}`);
}

function cropTensor(picture: Raster, crop: Box, input: ModelInput, toPicture: Similarity): Float32Array<ArrayBuffer> {
  const cut = cropSquare(picture, crop, input.width, toPicture);
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
