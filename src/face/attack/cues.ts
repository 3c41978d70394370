import { type Box, type Similarity, squareAround } from '../geometry.ts';
import type { FaceCues } from '../port.ts';
import { laplacianVariance } from '../quality.ts';
import { cropSquare, type Raster, toGrey } from '../raster.ts';
import { gridPeak, powerSpectrum } from './spectrum.ts';

/** Where the aligned 112×112 crop holds skin, brow to chin. */
const SKIN = { left: 24, top: 32, right: 88, bottom: 104 };
/** Side of the square of the picture, pixels as the camera gave them, that is searched for a grid. */
const GRID_SIDE = 128;
/** The face with as much again around it, in a square of this side. */
const [AROUND_SIDE, AROUND_SCALE] = [96, 2] as const;
const [BLOWN, GLARE] = [235, 250] as const;

/**
 * What the light, the colours and the grain of one frame say. All of them depend on the camera and the room: they mean
 * something only against this station's own bona fide captures.
 * @param picture as decoded; left as it is
 * @param aligned 112×112; left as it is
 * @param box of the face, in the view of the picture in which it stands upright
 */
export function measureCues(picture: Raster, aligned: Raster, box: Box, toPicture: Similarity): FaceCues {
  const around = cropSquare(
    picture,
    squareAround(box, Math.max(box.width, box.height), AROUND_SCALE),
    AROUND_SIDE,
    toPicture,
  );
  const skin = measureSkin(aligned);
  const surroundings = measureSurroundings(around);
  around.data.fill(0);
  return { ...skin, ...surroundings, grid: measureGrid(picture, box, toPicture) };
}

/** Share of blown highlights, contrast, saturation, cast and depth of black of the aligned face. */
function measureSkin({ data, width }: Raster): Pick<FaceCues, 'blown' | 'contrast' | 'saturation' | 'cast' | 'black'> {
  let [count, blown, sum, squares, saturation, red, blue] = [0, 0, 0, 0, 0, 0, 0];
  const levels = new Uint32Array(256);
  for (let y = SKIN.top; y < SKIN.bottom; y++) {
    for (let x = SKIN.left; x < SKIN.right; x++) {
      const at = (y * width + x) * 3;
      const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
      const grey = 0.299 * r + 0.587 * g + 0.114 * b;
      const most = Math.max(r, g, b);
      if (grey > BLOWN) blown++;
      saturation += most === 0 ? 0 : (most - Math.min(r, g, b)) / most;
      sum += grey;
      squares += grey * grey;
      red += r;
      blue += b;
      levels[Math.round(grey)] = (levels[Math.round(grey)] as number) + 1;
      count++;
    }
  }
  let black = 0;
  for (let below = 0; black < 255; black++) {
    below += levels[black] as number;
    if (below * 50 > count) break;
  }
  return {
    blown: blown / count,
    contrast: Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)),
    saturation: saturation / count,
    cast: Math.log((blue + 1) / (red + 1)),
    black,
  };
}

/** Glare spots, and how much sharper the face is than what is around it. */
function measureSurroundings(around: Raster): Pick<FaceCues, 'glare' | 'sharper'> {
  const grey = toGrey(around);
  let glare = 0;
  for (const value of grey) if (value >= GLARE) glare++;
  const side = around.width;
  const inner = cut(grey, side, side / 4, side / 4, side / 2, side / 2);
  const strip = (left: number, top: number, width: number, height: number) =>
    laplacianVariance(cut(grey, side, left, top, width, height), width, height);
  const edge = side / 4;
  const outer = (strip(0, 0, edge, side) + strip(side - edge, 0, edge, side) + strip(edge, 0, side / 2, edge)) / 3;
  const sharper = Math.log((laplacianVariance(inner, side / 2, side / 2) + 1) / (outer + 1));
  return { glare: glare / grey.length, sharper };
}

function cut(grey: Uint8Array, stride: number, left: number, top: number, width: number, height: number): Uint8Array {
  const part = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * stride + left;
    part.set(grey.subarray(from, from + width), y * width);
  }
  return part;
}

/** Looks for a regular grid in the middle of the face; 0 when the picture is smaller than the square. */
function measureGrid(picture: Raster, box: Box, { a, b, tx, ty }: Similarity): number {
  if (picture.width < GRID_SIDE || picture.height < GRID_SIDE) return 0;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const place = (at: number, size: number) => Math.round(Math.min(size - GRID_SIDE, Math.max(0, at - GRID_SIDE / 2)));
  const left = place(a * middle.x - b * middle.y + tx, picture.width);
  const top = place(b * middle.x + a * middle.y + ty, picture.height);
  const grey = new Float32Array(GRID_SIDE * GRID_SIDE);
  for (let y = 0, to = 0; y < GRID_SIDE; y++) {
    let from = ((top + y) * picture.width + left) * 3;
    for (let x = 0; x < GRID_SIDE; x++, from += 3, to++) {
      const { data } = picture;
      grey[to] =
        0.299 * (data[from] as number) + 0.587 * (data[from + 1] as number) + 0.114 * (data[from + 2] as number);
    }
  }
  const peak = gridPeak(powerSpectrum(grey, GRID_SIDE), GRID_SIDE);
  grey.fill(0);
  return peak;
}
