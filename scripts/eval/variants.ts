import sharp from 'sharp';
import { gaussian, type Random } from './random.ts';

/** Interleaved RGB, 8 bits. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture's place and light: turned clockwise about its middle, enlarged, then moved. */
export interface Motion {
  readonly degrees: number;
  readonly scale: number;
  /** Parts of the picture's width and height. */
  readonly shift: readonly [number, number];
  readonly gain: number;
  /** Standard deviation of each channel, grey levels. */
  readonly noise: number;
}

const STILL: Motion = { degrees: 0, scale: 1, shift: [0, 0], gain: 1, noise: 0 };

/** How far the frames of one simulated capture lie from its picture; a camera hands them over as JPEG. */
export const CAPTURE_SPREAD = { degrees: 3, scale: 0.05, shift: 0.03, gain: 0.1, noise: 2, jpegQuality: 90 } as const;

/** The picture turned clockwise within its frame; what comes in from outside repeats the edge. */
export async function turned(image: Uint8Array, degrees: number): Promise<Uint8Array> {
  const result = moved(await decode(image), { ...STILL, degrees }, Math.random);
  // Without loss: a second JPEG would be a second difference.
  return raw(result).png({ compressionLevel: 1 }).toBuffer();
}

/** One frame of a simulated capture: small motion, another light, sensor noise. */
export async function captureFrame(image: Uint8Array, random: Random): Promise<Uint8Array> {
  const within = (limit: number) => (2 * random() - 1) * limit;
  const motion: Motion = {
    degrees: within(CAPTURE_SPREAD.degrees),
    scale: 1 + within(CAPTURE_SPREAD.scale),
    shift: [within(CAPTURE_SPREAD.shift), within(CAPTURE_SPREAD.shift)],
    gain: 1 + within(CAPTURE_SPREAD.gain),
    noise: CAPTURE_SPREAD.noise,
  };
  const frame = moved(await decode(image), motion, random);
  return raw(frame).jpeg({ quality: CAPTURE_SPREAD.jpegQuality, chromaSubsampling: '4:2:0' }).toBuffer();
}

/** Moves by bicubic interpolation (Catmull–Rom); pixels stay exact where nothing is to interpolate. */
export function moved(source: Pixels, motion: Motion, random: Random): Pixels {
  const { width, height } = source;
  const data = new Uint8Array(width * height * 3);
  const angle = (motion.degrees * Math.PI) / 180;
  // The inverse motion: where in the source a pixel comes from.
  const cos = rounded(Math.cos(angle)) / motion.scale;
  const sin = rounded(Math.sin(angle)) / motion.scale;
  const [midX, midY] = [(width - 1) / 2, (height - 1) / 2];
  const pixel: [number, number, number] = [0, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromX = x - midX - motion.shift[0] * width;
      const fromY = y - midY - motion.shift[1] * height;
      interpolate(source, midX + cos * fromX + sin * fromY, midY - sin * fromX + cos * fromY, pixel);
      for (const value of pixel) {
        const noise = motion.noise > 0 ? motion.noise * gaussian(random) : 0;
        data[at++] = Math.min(255, Math.max(0, Math.round(value * motion.gain + noise)));
      }
    }
  }
  return { width, height, data };
}

/** cos 90° is not quite 0 in floating point. */
const rounded = (value: number) => Math.round(value * 1e12) / 1e12;

function interpolate({ width, height, data }: Pixels, x: number, y: number, into: [number, number, number]): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  into.fill(0);
  for (let row = -1; row <= 2; row++) {
    const weightY = cubic(y - top - row);
    if (weightY === 0) continue;
    const line = Math.min(height - 1, Math.max(0, top + row)) * width;
    for (let column = -1; column <= 2; column++) {
      const weight = weightY * cubic(x - left - column);
      if (weight === 0) continue;
      const at = 3 * (line + Math.min(width - 1, Math.max(0, left + column)));
      for (let c = 0; c < 3; c++) into[c] = (into[c] as number) + weight * (data[at + c] as number);
    }
  }
}

/** Catmull–Rom kernel. */
function cubic(distance: number): number {
  const d = Math.abs(distance);
  if (d >= 2) return 0;
  return d < 1 ? (1.5 * d - 2.5) * d * d + 1 : ((-0.5 * d + 2.5) * d - 4) * d + 2;
}

async function decode(image: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(image)
    .autoOrient()
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, found ${info.channels}`);
  return { width: info.width, height: info.height, data };
}

function raw({ width, height, data }: Pixels) {
  return sharp(data, { raw: { width, height, channels: 3 } });
}
