import type { FaultCode } from '../shared/faults.ts';
import type { CardSummary, ComparisonResult, Evidence, Outcome } from './types.ts';
import type { OpenVisit, VisitPolicy } from './visit.ts';

/**
 * One attempt's result from its figures. **The attack verdict has a veto** (domain rule 2): whatever the score,
 * nothing but `bona-fide` can become `matched` or be tried again.
 */
export function judge(evidence: Evidence): ComparisonResult {
  if (evidence.attack !== 'bona-fide') return { kind: 'attack-suspected', evidence };
  switch (evidence.decision) {
    case 'match':
      return { kind: 'matched', evidence };
    case 'review':
      return { kind: 'review', evidence };
    case 'non-match':
      return { kind: 'not-matched', evidence };
  }
}

/**
 * The outcome of a comparison, or `undefined` when another attempt is allowed.
 * An expired card is compared once, for evidence, and then always referred (domain rule 8).
 */
export function outcomeOfComparison(
  visit: OpenVisit,
  result: ComparisonResult,
  policy: VisitPolicy,
): Outcome | undefined {
  const evidence = result.kind === 'not-acquired' ? null : result.evidence;
  if (visit.card?.validity === 'expired') return expired(evidence);
  switch (result.kind) {
    case 'matched':
      return { kind: 'verified', evidence: result.evidence, nextStep: 'all-done' };
    case 'attack-suspected':
      return officers('attack-check', evidence);
    case 'review':
      return officers('officer-review', evidence);
    case 'not-matched':
      return visit.attempt < policy.attemptsAllowed ? undefined : officers('attempts-used', evidence);
    case 'not-acquired':
      return visit.attempt < policy.attemptsAllowed ? undefined : officers('not-acquired', evidence);
  }
}

/** A capture that found no usable face counts as an attempt; an expired card needs no face to be referred. */
export function outcomeOfCapture(visit: OpenVisit, policy: VisitPolicy): Outcome | undefined {
  return outcomeOfComparison(visit, { kind: 'not-acquired' }, policy);
}

/** Refusing has no cost and asks no reason; what the card already showed is still told. */
export function outcomeOfRefusal(card: CardSummary | undefined): Outcome {
  return card?.validity === 'expired' ? expired(null) : { kind: 'declined', nextStep: 'officer-will-check' };
}

/** `ask-again`: most faults are a card put in askew; only a second one in a row is the card's. */
export function outcomeOfCardFault(code: FaultCode): Outcome | 'ask-again' {
  return code === 'PHOTO_UNREADABLE'
    ? { kind: 'referred', reason: 'card-photo-unreadable', evidence: null, nextStep: 'renew-card' }
    : 'ask-again';
}

function expired(evidence: Evidence | null): Outcome {
  return { kind: 'referred', reason: 'card-expired', evidence, nextStep: 'renew-card' };
}

function officers(reason: Extract<Outcome, { kind: 'undetermined' }>['reason'], evidence: Evidence | null): Outcome {
  return { kind: 'undetermined', reason, evidence, nextStep: 'officer-will-check' };
}
