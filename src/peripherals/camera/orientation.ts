/** How far the camera is mounted turned, clockwise: the picture must be turned back by this. */
export type Mounting = 0 | 90 | 180 | 270;

/** EXIF orientation that says "turn clockwise by …" (Exif 3.0 §4.6.5.1, tag 0112). */
const ORIENTATION: Readonly<Record<Exclude<Mounting, 0>, number>> = { 90: 6, 180: 3, 270: 8 };

/**
 * Marks a JPEG as turned instead of turning its pixels: decoding and encoding every frame would cost more than
 * everything else the camera does, and would wash out what attack detection looks at.
 * @param jpeg a whole JPEG without EXIF, as cameras stream it
 * @param turn clockwise degrees that whoever decodes it must turn it by
 */
export function markTurned(jpeg: Uint8Array, turn: Mounting): Uint8Array {
  if (turn === 0) return jpeg;
  const segment = exifSegment(ORIENTATION[turn]);
  const marked = new Uint8Array(jpeg.length + segment.length);
  // Right behind SOI, before anything else (Exif 3.0 §4.5.4).
  marked.set(jpeg.subarray(0, 2));
  marked.set(segment, 2);
  marked.set(jpeg.subarray(2), 2 + segment.length);
  return marked;
}

/** APP1 with one big-endian TIFF directory of one entry. */
function exifSegment(orientation: number): Uint8Array {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0];
  const header = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const body = [...exif, ...header, 0, 1, ...entry, 0, 0, 0, 0];
  return Uint8Array.of(0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body);
}
