import type { Comparison } from '../manifest.ts';
import type { Calibration } from './calibrate.ts';

type Thresholds = Comparison['thresholds'];

/** Under which nothing is a match: what a pipeline runs with while its thresholds are being fitted. */
export const NOTHING_MATCHES: Thresholds = { match: 1, review: 1, calibratedOn: 'being calibrated', fmrAtMatch: 1 };

/** Decimal places of a threshold; templates differ by more between machines. */
const PLACES = 3;

/** A manifest with other thresholds of its comparison; all else stays as it is, also what is wrong with it. */
export function withThresholds(
  manifest: Readonly<Record<string, unknown>>,
  thresholds: Thresholds,
): Readonly<Record<string, unknown>> {
  return { ...manifest, comparison: { ...(manifest['comparison'] as object | undefined), thresholds } };
}

/**
 * What a calibration writes into the manifest. Thresholds are rounded up, so that no FMR is above the one that was asked for.
 * @param calibratedOn the data in words
 * @param date YYYY-MM-DD
 */
export function thresholdsOf(calibration: Calibration, calibratedOn: string, fmr: number, date: string): Thresholds {
  const { interval, people, genuine, impostors, worstGroup, fnmrAtMatch, fnmrAtReview } = calibration;
  const up = (score: number) => Math.min(1, Math.ceil(score * 10 ** PLACES - 1e-6) / 10 ** PLACES);
  const near = (value: number) => Number(value.toFixed(4));
  return {
    match: up(calibration.match),
    review: up(calibration.review),
    calibratedOn,
    fmrAtMatch: fmr,
    interval: [near(interval.low), near(interval.high)],
    calibration: {
      date,
      people,
      genuine,
      impostors,
      worstGroup,
      fnmrAtMatch: near(fnmrAtMatch.value),
      fnmrAtReview: near(fnmrAtReview.value),
    },
  };
}
