import sharp from 'sharp';
import { averageDown, type Raster } from '../../raster.ts';

/** A decoded picture and how much smaller it is than the one that came in. */
export interface Picture {
  readonly raster: Raster;
  /** ≥ 1 */
  readonly reduction: number;
}

/** A picture with more pixels than this is not decoded: 200-megapixel telephones stay below it. */
const MAX_PIXELS = 220e6;

/**
 * Decodes a JPEG or PNG to upright RGB, with its longer side at most `maxSide` pixels. JPEGs are reduced while they
 * are decoded, which costs a fraction of decoding them whole.
 * @returns `undefined` when the bytes are not such a picture, or it is cut short
 */
export async function decodePicture(image: Uint8Array, maxSide: number): Promise<Picture | undefined> {
  if (!isJpeg(image) && !isPng(image)) return undefined;
  try {
    const open = () => sharp(image, { failOn: 'error', limitInputPixels: MAX_PIXELS, sequentialRead: true });
    const { width, height } = await open().metadata();
    const { data, info } = await open()
      .autoOrient()
      .resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) return undefined;
    return {
      raster: { data, width: info.width, height: info.height },
      reduction: Math.max(width, height) / Math.max(info.width, info.height),
    };
  } catch {
    // The decoder's complaint names nothing that helps people; every broken picture is the same finding.
    return undefined;
  }
}

/**
 * Overwrites the pixels of a face and gives their memory back at once: left to the garbage collector, the megabytes
 * of many frames would pile up first. The raster is empty afterwards.
 */
export function forget({ data }: Raster): void {
  data.fill(0);
  if (data.buffer instanceof ArrayBuffer && data.buffer.byteLength === data.byteLength) data.buffer.transfer(0);
}

/** Scales a picture down to exactly `width`×`height`. */
export async function shrink(source: Raster, width: number, height: number): Promise<Raster> {
  if (source.width === width && source.height === height) return source;
  if (source.width >= 2 * width && source.height >= 2 * height) return averageDown(source, width, height);
  const data = await sharp(source.data, { raw: { width: source.width, height: source.height, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return { data, width, height };
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

function isPng(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;
}
