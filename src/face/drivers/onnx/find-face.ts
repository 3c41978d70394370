import { distinctFaces, mainFace } from '../../detections.ts';
import { applySimilarity, type Box, centre, invertSimilarity } from '../../geometry.ts';
import { type FivePoints, mapPoints, rollDegrees } from '../../landmarks.ts';
import type { FaceModels } from '../../manifest.ts';
import type { Raster } from '../../raster.ts';
import { length } from '../../scores.ts';
import type { Sessions } from './load-models.ts';
import { forget } from './picture.ts';
import { alignFace, detectFaces, findPoints, recognise, withCrop } from './stages.ts';
import { TURNS, type Turn, turnedView, uprightView, type View } from './turned.ts';

/** The main face of a picture, looked for at one turn. */
export interface FoundFace {
  readonly turn: Turn;
  /** In which it stands upright. */
  readonly view: View;
  /** In the view. */
  readonly box: Box;
  /** In the picture. */
  readonly points: FivePoints;
  readonly faceCount: number;
}

/** A face with what the first recogniser makes of it. */
export interface RecognisedFace extends FoundFace {
  readonly aligned: Raster;
  /** Raw template; its length says how good the face, and its turn, is. */
  readonly raw: Float32Array;
}

/** Up to this roll the points are as good as upright; beyond it they are looked for again in a crop that is turned with the face. */
const STRAIGHT_DEGREES = 25;
/** In the nearest eighth of a turn a face leans by 22.5° at most; "points" that lean much further are not those of a face. */
const MOST_TILT_DEGREES = 35;
/** Each look in a crop that is turned by the last one's finding is nearer to the truth; the third changes nothing more. */
const TURNED_LOOKS = 2;
/** Lying on a side is the likeliest after upright, leaning half-way the least. */
const SEARCH: readonly Turn[] = TURNS.toSorted((a, b) => rank(a) - rank(b));
function rank(turn: Turn): number {
  return (turn % 90 === 0 ? 0 : 1_000) + Math.min(turn, 360 - turn);
}
/** A turn that nobody expected has to convince: its template must be longer than "enough" by this factor to end the search. */
const CONVINCING = 1.06;

/** Looks for the main face at one turn. */
export async function findFace(
  models: FaceModels,
  sessions: Sessions,
  picture: Raster,
  turn: Turn,
): Promise<FoundFace | undefined> {
  const upright = uprightView(picture, turn);
  const faces = distinctFaces(await detectFaces(sessions.detector, models.detector, picture, turn));
  const main = mainFace(faces, upright.width, upright.height);
  if (main === undefined) return undefined;
  const { box, points: own } = main;
  const pointsIn = async (view: View, at: Box): Promise<FivePoints | undefined> => {
    if (models.landmarks && sessions.landmarks)
      return await findPoints(sessions.landmarks, models.landmarks, picture, at, view.toPicture);
    // The detector's own points follow a face that leans: there is nothing to look for again.
    return own && mapPoints(own, (point) => applySimilarity(upright.toPicture, point));
  };
  const look = async (view: View, at: Box): Promise<FoundFace | undefined> => {
    const points = await pointsIn(view, at);
    return points && { turn, view, box: at, points, faceCount: faces.length };
  };
  let found = await look(upright, box);
  if (found === undefined) return undefined;
  const tilt = tiltOf(found);
  if (Math.abs(tilt) > MOST_TILT_DEGREES) return undefined;
  if (Math.abs(tilt) <= STRAIGHT_DEGREES) return found;
  for (let looks = 0; looks < TURNED_LOOKS && found; looks++) {
    const at = boxOf(found, upright, models.detector.faceBox);
    found = await look(turnedView(upright, at, tiltOf(found)), at);
  }
  return found;
}

const tiltOf = ({ points, turn }: FoundFace) => within180(rollDegrees(points) - turn);

/** The box, in `view`, that the detector would give this face if it stood upright: its own is that of the tilted one. */
function boxOf({ points }: FoundFace, view: View, faceBox: FaceModels['detector']['faceBox']): Box {
  const toView = invertSimilarity(view.toPicture);
  const [right, left, , mouthRight, mouthLeft] = points;
  const eyes = applySimilarity(toView, centre([right, left]));
  const mouth = applySimilarity(toView, centre([mouthRight, mouthLeft]));
  const height = faceBox.height * Math.hypot(mouth.x - eyes.x, mouth.y - eyes.y);
  const width = faceBox.width * height;
  const middle = { x: eyes.x + faceBox.middle * (mouth.x - eyes.x), y: eyes.y + faceBox.middle * (mouth.y - eyes.y) };
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
}

/**
 * Finds the main face whatever its turn. A face is upright only to eyes that know it: the detector finds "faces" at every turn, so
 * the turn whose template is longest is the right one. The turn that was right last time is tried first and taken when its template is
 * long enough.
 * @param enough a template of this length needs no second look
 * @source measured, see docs/accuracy.md (any roll)
 */
export async function findAnyRoll(
  models: FaceModels,
  sessions: Sessions,
  picture: Raster,
  last: Turn,
  enough: number,
): Promise<RecognisedFace | undefined> {
  let best: RecognisedFace | undefined;
  for (const turn of [last, ...SEARCH.filter((other) => other !== last)]) {
    const face = await findFace(models, sessions, picture, turn);
    if (face === undefined) continue;
    const aligned = alignFace(picture, face.points);
    const model = models.recognisers[0];
    const session = sessions.recognisers[0];
    if (model === undefined || session === undefined) break;
    const raw = await withCrop(model, picture, { ...face, aligned }, (crop) => recognise(session, model, crop));
    if (best === undefined || length(raw) > length(best.raw)) {
      if (best) drop(best);
      best = { ...face, aligned, raw };
    } else drop({ aligned, raw });
    if (length(best.raw) >= (turn === last ? enough : enough * CONVINCING)) break;
  }
  return best;
}

/** Overwrites what was computed of a face. */
export function drop({ aligned, raw }: Pick<RecognisedFace, 'aligned' | 'raw'>): void {
  forget(aligned);
  raw.fill(0);
}

function within180(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}
