import type { Box, Similarity } from './geometry.ts';

/** A decoded picture: RGB, 8 bits, interleaved, no padding. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** At most this many samples a side are averaged for one target pixel. */
const MAX_SAMPLES = 4;

/**
 * Cuts a `width`×`height` picture out of `source`, bilinear, black where the source ends.
 * Where the target is much smaller than the source, several samples are averaged for each pixel, so that fine detail
 * does not alias: a bilinear sample spans two source pixels.
 * @param toSource brings target pixel positions to source pixel positions
 */
export function warp(source: Raster, toSource: Similarity, width: number, height: number): Raster {
  const { a, b, tx, ty } = toSource;
  const target = new Uint8Array(width * height * 3);
  const samples = Math.min(MAX_SAMPLES, Math.max(1, Math.ceil(Math.hypot(a, b) / 2)));
  const share = 1 / (samples * samples);
  const sum = new Float64Array(3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      sum.fill(0);
      for (let row = 0; row < samples; row++) {
        const v = y + (row + 0.5) / samples - 0.5;
        for (let column = 0; column < samples; column++) {
          const u = x + (column + 0.5) / samples - 0.5;
          addSample(source, a * u - b * v + tx, b * u + a * v + ty, sum);
        }
      }
      for (let channel = 0; channel < 3; channel++) target[at + channel] = (sum[channel] as number) * share + 0.5;
    }
  }
  return { data: target, width, height };
}

/** Cuts the square `box` out of `source` and scales it to `side`×`side`; black where it leaves the picture. */
export function cropSquare(source: Raster, box: Box, side: number): Raster {
  const scale = box.width / side;
  // Pixel middles fall on pixel middles: (t + 0.5)·scale − 0.5.
  const toSource = { a: scale, b: 0, tx: box.x + 0.5 * scale - 0.5, ty: box.y + 0.5 * scale - 0.5 };
  return warp(source, toSource, side, side);
}

/** Grey values (ITU-R BT.601 luma), one byte a pixel. */
export function toGrey({ data, width, height }: Raster): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    grey[pixel] =
      0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number) + 0.5;
  }
  return grey;
}

/** Adds the bilinear value at (`x`, `y`): of the four pixels around it, each weighs by how near it is. */
function addSample({ data, width, height }: Raster, x: number, y: number, sum: Float64Array): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const below = y - top;
  if (left >= 0 && top >= 0 && left + 1 < width && top + 1 < height) {
    const upper = (top * width + left) * 3;
    const lower = upper + width * 3;
    for (let channel = 0; channel < 3; channel++) {
      const one = data[upper + channel] as number;
      const other = data[lower + channel] as number;
      const first = one + right * ((data[upper + channel + 3] as number) - one);
      const second = other + right * ((data[lower + channel + 3] as number) - other);
      sum[channel] = (sum[channel] as number) + first + below * (second - first);
    }
    return;
  }
  for (let corner = 0; corner < 4; corner++) {
    const column = left + (corner & 1);
    const row = top + (corner >> 1);
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
    const from = (row * width + column) * 3;
    for (let channel = 0; channel < 3; channel++) {
      sum[channel] = (sum[channel] as number) + weight * (data[from + channel] as number);
    }
  }
}
