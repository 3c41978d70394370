import type { InferenceSession } from 'onnxruntime-node';
import { type Detection, isSound, suppressOverlaps } from '../../detections.ts';
import { decodeFaces } from '../../detectors/decode.ts';
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
import { ARCFACE_112, type FivePoints, fivePoints, mapPoints } from '../../landmarks.ts';
import type { ModelInput, ModelOf } from '../../manifest.ts';
import { cropSquare, type Raster, warp } from '../../raster.ts';
import { bonaFideLogOdds, bonaFideShare, logOdds } from '../../scores.ts';
import { toTensor } from '../../tensor.ts';
import { forget, shrink } from './picture.ts';
import { outputsOf } from './run-model.ts';
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
  const output = await outputsOf(session, input, values);
  const scaleX = view.width / fit.width;
  const scaleY = view.height / fit.height;
  const toView = ({ x, y }: Point): Point => ({ x: (x - fit.offsetX) * scaleX, y: (y - fit.offsetY) * scaleY });
  const found = decodeFaces(output, decoder, input).map(({ score, box, points }): Detection => {
    const inView = { ...toView(box), width: box.width * scaleX, height: box.height * scaleY };
    return { score, box: inView, ...(points ? { points: mapPoints(points, toView) } : {}) };
  });
  return suppressOverlaps(found.filter(isSound), decoder.maxIou);
}

/** Finds the five points, in pixels of `picture`, of one face, whose box is given in a view of it. */
export async function findPoints(
  session: InferenceSession,
  model: ModelOf<'landmarks'>,
  picture: Raster,
  box: Box,
  toPicture: Similarity = IDENTITY,
): Promise<FivePoints> {
  const { input, output } = model;
  const crop = cropBox(box, model.crop, model.crop.scale);
  const outputs = await outputsOf(session, input, cropTensor(picture, crop, input, toPicture));
  const flat = outputs(output.name);
  const unit = output.coordinates === 'pixels' ? input.width : 1;
  const points: Point[] = [];
  for (let at = 0; at < output.points * output.valuesPerPoint; at += output.valuesPerPoint) {
    const x = crop.x + ((flat[at] as number) / unit) * crop.width;
    const y = crop.y + ((flat[at + 1] as number) / unit) * crop.height;
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

/** A face as recognisers may want it. */
export interface AlignedFace {
  /** Box in a view of the picture in which the face stands upright. */
  readonly box: Box;
  readonly view: { readonly toPicture: Similarity };
  readonly aligned: Raster;
}

/** Hands `use` the picture that a recogniser wants of a face; one that is cut out for it is overwritten afterwards. */
export async function withCrop<T>(
  { align, input }: Pick<ModelOf<'recogniser'>, 'align' | 'input'>,
  picture: Raster,
  { box, view, aligned }: AlignedFace,
  use: (crop: Raster) => Promise<T>,
): Promise<T> {
  if (align.kind === 'similarity5') return await use(aligned);
  const square = cropBox(box, align, align.scale);
  const crop = cropSquare(picture, square, input.width, view.toPicture);
  try {
    return await use(crop);
  } finally {
    forget(crop);
  }
}

/** The raw template of a face by one recogniser, not yet brought to length 1. */
export async function recognise(
  session: InferenceSession,
  model: ModelOf<'recogniser'>,
  crop: Raster,
): Promise<Float32Array> {
  const outputs = await outputsOf(session, model.input, toTensor(crop, model.input));
  return outputs(model.output.name);
}

/** How open the wider open of both eyes of an aligned face is, 0..1. */
export async function measureEyes(session: InferenceSession, model: ModelOf<'eyes'>, aligned: Raster): Promise<number> {
  const [right, left] = ARCFACE_112;
  const side = (left.x - right.x) * model.crop.scale;
  let open = 0;
  for (const { x, y } of [right, left]) {
    const crop = { x: x - side / 2, y: y - side / 2, width: side, height: side };
    const output = await outputsOf(session, model.input, cropTensor(aligned, crop, model.input, IDENTITY));
    const logOddsOpen = logOdds(output(model.output.name), 1 - model.output.closedIndex);
    open = Math.max(open, 1 / (1 + Math.exp(-logOddsOpen)));
  }
  return open;
}

/** Attack score of one face, fused over the crops as the manifest says; higher = more bona fide. */
export async function scoreAttack(
  session: InferenceSession,
  model: ModelOf<'attack-detector'>,
  picture: Raster,
  box: Box,
  toPicture: Similarity = IDENTITY,
): Promise<number> {
  const { activation, bonaFideIndex, name } = model.output;
  let score = 0;
  for (const scale of model.crop.scales) {
    const crop = cropBox(box, model.crop, scale);
    const outputs = await outputsOf(session, model.input, cropTensor(picture, crop, model.input, toPicture));
    const rate = model.fusion === 'sum-logit' ? bonaFideLogOdds : bonaFideShare;
    score += rate(outputs(name), bonaFideIndex, activation);
  }
  return model.fusion === 'sum-logit' ? score : score / model.crop.scales.length;
}

function cropBox(box: Box, { side, shiftY }: Omit<ModelOf<'landmarks'>['crop'], 'kind' | 'scale'>, scale: number): Box {
  const shifted = { ...box, y: box.y + shiftY * box.height };
  return squareAround(shifted, side === 'box-height' ? box.height : Math.max(box.width, box.height), scale);
}

function cropTensor(picture: Raster, crop: Box, input: ModelInput, toPicture: Similarity): Float32Array<ArrayBuffer> {
  const cut = cropSquare(picture, crop, input.width, toPicture);
  const values = toTensor(cut, input);
  forget(cut);
  return values;
}
