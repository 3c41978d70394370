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
 * Where the target is smaller than the source, several samples are averaged for each pixel, so that fine detail
 * does not alias.
 * @param toSource brings target pixel positions to source pixel positions
 */
export function warp(source: Raster, toSource: Similarity, width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  const step = Math.hypot(toSource.a, toSource.b);
  const samples = Math.min(MAX_SAMPLES, Math.max(1, Math.round(step)));
  const share = 1 / (samples * samples);
  const sum = new Float32Array(3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      sum.fill(0);
      for (let row = 0; row < samples; row++) {
        const v = y + (row + 0.5) / samples - 0.5;
        for (let column = 0; column < samples; column++) {
          const u = x + (column + 0.5) / samples - 0.5;
          addSample(
            source,
            toSource.a * u - toSource.b * v + toSource.tx,
            toSource.b * u + toSource.a * v + toSource.ty,
            sum,
          );
        }
      }
      data[at] = (sum[0] as number) * share + 0.5;
      data[at + 1] = (sum[1] as number) * share + 0.5;
      data[at + 2] = (sum[2] as number) * share + 0.5;
    }
  }
  return { data, width, height };
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

function addSample(source: Raster, x: number, y: number, sum: Float32Array): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const below = y - top;
  addPixel(source, left, top, (1 - right) * (1 - below), sum);
  addPixel(source, left + 1, top, right * (1 - below), sum);
  addPixel(source, left, top + 1, (1 - right) * below, sum);
  addPixel(source, left + 1, top + 1, right * below, sum);
}

function addPixel({ data, width, height }: Raster, x: number, y: number, weight: number, sum: Float32Array): void {
  if (weight === 0 || x < 0 || y < 0 || x >= width || y >= height) return;
  const at = (y * width + x) * 3;
  sum[0] = (sum[0] as number) + weight * (data[at] as number);
  sum[1] = (sum[1] as number) + weight * (data[at + 1] as number);
  sum[2] = (sum[2] as number) + weight * (data[at + 2] as number);
}
