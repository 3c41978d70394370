/**
 * Error rates over binned comparison scores (ISO/IEC 19795-1). A threshold is the lower edge of a bin, and a score is
 * accepted when it lies at or above it, so scores that tie are always accepted or refused together.
 */

/** Bins to a unit of score. */
const PER_UNIT = 10_000;
/** Bins of −1..1, the last one for 1 itself. */
export const BIN_COUNT = 2 * PER_UNIT + 1;
/** The bin of a comparison that could not be made (failure to acquire): below every threshold. */
export const NO_SCORE = -1;
/** Rounding of float32 products must not drop a score below the edge that it lies on. */
const ROUNDING = 1e-4;

/** Bin of a score, −1..1; what lies outside is counted in the outermost bin. */
export function binOf(score: number): number {
  const bin = Math.floor((score + 1) * PER_UNIT + ROUNDING);
  return Math.min(BIN_COUNT - 1, Math.max(0, bin));
}

/** The lowest score of a bin. */
export function scoreOf(bin: number): number {
  return Math.round(bin - PER_UNIT) / PER_UNIT;
}

/** Bin → share of all comparisons that lie in it or above: FMR of impostor scores, 1 − FNMR of genuine ones. */
export type RateCurve = Float64Array;

/**
 * Turns counts into a curve, in place, for bootstrap rounds make thousands of them.
 * @param counts comparisons in each bin, weighted or not
 * @param total all comparisons, also those without a score where these count as errors; 0 makes a curve of no numbers
 */
export function rateCurve(counts: Float64Array, total: number): RateCurve {
  let above = 0;
  for (let bin = BIN_COUNT - 1; bin >= 0; bin--) {
    above += counts[bin] as number;
    counts[bin] = total > 0 ? above / total : Number.NaN;
  }
  return counts;
}

/** Comparisons in each bin, none yet; and one bin more, which stays empty: nothing lies above the last one. */
export function emptyCounts(): Float64Array {
  return new Float64Array(BIN_COUNT + 1);
}

/** Counts one comparison, or part of one, in a bin. */
export function addTo(counts: Float64Array, bin: number, weight: number): void {
  counts[bin] = (counts[bin] as number) + weight;
}

/** Share at or above the edge of `bin`; nothing lies above the last one. */
export function rateAt(curve: RateCurve, bin: number): number {
  return curve[Math.min(BIN_COUNT, Math.max(0, bin))] as number;
}

/** The lowest threshold, as a bin, whose FMR is not above `target`; `BIN_COUNT` accepts nothing, {@link NO_SCORE} without data. */
export function thresholdFor(fmr: RateCurve, target: number): number {
  if (Number.isNaN(fmr[0])) return NO_SCORE;
  // Weighted sums of the same comparisons may differ in their last digit.
  const limit = target * (1 + 1e-9);
  let bin = BIN_COUNT;
  while (bin > 0 && (fmr[bin - 1] as number) <= limit) bin--;
  return bin;
}

/** The rate where FMR and 1 − TAR are closest, as their mean; not a number when it lies below bin `knownFrom`. */
export function equalErrorRate(fmr: RateCurve, tar: RateCurve, knownFrom: number): number {
  let best = { gap: 1, rate: Number.NaN };
  for (let bin = BIN_COUNT; bin >= knownFrom; bin--) {
    const [falseMatch, falseReject] = [fmr[bin] as number, 1 - (tar[bin] as number)];
    const gap = Math.abs(falseMatch - falseReject);
    if (gap < best.gap) best = { gap, rate: (falseMatch + falseReject) / 2 };
    if (falseMatch >= falseReject) return best.rate;
  }
  return Number.NaN;
}

/** The threshold at which as many genuine as impostor comparisons are decided best, one of each kind for the other. */
export function mostAccurateThreshold(fmr: RateCurve, tar: RateCurve, knownFrom: number): number {
  let best = { accuracy: 0, bin: BIN_COUNT };
  for (let bin = BIN_COUNT; bin >= knownFrom; bin--) {
    const accuracy = accuracyAt(fmr, tar, bin);
    if (accuracy > best.accuracy) best = { accuracy, bin };
  }
  return best.bin;
}

/** Share of right decisions on as many genuine as impostor comparisons. */
export function accuracyAt(fmr: RateCurve, tar: RateCurve, bin: number): number {
  return (rateAt(tar, bin) + 1 - rateAt(fmr, bin)) / 2;
}
