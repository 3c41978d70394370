import { type Detail, detailOf, forgetDetail, mirrored, DETAIL_SIDE as SIDE } from './fine-detail.ts';

/** Rounds of registration; it stops earlier when nothing moves any more. */
const ROUNDS = 15;

/** `x' = p0·x + p1·y + p2`, `y' = p3·x + p4·y + p5`, from the middle of the patch. */
type Affine = readonly [number, number, number, number, number, number];

/**
 * How much the most alike of several aligned faces and a reference are one photograph: the correlation of their fine detail
 * after the one was laid over the other (shift, turn, scale, tilt), the better one of plain and mirrored. Pictures of one person
 * share where eyes and mouth are; only one photograph shares each crease, highlight and hair.
 * @param probes 112×112 each, one byte a pixel; left as they are
 * @param reference likewise
 * @returns −1..1; 1 = the same photograph; `undefined` without a probe, or when one of the pictures shows nothing
 */
export function greatestCorrelation(probes: readonly Uint8Array[], reference: Uint8Array): number | undefined {
  const card = detailOf(reference);
  const inverse = inverse6(normalMatrix(card));
  try {
    const likenesses = probes.map((probe) => likeness(probe, card, inverse));
    const known = likenesses.filter((one) => one !== undefined);
    return known.length === 0 || known.length < probes.length ? undefined : Math.max(...known);
  } finally {
    forgetDetail(card);
  }
}

function likeness(probe: Uint8Array, card: Detail, inverse: Float64Array | undefined): number | undefined {
  if (inverse === undefined || probe.every((value) => value === probe[0])) return undefined;
  const plain = detailOf(probe);
  const other = mirrored(plain.values);
  const likenesses = [plain.values, other].map((values) => registered(values, card, inverse));
  forgetDetail(plain);
  other.fill(0);
  return Math.max(...likenesses);
}

/** Correlation after registration by inverse compositional Gauss–Newton (Baker and Matthews). */
function registered(probe: Float32Array, reference: Detail, inverse: Float64Array): number {
  let warp: Affine = [1, 0, 0, 0, 1, 0];
  let best = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const { correlation, step } = compareAt(probe, reference, warp, inverse);
    if (correlation <= best + 1e-4 && round > 3) break;
    best = Math.max(best, correlation);
    const [a, b, c, d, e, f] = step;
    // The step moves the reference; its inverse moves the probe.
    const size = (1 + a) * (1 + e) - b * d;
    if (Math.abs(size) < 0.5) break;
    const [ia, ib, id, ie] = [(1 + e) / size, -b / size, -d / size, (1 + a) / size];
    const [ic, jf] = [-(ia * c + ib * f), -(id * c + ie * f)];
    const [p0, p1, p2, p3, p4, p5] = warp;
    warp = [
      p0 * ia + p1 * id,
      p0 * ib + p1 * ie,
      p0 * ic + p1 * jf + p2,
      p3 * ia + p4 * id,
      p3 * ib + p4 * ie,
      p3 * ic + p4 * jf + p5,
    ];
    if (!isPlausible(warp)) break;
  }
  return Math.max(-1, Math.min(1, best));
}

/** The aligned faces lie over each other within a few pixels; whatever wants more follows noise. */
function isPlausible([a, b, c, d, e, f]: Affine): boolean {
  const most = 0.35;
  return (
    Math.abs(a - 1) < most &&
    Math.abs(e - 1) < most &&
    Math.abs(b) < most &&
    Math.abs(d) < most &&
    Math.hypot(c, f) < SIDE / 6
  );
}

/** Correlation where both cover each other, and the Gauss–Newton step. */
function compareAt(probe: Float32Array, reference: Detail, warp: Affine, inverse: Float64Array) {
  const [p0, p1, p2, p3, p4, p5] = warp;
  let n = 0;
  let sumP = 0;
  let sumR = 0;
  let sumPP = 0;
  let sumRR = 0;
  let sumPR = 0;
  const pull = new Float64Array(6);
  for (let at = 0; at < FACE.length; at++) {
    const pixel = FACE[at] as number;
    const x = (pixel % SIDE) - MIDDLE;
    const y = Math.floor(pixel / SIDE) - MIDDLE;
    const u = p0 * x + p1 * y + p2 + MIDDLE;
    const v = p3 * x + p4 * y + p5 + MIDDLE;
    if (u < 0 || v < 0 || u >= SIDE - 1 || v >= SIDE - 1) continue;
    const from = Math.floor(v) * SIDE + Math.floor(u);
    const right = u - Math.floor(u);
    const low = v - Math.floor(v);
    const value =
      ((probe[from] as number) * (1 - right) + (probe[from + 1] as number) * right) * (1 - low) +
      ((probe[from + SIDE] as number) * (1 - right) + (probe[from + SIDE + 1] as number) * right) * low;
    const other = reference.values[pixel] as number;
    n++;
    sumP += value;
    sumR += other;
    sumPP += value * value;
    sumRR += other * other;
    sumPR += value * other;
    const gx = (reference.alongX[pixel] as number) * (value - other);
    const gy = (reference.alongY[pixel] as number) * (value - other);
    pull[0] = (pull[0] as number) + gx * x;
    pull[1] = (pull[1] as number) + gx * y;
    pull[2] = (pull[2] as number) + gx;
    pull[3] = (pull[3] as number) + gy * x;
    pull[4] = (pull[4] as number) + gy * y;
    pull[5] = (pull[5] as number) + gy;
  }
  const spread = Math.sqrt(Math.max(0, (sumPP - sumP ** 2 / n) * (sumRR - sumR ** 2 / n)));
  const correlation = n < FACE.length / 2 || spread === 0 ? 0 : (sumPR - (sumP * sumR) / n) / spread;
  const step = [0, 1, 2, 3, 4, 5].map((row) => {
    let sum = 0;
    for (let column = 0; column < 6; column++) sum += (inverse[row * 6 + column] as number) * (pull[column] as number);
    return sum;
  }) as unknown as Affine;
  return { correlation, step };
}

/** From the middle of the patch to the middle of its corner pixels. */
const MIDDLE = (SIDE - 1) / 2;
/** Pixels of the face, brow to chin and ear to ear, without hair and background. */
const FACE: Uint16Array = (() => {
  const inside: number[] = [];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (((x - 27.5) / 23) ** 2 + ((y - 32) / 26) ** 2 < 1) inside.push(y * SIDE + x);
    }
  }
  return Uint16Array.from(inside);
})();

function normalMatrix({ alongX, alongY }: Detail): Float64Array {
  const matrix = new Float64Array(36);
  for (const pixel of FACE) {
    const [x, y] = [(pixel % SIDE) - MIDDLE, Math.floor(pixel / SIDE) - MIDDLE];
    const [gx, gy] = [alongX[pixel] as number, alongY[pixel] as number];
    const row = [gx * x, gx * y, gx, gy * x, gy * y, gy];
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 6; j++)
        matrix[i * 6 + j] = (matrix[i * 6 + j] as number) + (row[i] as number) * (row[j] as number);
  }
  return matrix;
}

/** Gauss and Jordan. @returns `undefined` when there is no inverse: a picture without detail */
function inverse6(matrix: Float64Array): Float64Array | undefined {
  const work = Array.from({ length: 6 }, (_, i) => [
    ...matrix.subarray(i * 6, i * 6 + 6),
    ...Array.from({ length: 6 }, (_unused, j) => (i === j ? 1 : 0)),
  ]);
  for (let at = 0; at < 6; at++) {
    let pivot = at;
    for (let row = at + 1; row < 6; row++)
      if (Math.abs(work[row]?.[at] as number) > Math.abs(work[pivot]?.[at] as number)) pivot = row;
    const chosen = work[pivot] as number[];
    if (Math.abs(chosen[at] as number) < 1e-9) return undefined;
    work[pivot] = work[at] as number[];
    const by = chosen[at] as number;
    work[at] = chosen.map((value) => value / by);
    for (let row = 0; row < 6; row++) {
      if (row === at) continue;
      const factor = work[row]?.[at] as number;
      work[row] = (work[row] as number[]).map((value, column) => value - factor * (work[at]?.[column] as number));
    }
  }
  return Float64Array.from(work.flatMap((row) => row.slice(6)));
}
