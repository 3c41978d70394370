/** How one series follows another. */
export interface Following {
  /** Change of the one per unit of the other. */
  readonly slope: number;
  /** Standard error of the slope. */
  readonly error: number;
  /** Correlation, −1..1. */
  readonly correlation: number;
}

/** A sample whose residual is further off than so many standard deviations is left out once: somebody walked by, a head jerked. */
const OUTLIER = 3.5;
/** The most that neighbouring residuals may be alike and still be allowed for. */
const MOST_ALIKE = 0.8;

/**
 * Least squares of `ys` on `xs`, beside a mean and an even drift over time (clouds, a camera that finds its exposure). The error
 * allows for residuals that are alike from one sample to the next, as those of a moving head are.
 * @returns `undefined` with fewer than six samples, or when `xs` hardly changes but by drifting
 */
export function follow(ys: readonly number[], xs: readonly number[], times: readonly number[]): Following | undefined {
  const all = ys.map((_, index) => index);
  const first = leastSquares(ys, xs, times, all);
  if (!first) return undefined;
  const kept = all.filter((_, place) => Math.abs(first.residuals[place] as number) <= OUTLIER * first.deviation);
  const { slope, error, correlation } = (kept.length < all.length && leastSquares(ys, xs, times, kept)) || first;
  return { slope, error, correlation };
}

function leastSquares(ys: readonly number[], xs: readonly number[], times: readonly number[], kept: readonly number[]) {
  const free = kept.length - 3;
  if (free < 3) return undefined;
  const pick = (series: readonly number[]) => kept.map((index) => series[index] as number);
  const ts = centred(pick(times));
  const x = without(centred(pick(xs)), ts);
  const y = without(centred(pick(ys)), ts);
  const xx = dot(x, x);
  if (xx < 1e-9) return undefined;
  const slope = dot(x, y) / xx;
  const residuals = y.map((value, at) => value - slope * (x[at] as number));
  const left = dot(residuals, residuals);
  let neighbours = 0;
  for (let at = 1; at < residuals.length; at++) neighbours += (residuals[at] as number) * (residuals[at - 1] as number);
  const alike = left === 0 ? 0 : Math.min(MOST_ALIKE, Math.max(0, neighbours / left));
  const deviation = Math.sqrt(left / free);
  const error = (deviation / Math.sqrt(xx)) * Math.sqrt((1 + alike) / (1 - alike));
  const yy = dot(y, y);
  return { slope, error, correlation: yy === 0 ? 0 : dot(x, y) / Math.sqrt(xx * yy), residuals, deviation };
}

function centred(series: readonly number[]): readonly number[] {
  const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
  return series.map((value) => value - mean);
}

/** What is left of a centred series when its share of another is taken out. */
function without(series: readonly number[], other: readonly number[]): readonly number[] {
  const size = dot(other, other);
  if (size === 0) return series;
  const share = dot(series, other) / size;
  return series.map((value, at) => value - share * (other[at] as number));
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] as number), 0);
}
