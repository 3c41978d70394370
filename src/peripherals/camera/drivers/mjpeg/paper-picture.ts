import sharp from 'sharp';

/** Long side of a photographed sheet, pixels: hand-writing stays readable, and its event fits through every broker. */
const LONG_SIDE = 1_000;
const MOST_BYTES = 24_000;
/** Tried from the best down. */
const QUALITIES = [60, 45, 30, 20];

/** @returns a grey JPEG of at most 24 kB of a sheet of paper, or `undefined` when `jpeg` cannot be decoded or made as small */
export async function paperPicture(jpeg: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const size = { width: LONG_SIDE, height: LONG_SIDE, fit: 'inside', withoutEnlargement: true } as const;
    const sheet = sharp(jpeg).autoOrient().resize(size).greyscale();
    for (const quality of QUALITIES) {
      const small = await sheet.clone().jpeg({ quality, mozjpeg: true }).toBuffer();
      if (small.length <= MOST_BYTES) return small;
    }
  } catch {
    // Not a picture: told as none.
  }
  return undefined;
}
