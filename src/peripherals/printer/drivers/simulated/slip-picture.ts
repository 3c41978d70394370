import sharp from 'sharp';
import type { Raster } from '../../../../paper/port.ts';

/** What was printed, as a PNG of two colours. */
export async function slipPicture({ width, height, bits }: Raster): Promise<Uint8Array> {
  const grey = Uint8Array.from({ length: width * height }, (_, i) =>
    (bits[i >> 3] ?? 0) & (0x80 >> (i & 7)) ? 0 : 255,
  );
  return await sharp(grey, { raw: { width, height, channels: 1 } })
    .png({ palette: true, colours: 2 })
    .toBuffer();
}
