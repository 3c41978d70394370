import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attackVerdict, bandsForAge, decideComparison, fuseAttackScores, statedFmr } from './decide.ts';

const anyNumber = fc.double();
const bands = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([one, other]) => ({ match: Math.max(one, other), review: Math.min(one, other) }));

describe('comparison decision', () => {
  test.each([
    { score: 0.43, decision: 'match' },
    { score: 0.4299, decision: 'review' },
    { score: 0.34, decision: 'review' },
    { score: 0.3399, decision: 'non-match' },
    { score: Number.NaN, decision: 'non-match' },
  ])('$score is $decision', ({ score, decision }) => {
    expect(decideComparison(score, { match: 0.43, review: 0.34 })).toBe(decision);
  });

  test('every number has one decision, and only a score at the threshold or above is a match', () => {
    fc.assert(
      fc.property(anyNumber, bands, (score, thresholds) => {
        const decision = decideComparison(score, thresholds);
        expect(['match', 'review', 'non-match']).toContain(decision);
        expect(decision === 'match').toBe(score >= thresholds.match);
      }),
    );
  });

  test('a higher score never has a worse decision', () => {
    const rank = { 'non-match': 0, review: 1, match: 2 };
    const score = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, score, bands, (one, other, thresholds) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        expect(rank[decideComparison(high, thresholds)]).toBeGreaterThanOrEqual(
          rank[decideComparison(low, thresholds)],
        );
      }),
    );
  });
});

describe('age of the card and attempts', () => {
  const ageing = { perYear: 0.005, most: 0.04 };
  const years = fc.option(fc.double({ min: -5, max: 200, noNaN: true }), { nil: undefined });

  test('an older card widens the band of the officers, up to the most, and never what is a match', () => {
    fc.assert(
      fc.property(bands, years, years, (thresholds, one, other) => {
        const [younger, older] = (one ?? 0) < (other ?? 0) ? [one, other] : [other, one];
        const [before, after] = [bandsForAge(thresholds, younger, ageing), bandsForAge(thresholds, older, ageing)];
        expect(after.match).toBe(thresholds.match);
        expect(after.review).toBeLessThanOrEqual(before.review);
        expect(thresholds.review - after.review).toBeLessThanOrEqual(ageing.most + 1e-12);
      }),
    );
    expect(bandsForAge({ match: 0.46, review: 0.37 }, undefined, ageing)).toEqual({ match: 0.46, review: 0.37 });
    expect(bandsForAge({ match: 0.46, review: 0.37 }, 4, ageing).review).toBeCloseTo(0.35);
  });

  test('every further attempt is another chance to be taken for somebody else', () => {
    expect([0, 1, 2, 3].map((attempts) => statedFmr(1e-3, attempts))).toEqual([1e-3, 1e-3, 2e-3, 3e-3]);
    expect(statedFmr(0.5, 9)).toBe(1);
  });
});

describe('attack verdict', () => {
  const thresholds = { attack: 8.1 };

  test.each([
    { name: 'no frame', scores: [], verdict: 'not-run' },
    { name: 'one frame not examined', scores: [20, undefined, 20], verdict: 'not-run' },
    { name: 'one result is not a number', scores: [20, Number.NaN], verdict: 'not-run' },
    { name: 'mean at the threshold', scores: [8.1], verdict: 'bona-fide' },
    { name: 'one weak frame among good ones', scores: [12, 6, 11], verdict: 'bona-fide' },
    { name: 'mean below', scores: [9, 7, 8], verdict: 'attack' },
  ] as const)('$name: $verdict', ({ scores, verdict }) => {
    expect(attackVerdict(scores, thresholds)).toBe(verdict);
  });

  test('bona fide needs every frame examined and the mean at the threshold, whatever else comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.option(anyNumber, { nil: undefined })), anyNumber, (scores, attack) => {
        if (attackVerdict(scores, { attack }) !== 'bona-fide') return;
        expect(scores.length).toBeGreaterThan(0);
        for (const score of scores) expect(score).not.toBeUndefined();
        expect(fuseAttackScores(scores)).toBeGreaterThanOrEqual(attack);
      }),
    );
  });
});
