import { applySimilarity, type Box, type Similarity, squareAround } from '../geometry.ts';
import type { FaceCues } from '../port.ts';
import type { Raster } from '../raster.ts';
import { gridPeak, powerSpectrum } from './spectrum.ts';

/** Where the aligned 112×112 crop holds skin, brow to chin. */
const SKIN = { left: 24, top: 32, right: 88, bottom: 104 };
/** Side of the square of the picture, pixels as the camera gave them, that is searched for a grid. */
const GRID_SIDE = 128;
/** Face and surroundings: a square of this many longer sides of the face's box, looked at in this many places a side. */
const [AROUND_SCALE, AROUND_PLACES] = [2, 72] as const;
const [BLOWN, GLARE] = [235, 250] as const;

/**
 * What the light, the colours and the grain of one frame say. All of them depend on the camera and the room: they mean
 * something only against this station's own bona fide captures.
 * @param picture as decoded; left as it is
 * @param aligned 112×112; left as it is
 * @param box of the face, in the view of the picture in which it stands upright
 */
export function measureCues(picture: Raster, aligned: Raster, box: Box, toPicture: Similarity): FaceCues {
  return {
    ...measureSkin(aligned),
    ...measureSurroundings(picture, box, toPicture),
    grid: measureGrid(picture, box, toPicture),
  };
}

/** Share of blown highlights, contrast, saturation, cast and depth of black of the aligned face. */
function measureSkin({ data, width }: Raster): Pick<FaceCues, 'blown' | 'contrast' | 'saturation' | 'cast' | 'black'> {
  let [count, blown, sum, squares, saturation, red, blue] = [0, 0, 0, 0, 0, 0, 0];
  const levels = new Uint32Array(256);
  for (let y = SKIN.top; y < SKIN.bottom; y++) {
    for (let x = SKIN.left; x < SKIN.right; x++) {
      const at = (y * width + x) * 3;
      const r = data[at] as number;
      const g = data[at + 1] as number;
      const b = data[at + 2] as number;
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

/** Glare spots, and how much sharper the face is than what is around it, both at the camera's own pixels. */
function measureSurroundings(picture: Raster, box: Box, toPicture: Similarity): Pick<FaceCues, 'glare' | 'sharper'> {
  const square = squareAround(box, Math.max(box.width, box.height), AROUND_SCALE);
  const [inside, outside] = [new Spread(), new Spread()];
  let [seen, glare] = [0, 0];
  for (let row = 0; row < AROUND_PLACES; row++) {
    for (let column = 0; column < AROUND_PLACES; column++) {
      const x = square.x + ((column + 0.5) / AROUND_PLACES) * square.width;
      const y = square.y + ((row + 0.5) / AROUND_PLACES) * square.height;
      const at = applySimilarity(toPicture, { x, y });
      const [left, top] = [Math.round(at.x), Math.round(at.y)];
      if (left < 1 || top < 1 || left >= picture.width - 1 || top >= picture.height - 1) continue;
      const middle = greyAt(picture, left, top);
      seen++;
      if (middle >= GLARE) glare++;
      const around =
        greyAt(picture, left - 1, top) +
        greyAt(picture, left + 1, top) +
        greyAt(picture, left, top - 1) +
        greyAt(picture, left, top + 1);
      const isFace = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
      (isFace ? inside : outside).add(around - 4 * middle);
    }
  }
  return {
    glare: seen === 0 ? 0 : glare / seen,
    sharper: Math.log((inside.variance + 1) / (outside.variance + 1)),
  };
}

/** Sums up numbers to their variance. */
class Spread {
  #count = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#squares += value * value;
  }

  /** 0 of nothing. */
  get variance(): number {
    return this.#count === 0 ? 0 : Math.max(0, this.#squares / this.#count - (this.#sum / this.#count) ** 2);
  }
}

function greyAt({ data, width }: Raster, x: number, y: number): number {
  const at = (y * width + x) * 3;
  return 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
}

/** Looks for a regular grid in the middle of the face; 0 when the picture is smaller than the square. */
function measureGrid(picture: Raster, box: Box, toPicture: Similarity): number {
  if (picture.width < GRID_SIDE || picture.height < GRID_SIDE) return 0;
  const middle = applySimilarity(toPicture, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const place = (at: number, size: number) => Math.round(Math.min(size - GRID_SIDE, Math.max(0, at - GRID_SIDE / 2)));
  const left = place(middle.x, picture.width);
  const top = place(middle.y, picture.height);
  const grey = new Float32Array(GRID_SIDE * GRID_SIDE);
  for (let y = 0, to = 0; y < GRID_SIDE; y++)
    for (let x = 0; x < GRID_SIDE; x++) grey[to++] = greyAt(picture, left + x, top + y);
  const peak = gridPeak(powerSpectrum(grey, GRID_SIDE), GRID_SIDE);
  grey.fill(0);
  return peak;
}
