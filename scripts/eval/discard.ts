import type { GenuineScore } from './trials.ts';

/** Rest after discarding, in parts of the genuine comparisons. */
export interface DiscardPoint {
  readonly discarded: number;
  /** FNMR of what is left, failures to acquire counted, by threshold. */
  readonly fnmr: Readonly<Record<string, number>>;
}

export interface LengthFifth {
  /** Templates of this fifth are no longer than this. */
  readonly upTo: number;
  readonly fnmr: Readonly<Record<string, number>>;
}

/** Half of the comparisons is more than any station could send away. */
const MOST_DISCARDED = 0.5;
const STEPS = 25;

/**
 * Error-versus-discard curve (ISO/IEC 29794-1): the comparisons with the shortest templates are left out first.
 * @param thresholds name → bin
 */
export function discardCurve(
  genuine: readonly GenuineScore[],
  thresholds: Readonly<Record<string, number>>,
): readonly DiscardPoint[] {
  const sorted = byLength(genuine);
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const discarded = (MOST_DISCARDED * step) / STEPS;
    return { discarded, fnmr: fnmrOf(sorted.slice(Math.floor(discarded * sorted.length)), thresholds) };
  });
}

/** FNMR of each fifth of the comparisons, from the shortest templates to the longest. */
export function lengthFifths(
  genuine: readonly GenuineScore[],
  thresholds: Readonly<Record<string, number>>,
): readonly LengthFifth[] {
  const sorted = byLength(genuine);
  return Array.from({ length: 5 }, (_, fifth) => {
    const part = sorted.slice(Math.floor((fifth * sorted.length) / 5), Math.floor(((fifth + 1) * sorted.length) / 5));
    return { upTo: part.at(-1)?.templateLength ?? Number.NaN, fnmr: fnmrOf(part, thresholds) };
  });
}

function byLength(genuine: readonly GenuineScore[]): readonly GenuineScore[] {
  return genuine.toSorted((a, b) => a.templateLength - b.templateLength);
}

function fnmrOf(genuine: readonly GenuineScore[], thresholds: Readonly<Record<string, number>>) {
  return Object.fromEntries(
    Object.entries(thresholds).map(([name, threshold]) => [
      name,
      genuine.filter(({ bin }) => bin < threshold).length / genuine.length,
    ]),
  );
}
