/** Side of a patch as it is compared, pixels: half of the aligned face's. */
export const DETAIL_SIDE = 56;
const SIDE = DETAIL_SIDE;
/** Blurs between which the detail lies that two different pictures of a face do not share, pixels. */
const [FINE, COARSE, LOCAL] = [1, 4, 6] as const;

/** Detail of a face, free of light and contrast, with its gradient. */
export interface Detail {
  readonly values: Float32Array;
  readonly alongX: Float32Array;
  readonly alongY: Float32Array;
}

/**
 * What lies between a fine and a coarse blur, divided by how strong it is around each pixel.
 * @param patch 112×112, one byte a pixel; left as it is
 */
export function detailOf(patch: Uint8Array): Detail {
  const grey = halved(patch);
  const [fine, coarse] = [blurred(grey, FINE), blurred(grey, COARSE)];
  const band = fine.map((value, at) => value - (coarse[at] as number));
  const energy = band.map((value) => value * value);
  const strength = blurred(energy, LOCAL);
  const values = band.map((value, at) => value / (Math.sqrt(strength[at] as number) + 1));
  const [alongX, alongY] = [new Float32Array(SIDE * SIDE), new Float32Array(SIDE * SIDE)];
  for (let y = 1; y < SIDE - 1; y++) {
    for (let x = 1; x < SIDE - 1; x++) {
      const at = y * SIDE + x;
      alongX[at] = ((values[at + 1] as number) - (values[at - 1] as number)) / 2;
      alongY[at] = ((values[at + SIDE] as number) - (values[at - SIDE] as number)) / 2;
    }
  }
  for (const part of [grey, fine, coarse, band, energy, strength]) part.fill(0);
  return { values, alongX, alongY };
}

/** Left and right exchanged. */
export function mirrored(values: Float32Array): Float32Array {
  return values.map((_, at) => values[at - (at % SIDE) + SIDE - 1 - (at % SIDE)] as number);
}

/** Overwrites it. */
export function forgetDetail({ values, alongX, alongY }: Detail): void {
  for (const part of [values, alongX, alongY]) part.fill(0);
}

/** Mean of each 2×2 block. */
function halved(grey: Uint8Array): Float32Array {
  const half = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const from = 4 * y * SIDE + 2 * x;
      half[y * SIDE + x] =
        ((grey[from] as number) +
          (grey[from + 1] as number) +
          (grey[from + 2 * SIDE] as number) +
          (grey[from + 2 * SIDE + 1] as number)) /
        4;
    }
  }
  return half;
}

/** Gaussian blur; the edge is repeated. */
function blurred(source: Float32Array, sigma: number): Float32Array {
  const reach = Math.ceil(2 * sigma);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const pass = (from: Float32Array, stride: number, across: number) => {
    const to = new Float32Array(SIDE * SIDE);
    for (let line = 0; line < SIDE; line++) {
      for (let place = 0; place < SIDE; place++) {
        let sum = 0;
        for (let at = -reach; at <= reach; at++) {
          const near = Math.min(SIDE - 1, Math.max(0, place + at));
          sum += (weights[at + reach] as number) * (from[line * across + near * stride] as number);
        }
        to[line * across + place * stride] = sum / total;
      }
    }
    return to;
  };
  const rows = pass(source, 1, SIDE);
  const both = pass(rows, SIDE, 1);
  rows.fill(0);
  return both;
}
