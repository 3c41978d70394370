/** Bytes of a comment segment besides its content. */
const COMMENT_OVERHEAD = 4;

/**
 * The same picture in a longer file: a comment of `filler` bytes after SOI. Decoders skip it.
 * @throws RangeError when the picture is already too long
 */
export function padJpeg(jpeg: Uint8Array, sizeBytes: number, filler: number): Uint8Array {
  const content = sizeBytes - jpeg.length - COMMENT_OVERHEAD;
  if (content < 0) throw new RangeError(`a JPEG of ${jpeg.length} bytes cannot be padded to ${sizeBytes}`);
  const length = content + 2;
  const comment = [0xff, 0xfe, length >> 8, length & 0xff, ...new Array<number>(content).fill(filler)];
  return Uint8Array.of(...jpeg.subarray(0, 2), ...comment, ...jpeg.subarray(2));
}
