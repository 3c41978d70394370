import type { Box } from '../geometry.ts';
import type { Raster } from '../raster.ts';

/** A JPEG's own blocks: what its coder left unchanged is unchanged in whole blocks (ITU-T T.81 §A.1.1). */
const BLOCK = 8;
const FEWEST_BLOCKS = 40;
/** Clipped black and white have no noise in any camera; mean of a block's bytes. */
const DARKEST = 20;
const LIGHTEST = 240;

/** A part of a frame that is kept for the next one, cut at whole blocks. */
interface Kept {
  readonly pixels: Uint8Array;
  /** Blocks. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the whole frame. */
  readonly width: number;
  readonly height: number;
}

/**
 * Compares the place of a face with the same place of the frame before. Every sensor is noisy, so that hardly a block of a lit
 * face comes out the same twice; a picture that was made by a program is the same until it is changed.
 */
export class Sameness {
  #before: Kept | undefined;

  /**
   * @param box of the face, pixels
   * @returns share of its blocks that are the same to the last bit; `null` when there is no frame before, the picture has another
   * size, or too few blocks are neither black nor white
   */
  look(picture: Raster, box: Box): number | null {
    const now = cut(picture, box);
    const before = this.#before;
    const share = before?.width === now.width && before.height === now.height ? shareOfSame(before, now) : null;
    this.forget();
    this.#before = now;
    return share;
  }

  /** Overwrites the pixels that are kept. */
  forget(): void {
    this.#before?.pixels.fill(0);
    this.#before = undefined;
  }
}

function cut({ data, width, height }: Raster, box: Box): Kept {
  const left = Math.ceil(Math.max(0, box.x) / BLOCK);
  const top = Math.ceil(Math.max(0, box.y) / BLOCK);
  const columns = Math.max(0, Math.floor(Math.min(width, box.x + box.width) / BLOCK) - left);
  const rows = Math.max(0, Math.floor(Math.min(height, box.y + box.height) / BLOCK) - top);
  const stride = columns * BLOCK * 3;
  const pixels = new Uint8Array(stride * rows * BLOCK);
  for (let row = 0; row < rows * BLOCK; row++) {
    const from = ((top * BLOCK + row) * width + left * BLOCK) * 3;
    pixels.set(data.subarray(from, from + stride), row * stride);
  }
  return { pixels, left, top, columns, rows, width, height };
}

function shareOfSame(before: Kept, now: Kept): number | null {
  let same = 0;
  let count = 0;
  const right = Math.min(before.left + before.columns, now.left + now.columns);
  const bottom = Math.min(before.top + before.rows, now.top + now.rows);
  for (let row = Math.max(before.top, now.top); row < bottom; row++) {
    for (let column = Math.max(before.left, now.left); column < right; column++) {
      const finding = isSame(before, now, column, row);
      if (finding === undefined) continue;
      count++;
      if (finding) same++;
    }
  }
  return count < FEWEST_BLOCKS ? null : same / count;
}

/** @returns `undefined` for a block that is black or white */
function isSame(before: Kept, now: Kept, column: number, row: number): boolean | undefined {
  let sum = 0;
  let isEqual = true;
  for (let line = 0; line < BLOCK; line++) {
    const one = (((row - before.top) * BLOCK + line) * before.columns + column - before.left) * BLOCK * 3;
    const other = (((row - now.top) * BLOCK + line) * now.columns + column - now.left) * BLOCK * 3;
    for (let at = 0; at < BLOCK * 3; at++) {
      sum += now.pixels[other + at] as number;
      if (before.pixels[one + at] !== now.pixels[other + at]) isEqual = false;
    }
  }
  const mean = sum / (BLOCK * BLOCK * 3);
  return mean < DARKEST || mean > LIGHTEST ? undefined : isEqual;
}
