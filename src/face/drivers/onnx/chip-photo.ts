import sharp from 'sharp';

/** Size of the photograph on a Thai ID chip, pixels. */
const WIDTH = 297;
const HEIGHT = 355;
/** What is left of the chip's 5,118 bytes. */
const MAX_BYTES = 5_100;

/**
 * Turns a picture into what a card could hold of it: cut to 297:355 around its middle, 297×355, baseline JPEG 4:2:0
 * of the best quality that stays within 5,100 bytes. For measuring with pictures that were not taken for a card.
 * @throws Error when the picture cannot be decoded, or no quality is small enough
 */
export async function toChipPhoto(image: Uint8Array): Promise<Uint8Array> {
  const { data, info } = await sharp(image, { failOn: 'error' })
    .autoOrient()
    .resize(WIDTH, HEIGHT, { fit: 'cover', position: 'centre' })
    .flatten({ background: '#000' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const encode = (quality: number) =>
    sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
      .jpeg({ quality, chromaSubsampling: '4:2:0', progressive: false })
      .toBuffer();
  let best: Uint8Array | undefined;
  for (let low = 1, high = 95; low <= high; ) {
    const quality = (low + high) >> 1;
    const jpeg = await encode(quality);
    if (jpeg.length <= MAX_BYTES) {
      best = jpeg;
      low = quality + 1;
    } else high = quality - 1;
  }
  if (best === undefined) throw new Error(`no JPEG quality keeps this picture within ${MAX_BYTES} bytes`);
  return best;
}
