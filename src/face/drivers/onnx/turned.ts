import { applySimilarity, type Box, composeSimilarities, type Point, type Similarity } from '../../geometry.ts';
import type { Raster } from '../../raster.ts';

/** Quarter turns clockwise from upright: 1 = the top of the head points to the right. */
export type QuarterTurn = 0 | 1 | 2 | 3;

/** The view in which a picture's turned face stands upright: its size, and how its places lie in the picture. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly toPicture: Similarity;
}

/** The view of a picture in which a face that is turned by this much stands upright. */
export function quarterView({ width, height }: Pick<Raster, 'width' | 'height'>, turn: QuarterTurn): View {
  const size = turn % 2 === 0 ? { width, height } : { width: height, height: width };
  const toPicture = turnAround(
    { x: (size.width - 1) / 2, y: (size.height - 1) / 2 },
    { x: (width - 1) / 2, y: (height - 1) / 2 },
    [0, 90, 180, 270][turn] as number,
  );
  return { ...size, toPicture };
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

/** A picture turned so that a face which is turned by this much stands upright in it. */
export function uprightRaster(source: Raster, turn: QuarterTurn): Raster {
  if (turn === 0) return source;
  const { width, height } = quarterView(source, turn);
  const data = new Uint8Array(source.data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const column = turn === 1 ? source.width - 1 - y : turn === 2 ? source.width - 1 - x : y;
      const row = turn === 1 ? x : turn === 2 ? source.height - 1 - y : source.height - 1 - x;
      const from = (row * source.width + column) * 3;
      data[at] = source.data[from] as number;
      data[at + 1] = source.data[from + 1] as number;
      data[at + 2] = source.data[from + 2] as number;
    }
  }
  return { data, width, height };
}

function turnAround(from: Point, to: Point, degrees: number): Similarity {
  const a = Math.cos((degrees * Math.PI) / 180);
  const b = Math.sin((degrees * Math.PI) / 180);
  return { a, b, tx: to.x - a * from.x + b * from.y, ty: to.y - b * from.x - a * from.y };
}
