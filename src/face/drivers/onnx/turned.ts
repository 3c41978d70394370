import { applySimilarity, type Box, composeSimilarities, type Point, type Similarity } from '../../geometry.ts';
import { type Raster, warp } from '../../raster.ts';

/** Eighths of a turn clockwise from upright, degrees: at 90 the top of the head points to the right. */
export const TURNS = [0, 45, 90, 135, 180, 225, 270, 315] as const;
export type Turn = (typeof TURNS)[number];

/** The view in which a picture's turned face stands upright: its size, and how its places lie in the picture. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly toPicture: Similarity;
}

/** The view of a picture, large enough for all of it, in which a face that is turned by this much stands upright. */
export function uprightView({ width, height }: Pick<Raster, 'width' | 'height'>, turn: Turn): View {
  const [cos, sin] = [cosine(turn), cosine(turn + 270)].map(Math.abs) as [number, number];
  const size = { width: Math.ceil(width * cos + height * sin), height: Math.ceil(width * sin + height * cos) };
  return { ...size, toPicture: turnAround(middleOf(size), middleOf({ width, height }), turn) };
}

/** The view turned further by `degrees` clockwise around the middle of `box`, which keeps its place. */
export function turnedView(view: View, box: Box, degrees: number): View {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return { ...view, toPicture: composeSimilarities(view.toPicture, turnAround(middle, middle, degrees)) };
}

/** The smallest upright rectangle of the picture that holds a box of the view. */
export function boundsInPicture(box: Box, { toPicture }: View): Box {
  const corners = [0, 1, 2, 3].map((corner) =>
    applySimilarity(toPicture, {
      x: box.x + (corner & 1) * box.width,
      y: box.y + (corner >> 1) * box.height,
    }),
  );
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/**
 * Draws a view, `width`×`height`; black where there is no picture.
 * @param small the picture, reduced to about the scale of what is drawn
 * @param picture the size that the view was made for
 */
export function drawView(
  view: View,
  small: Raster,
  picture: Pick<Raster, 'width'>,
  width: number,
  height: number,
): Raster {
  const toSmall = composeSimilarities(enlargement(small.width / picture.width), view.toPicture);
  return warp(small, composeSimilarities(toSmall, enlargement(view.width / width)), width, height);
}

/** Pixel middles fall on pixel middles: (t + 0.5)·factor − 0.5. */
const enlargement = (factor: number): Similarity => ({ a: factor, b: 0, tx: (factor - 1) / 2, ty: (factor - 1) / 2 });

const middleOf = ({ width, height }: Pick<Raster, 'width' | 'height'>): Point => ({
  x: (width - 1) / 2,
  y: (height - 1) / 2,
});

/** Exact for quarter turns, where rounding would make a view one pixel too large. */
const cosine = (degrees: number) =>
  [1, Math.SQRT1_2, 0, -Math.SQRT1_2, -1, -Math.SQRT1_2, 0, Math.SQRT1_2][(degrees / 45) % 8] as number;

function turnAround(from: Point, to: Point, degrees: number): Similarity {
  const a = Math.cos((degrees * Math.PI) / 180);
  const b = Math.sin((degrees * Math.PI) / 180);
  return { a, b, tx: to.x - a * from.x + b * from.y, ty: to.y - b * from.x - a * from.y };
}
