import type { Box } from './geometry.ts';
import { type FivePoints, headTurn, interEyeDistance, rollDegrees } from './landmarks.ts';
import type { FaceQuality } from './port.ts';
import { type Raster, toGrey } from './raster.ts';

/** The part of the 112×112 aligned crop that holds skin, brow to chin, without hair and background. */
const SKIN = { left: 24, top: 32, right: 88, bottom: 104 };

/** What is known of one face before it is measured. */
export interface SeenFace {
  readonly faceCount: number;
  /** Pixels of the picture that was examined. */
  readonly box: Box;
  readonly points: FivePoints;
  readonly picture: { readonly width: number; readonly height: number };
  /** How much smaller the examined picture is than the one that came in, ≥ 1. */
  readonly reduction: number;
}

/** Measures a face (ISO/IEC 29794-5 components) on its aligned 112×112 crop. */
export function measureQuality(
  face: SeenFace,
  aligned: Raster,
  { templateLength, eyesOpen }: Partial<Pick<FaceQuality, 'templateLength' | 'eyesOpen'>> = {},
): FaceQuality {
  const grey = toGrey(aligned);
  const middle = (SKIN.left + SKIN.right) / 2;
  const left = meanGrey(grey, aligned.width, { ...SKIN, right: middle });
  const right = meanGrey(grey, aligned.width, { ...SKIN, left: middle });
  return {
    faceCount: face.faceCount,
    box: {
      x: face.box.x / face.picture.width,
      y: face.box.y / face.picture.height,
      width: face.box.width / face.picture.width,
      height: face.box.height / face.picture.height,
    },
    interEyePx: interEyeDistance(face.points) * face.reduction,
    rollDegrees: rollDegrees(face.points),
    turn: headTurn(face.points),
    sharpness: laplacianVariance(grey, aligned.width, aligned.height),
    brightness: (left + right) / 2,
    evenness: Math.max(left, right) === 0 ? 1 : Math.min(left, right) / Math.max(left, right),
    eyesOpen,
    templateLength,
  };
}

/** Variance of the 4-neighbour Laplacian: low = blurred. */
export function laplacianVariance(grey: Uint8Array, width: number, height: number): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value =
        (grey[at - 1] as number) +
        (grey[at + 1] as number) +
        (grey[at - width] as number) +
        (grey[at + width] as number) -
        4 * (grey[at] as number);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}

/** Mean grey of a whole picture, 0..255: tells a dark room from an empty one. */
export function meanBrightness({ data }: Raster): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 3) {
    sum += 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
  }
  return data.length === 0 ? 0 : (sum * 3) / data.length;
}

function meanGrey(grey: Uint8Array, stride: number, part: typeof SKIN): number {
  let sum = 0;
  for (let y = part.top; y < part.bottom; y++) {
    for (let x = part.left; x < part.right; x++) sum += grey[y * stride + x] as number;
  }
  return sum / ((part.bottom - part.top) * (part.right - part.left));
}
