import { applySimilarity, invertSimilarity, type Point, similarityBetween } from './geometry.ts';
import { ARCFACE_112, type FivePoints } from './landmarks.ts';
import type { FaceLight } from './port.ts';
import type { Raster } from './raster.ts';

/** A rectangle in the recogniser's 112×112 crop, which turns and scales with the face; outside of it beyond 0 and 112. */
interface Patch {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const SKIN: readonly Patch[] = [{ left: 24, top: 32, right: 88, bottom: 104 }];
/** Nose and the cheeks beside it: they look at the light. */
const CENTRE: readonly Patch[] = [{ left: 42, top: 60, right: 70, bottom: 84 }];
/** Where the cheeks turn away to the ears. Both sides, so that a turned head or a slanted sheet of paper cancels out. */
const RIM: readonly Patch[] = [
  { left: 19, top: 58, right: 29, bottom: 86 },
  { left: 83, top: 58, right: 93, bottom: 86 },
];
/** Beside the ears: a wall or a pillow behind a head, the rest of the sheet around a printed one. */
const BESIDE: readonly Patch[] = [
  { left: -22, top: 28, right: -2, bottom: 88 },
  { left: 114, top: 28, right: 134, bottom: 88 },
];
const MIDDLE: Point = { x: 56, y: 72 };
/** The room begins this far from the middle of the face, about two heads away, and not below the chin, where the body is. */
const ROOM_RADIUS = 120;
const CHIN = 115;
const ROOM_COLUMNS = 48;
const ROOM_ROWS = 27;
const LEAST_SAMPLES = 12;

/** sRGB's tone curve undone (IEC 61966-2-1), 0..1. No camera follows it exactly; ratios before and after a change of light hardly mind. */
const LINEAR = Float32Array.from({ length: 256 }, (_, value) => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});

/**
 * How much light comes from the parts of a face and from around it: some 5,000 samples, 0.15 ms.
 * @param points of the face, pixels of the picture
 */
export function measureLight(picture: Raster, points: FivePoints): FaceLight {
  const toPicture = similarityBetween(ARCFACE_112, points);
  const inPicture = (patches: readonly Patch[], step: number) => {
    const sum = new Mean();
    for (const { left, top, right, bottom } of patches)
      for (let y = top; y < bottom; y += step)
        for (let x = left; x < right; x += step) sum.add(lightAt(picture, applySimilarity(toPicture, { x, y })));
    return sum.value;
  };
  const toCrop = invertSimilarity(toPicture);
  const room = new Mean();
  for (let row = 0; row < ROOM_ROWS; row++) {
    for (let column = 0; column < ROOM_COLUMNS; column++) {
      const at = {
        x: ((column + 0.5) / ROOM_COLUMNS) * picture.width,
        y: ((row + 0.5) / ROOM_ROWS) * picture.height,
      };
      const { x, y } = applySimilarity(toCrop, at);
      if (y < CHIN && Math.hypot(x - MIDDLE.x, y - MIDDLE.y) > ROOM_RADIUS) room.add(lightAt(picture, at));
    }
  }
  return {
    face: inPicture(SKIN, 2),
    centre: inPicture(CENTRE, 1),
    rim: inPicture(RIM, 1),
    beside: inPicture(BESIDE, 2),
    room: room.value,
  };
}

/** Linear luma (ITU-R BT.709) of the pixel at a place; `undefined` outside of the picture. */
function lightAt({ data, width, height }: Raster, { x, y }: Point): number | undefined {
  const column = Math.round(x);
  const row = Math.round(y);
  if (column < 0 || row < 0 || column >= width || row >= height) return undefined;
  const at = (row * width + column) * 3;
  const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
  return 0.2126 * (LINEAR[red] as number) + 0.7152 * (LINEAR[green] as number) + 0.0722 * (LINEAR[blue] as number);
}

class Mean {
  #sum = 0;
  #count = 0;

  add(value: number | undefined): void {
    if (value === undefined) return;
    this.#sum += value;
    this.#count++;
  }

  get value(): number | null {
    return this.#count < LEAST_SAMPLES ? null : this.#sum / this.#count;
  }
}
