import sharp from 'sharp';

/** The citizen sees themselves as in a mirror, and never sharper than needed to find the oval. */
const PREVIEW_WIDTH = 320;

/** @returns a small mirrored JPEG of `jpeg`, or `undefined` when it cannot be decoded */
export async function mirroredPreview(jpeg: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await sharp(jpeg).autoOrient().resize(PREVIEW_WIDTH).flop().jpeg({ quality: 60 }).toBuffer();
  } catch {
    return undefined;
  }
}
