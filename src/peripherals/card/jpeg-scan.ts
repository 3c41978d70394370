/** What a walk over a JPEG's markers found (ITU-T T.81 annex B). */
export type JpegScan =
  | { readonly kind: 'whole'; readonly length: number; readonly width: number; readonly height: number }
  /** Well-formed as far as it goes. */
  | { readonly kind: 'partial' }
  /** Not well-formed; `size` when the frame header came before the damage. */
  | { readonly kind: 'broken'; readonly size: FrameSize | undefined };

/** Pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

const PARTIAL: JpegScan = { kind: 'partial' };

/**
 * Finds where the JPEG at the start of `bytes` ends. Walking marker by marker, rather than looking for FF D9, does not
 * stop inside a thumbnail or comment that happens to hold these two bytes.
 */
export function scanJpeg(bytes: Uint8Array): JpegScan {
  if (bytes.length < 2) return PARTIAL;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return { kind: 'broken', size: undefined };
  let size: FrameSize | undefined;
  let at = 2;
  for (;;) {
    const code = bytes[at + 1];
    if (bytes[at] === undefined || code === undefined) return PARTIAL;
    if (bytes[at] !== 0xff) return { kind: 'broken', size };
    if (code === 0xff) at += 1;
    else if (code === 0xd9)
      return size === undefined ? { kind: 'broken', size } : { kind: 'whole', length: at + 2, ...size };
    else if (code === 0x01 || isRestart(code)) at += 2;
    else {
      const length = word(bytes, at + 2);
      if (length === undefined) return PARTIAL;
      if (length < 2) return { kind: 'broken', size };
      if (isFrame(code)) size = frameSize(bytes, at) ?? size;
      at += 2 + length;
      if (code === 0xda) at = endOfScan(bytes, at);
    }
  }
}

/** Entropy-coded data runs until FF and a byte that is neither stuffing nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0x00 && !isRestart(next)) return at;
  }
  return bytes.length;
}

const isRestart = (code: number) => code >= 0xd0 && code <= 0xd7;

/** SOF0…SOF15 without DHT, JPG and DAC. */
const isFrame = (code: number) => code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;

function frameSize(bytes: Uint8Array, at: number) {
  const height = word(bytes, at + 5);
  const width = word(bytes, at + 7);
  return height === undefined || width === undefined || height * width === 0 ? undefined : { width, height };
}

function word(bytes: Uint8Array, at: number): number | undefined {
  const high = bytes[at];
  const low = bytes[at + 1];
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}
