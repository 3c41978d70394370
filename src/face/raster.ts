import { type Box, composeSimilarities, IDENTITY, type Similarity } from './geometry.ts';

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
  const { data } = source;
  const below = source.width * 3;
  const target = new Uint8Array(width * height * 3);
  const samples = Math.min(MAX_SAMPLES, Math.max(1, Math.round(Math.hypot(a, b) / 2)));
  const share = 1 / (samples * samples);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      let red = 0.5;
      let green = 0.5;
      let blue = 0.5;
      for (let sample = 0; sample < samples * samples; sample++) {
        const u = x + ((sample % samples) + 0.5) / samples - 0.5;
        const v = y + (((sample / samples) | 0) + 0.5) / samples - 0.5;
        const atX = a * u - b * v + tx;
        const atY = b * u + a * v + ty;
        const left = Math.floor(atX);
        const top = Math.floor(atY);
        if (left >= 0 && top >= 0 && left + 1 < source.width && top + 1 < source.height) {
          // The same as below, written out: nearly every sample comes here, and this takes a third of the time.
          const [from, under] = [top * below + left * 3, (top + 1) * below + left * 3];
          const se = share * (atX - left) * (atY - top);
          const ne = share * (atX - left) - se;
          const sw = share * (atY - top) - se;
          const nw = share - ne - sw - se;
          red +=
            nw * byteAt(data, from) +
            ne * byteAt(data, from + 3) +
            sw * byteAt(data, under) +
            se * byteAt(data, under + 3);
          green +=
            nw * byteAt(data, from + 1) +
            ne * byteAt(data, from + 4) +
            sw * byteAt(data, under + 1) +
            se * byteAt(data, under + 4);
          blue +=
            nw * byteAt(data, from + 2) +
            ne * byteAt(data, from + 5) +
            sw * byteAt(data, under + 2) +
            se * byteAt(data, under + 5);
          continue;
        }
        for (let corner = 0; corner < 4; corner++) {
          const column = left + (corner & 1);
          const row = top + (corner >> 1);
          if (column < 0 || row < 0 || column >= source.width || row >= source.height) continue;
          const weight = share * (1 - Math.abs(atX - column)) * (1 - Math.abs(atY - row));
          const from = (row * source.width + column) * 3;
          red += weight * (source.data[from] as number);
          green += weight * (source.data[from + 1] as number);
          blue += weight * (source.data[from + 2] as number);
        }
      }
      target[at] = red;
      target[at + 1] = green;
      target[at + 2] = blue;
    }
  }
  return { data: target, width, height };
}

const byteAt = (data: Uint8Array, at: number) => data[at] as number;

/** Left and right exchanged. */
export function mirror({ data, width, height }: Raster): Raster {
  const target = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      target.set(data.subarray(from, from + 3), (y * width + width - 1 - x) * 3);
    }
  }
  return { data: target, width, height };
}

/**
 * Cuts the square `box` out of `source` and scales it to `side`×`side`; black where it leaves the picture.
 * @param toPicture where the box's own places lie in the picture, for a box of a turned view of it
 */
export function cropSquare(source: Raster, box: Box, side: number, toPicture = IDENTITY): Raster {
  const scale = box.width / side;
  // Pixel middles fall on pixel middles: (t + 0.5)·scale − 0.5.
  const toSource = { a: scale, b: 0, tx: box.x + 0.5 * scale - 0.5, ty: box.y + 0.5 * scale - 0.5 };
  return warp(source, composeSimilarities(toPicture, toSource), side, side);
}

/**
 * Scales a picture down by averaging blocks of whole pixels. Meant for half the size and less, where the blocks are
 * large enough for their unequal sides not to matter; several times faster than a general resize. Of blocks of four rows and more
 * every second row is enough to see where a face is.
 */
export function averageDown(source: Raster, width: number, height: number): Raster {
  const target = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    const top = Math.floor((y * source.height) / height);
    const bottom = Math.floor(((y + 1) * source.height) / height);
    const step = bottom - top < 4 ? 1 : 2;
    const rows = Math.ceil((bottom - top) / step);
    for (let x = 0; x < width; x++, at += 3) {
      const left = Math.floor((x * source.width) / width);
      const right = Math.floor(((x + 1) * source.width) / width);
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = top; row < bottom; row += step) {
        const end = (row * source.width + right) * 3;
        for (let from = (row * source.width + left) * 3; from < end; from += 3) {
          red += source.data[from] as number;
          green += source.data[from + 1] as number;
          blue += source.data[from + 2] as number;
        }
      }
      const share = 1 / (rows * (right - left));
      target[at] = red * share + 0.5;
      target[at + 1] = green * share + 0.5;
      target[at + 2] = blue * share + 0.5;
    }
  }
  return { data: target, width, height };
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
