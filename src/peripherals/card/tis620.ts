const DECODER = new TextDecoder('windows-874');

/**
 * Text of a chip field: TIS-620 (windows-874 is its superset), padded at the end with spaces or NULs.
 * For text only: a photo's bytes may look like padding.
 */
export function decodeText(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0x00)) end--;
  return DECODER.decode(bytes.subarray(0, end)).trim();
}
