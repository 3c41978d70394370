import type { AttackVerdict } from '../visit/types.ts';
import type { FaceThresholds } from './port.ts';

/** What a comparison score means: `review` = officers decide with both pictures. */
export type ComparisonDecision = 'match' | 'review' | 'non-match';

/** Every score falls into exactly one band; what is not a number is never a match. */
export function decideComparison(
  score: number,
  thresholds: Pick<FaceThresholds, 'match' | 'review'>,
): ComparisonDecision {
  if (score >= thresholds.match) return 'match';
  if (score >= thresholds.review) return 'review';
  return 'non-match';
}

/**
 * The bands for a card of this age: only the officers' band grows, downwards; a match is a match at any age.
 * @param years since the photo was taken; `undefined` = not known, taken for new
 * @param ageing score per year, and the most of it
 */
export function bandsForAge(
  { match, review }: Pick<FaceThresholds, 'match' | 'review'>,
  years: number | undefined,
  ageing: { readonly perYear: number; readonly most: number },
): Pick<FaceThresholds, 'match' | 'review'> {
  const wider = Math.min(ageing.most, ageing.perYear * Math.max(0, years ?? 0));
  return { match, review: Math.max(-1, review - wider) };
}

/**
 * The false match rate that may be stated of a decision after so many attempts: each is another chance, and the sum of the
 * chances bounds them whatever they have in common. Frames of one attempt are fused to one comparison and add none.
 */
export function statedFmr(fmrAtMatch: number, attempts: number): number {
  return Math.min(1, fmrAtMatch * Math.max(1, attempts));
}

/**
 * Attack scores of the frames of one capture as one figure: their mean.
 * `undefined` unless detection ran, with a number as its result, on every one of them.
 */
export function fuseAttackScores(scores: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const score of scores) {
    if (score === undefined || Number.isNaN(score)) return undefined;
    sum += score;
  }
  return scores.length === 0 || Number.isNaN(sum) ? undefined : sum / scores.length;
}

/**
 * Verdict of presentation attack detection over one capture. It is a veto: only `bona-fide` lets a comparison count
 * as verified; `attack` and `not-run` both send the visit to the officers, whatever the comparison score is.
 * A frame that takes part in the comparison but was not examined makes the whole capture `not-run`.
 * @param scores attack score of every frame whose template was compared
 */
export function attackVerdict(
  scores: readonly (number | undefined)[],
  thresholds: Pick<FaceThresholds, 'attack'>,
): AttackVerdict {
  const fused = fuseAttackScores(scores);
  if (fused === undefined) return 'not-run';
  return fused >= thresholds.attack ? 'bona-fide' : 'attack';
}
