import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { judge, outcomeOfForm, outcomeOnPaper } from './decide.ts';
import type { Evidence, OfficerAnswer, PaperOutcome } from './types.ts';

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  score: fc.double({ min: -1, max: 1, noNaN: true }),
  decision: fc.constantFrom('match', 'review', 'non-match'),
  thresholds: fc.constant({ match: 0.43, review: 0.34 }),
  statedFmr: fc.constant(1e-3),
  attack: fc.constantFrom('bona-fide', 'attack', 'not-run'),
  attackParts: fc.constant([]),
  probes: fc.integer({ min: 0, max: 10 }),
  models: fc.constant(['m@1']),
});

test('attack detection has a veto: without a bona fide verdict nothing matches and nothing is tried again', () => {
  fc.assert(
    fc.property(anyEvidence, (evidence) => {
      const { kind } = judge(evidence);
      if (evidence.attack !== 'bona-fide') expect(kind).toBe('attack-suspected');
      if (kind === 'matched') expect(evidence).toMatchObject({ attack: 'bona-fide', decision: 'match' });
    }),
  );
});

test('each band of a bona fide presentation has its own result', () => {
  const bonaFide = {
    score: 0,
    thresholds: { match: 1, review: 0 },
    statedFmr: 1e-3,
    attack: 'bona-fide',
    attackParts: [],
    probes: 1,
    models: [],
  } as const;
  expect(judge({ ...bonaFide, decision: 'match' }).kind).toBe('matched');
  expect(judge({ ...bonaFide, decision: 'review' }).kind).toBe('review');
  expect(judge({ ...bonaFide, decision: 'non-match' }).kind).toBe('not-matched');
});

test('whatever two officers say of a paper form, only two times the same person confirms, and nothing is verified', () => {
  const anyAnswer = (staff: string): fc.Arbitrary<OfficerAnswer> =>
    fc.record({
      staff: fc.constant(staff),
      by: fc.constantFrom('pin', 'badge', 'card'),
      answer: fc.constantFrom('same-person', 'not-same-person', 'cannot-tell'),
      reason: fc.constantFrom('face-alike', 'known-in-person', 'papers-seen', 'face-changed'),
    });
  const anyReason = fc.constantFrom('camera-unavailable', 'engine-failed', 'staff-called', 'biometric-declined');
  fc.assert(
    fc.property(anyReason, anyAnswer('a'), anyAnswer('b'), (reason, first, second) => {
      const outcome = outcomeOnPaper(reason, [first, second]);
      const same = [first, second].filter(({ answer }) => answer === 'same-person').length;
      if (same === 2) expect(outcome).toMatchObject({ kind: 'confirmed-by-officer', reason, evidence: null });
      else
        expect(outcome).toMatchObject({
          kind: 'undetermined',
          reason: same === 1 ? 'officers-disagree' : 'officers-unsure',
          evidence: null,
          nextStep: 'office-will-call',
        });
    }),
  );
  expect(outcomeOfForm({ kind: 'undetermined', reason: 'no-answer' })).toMatchObject({
    kind: 'undetermined',
    nextStep: 'officer-will-check',
  });
  // Nor can it be written down.
  expectTypeOf<Extract<PaperOutcome['kind'], 'verified' | 'represented'>>().toEqualTypeOf<never>();
});
