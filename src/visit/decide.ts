import type { FaultCode } from '../shared/faults.ts';
import { unreachable } from '../shared/unreachable.ts';
import type {
  CardSummary,
  ComparisonResult,
  ConfirmationReason,
  Consent,
  DeskChoice,
  Evidence,
  FormChoice,
  GivenConsent,
  MatchEvidence,
  NextStepId,
  OfficerAnswer,
  Outcome,
  PaperOutcome,
  PaperReason,
  UndeterminedReason,
} from './types.ts';
import type { DecidedVisit, OpenVisit, VisitPolicy } from './visit.ts';

const isMatch = (evidence: Evidence): evidence is MatchEvidence =>
  evidence.decision === 'match' && evidence.attack === 'bona-fide';
const isGiven = (consent: Consent): consent is GivenConsent => consent.purpose === 'face-comparison' && consent.given;
const isInDate = (card: CardSummary): card is CardSummary & { validity: 'valid' | 'unchecked' } =>
  card.validity !== 'expired';

/**
 * One attempt's result from its figures. **The attack verdict has a veto** (domain rule 2): whatever the score,
 * nothing but `bona-fide` can become `matched` or be tried again.
 */
export function judge(evidence: Evidence): ComparisonResult {
  if (evidence.attack !== 'bona-fide') return { kind: 'attack-suspected', evidence };
  if (isMatch(evidence)) return { kind: 'matched', evidence };
  return { kind: evidence.decision === 'review' ? 'review' : 'not-matched', evidence };
}

/** Captures that this visit may have: what its place allows, and what the campaign has left for this person. */
export function attemptsLeft(visit: OpenVisit, policy: VisitPolicy): number {
  if (visit.isTimeUp) return 0;
  return Math.min(
    policy.attemptsAllowed[visit.place] - visit.attempt,
    policy.attemptsPerCampaign - visit.attemptsBefore - visit.attempt,
  );
}

/** Whether the campaign has no capture left for this person, not even the first of this visit. */
export const isBudgetUsed = (visit: OpenVisit, policy: VisitPolicy): boolean =>
  visit.attemptsBefore >= policy.attemptsPerCampaign;

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
  const { card } = visit;
  if (card?.validity === 'expired') return expired(visit, evidence);
  const mayTryAgain = attemptsLeft(visit, policy) > 0;
  switch (result.kind) {
    case 'matched':
      return matched(visit, result.evidence);
    case 'attack-suspected':
      return officers('attack-check', evidence);
    case 'review':
      return officers('officer-review', evidence);
    case 'not-matched':
      return mayTryAgain ? undefined : officers(usedUp(visit, policy), evidence);
    case 'not-acquired':
      return mayTryAgain ? undefined : officers(visit.isTimeUp ? 'dignity-time' : 'not-acquired', evidence);
    default:
      return unreachable(result);
  }
}

/** Who is in front has their own card and face: they are verified, or act for whom they represent. */
function matched(visit: OpenVisit, evidence: MatchEvidence): Outcome {
  const { card, task } = visit;
  const consent = visit.consents.find(isGiven);
  // The reducer compares nothing without both; the types ask for them all the same.
  if (!card || !consent || !isInDate(card)) return officers('engine-failed', evidence);
  return task.kind === 'represent'
    ? { kind: 'represented', representation: task.representation, evidence, officers: null, nextStep: 'all-done' }
    : { kind: 'verified', card, consent, evidence, nextStep: 'all-done' };
}

function usedUp(visit: OpenVisit, policy: VisitPolicy): UndeterminedReason {
  if (visit.isTimeUp) return 'dignity-time';
  return visit.attempt >= policy.attemptsAllowed[visit.place] ? 'attempts-used' : 'budget-used';
}

/** Somebody would rather have people than the machine: no cost, no reason asked. What the card already showed is still told. */
export function outcomeOfRefusal(visit: OpenVisit): Outcome {
  return visit.card?.validity === 'expired' ? expired(visit, null) : officers('biometric-declined', null);
}

/** `ask-again`: most faults are a card put in askew; only a second one in a row is the card's. */
export function outcomeOfCardFault(code: FaultCode): Outcome | 'ask-again' {
  return code === 'PHOTO_UNREADABLE'
    ? { kind: 'referred', reason: 'card-photo-unreadable', evidence: null, nextStep: 'renew-card' }
    : 'ask-again';
}

/** The machine or the time has ended the visit; people take over. An expired card is referred whatever else happened. */
export function outcomeForPeople(visit: OpenVisit, reason: UndeterminedReason): Outcome {
  return visit.card?.validity === 'expired' ? expired(visit, null) : officers(reason, null);
}

/** Which reason of an outcome two officers may answer by eye; `undefined` = it is not theirs to decide. */
export function reasonForOfficers(outcome: Outcome): ConfirmationReason | undefined {
  if (outcome.kind !== 'undetermined') return undefined;
  const { reason } = outcome;
  return reason === 'officers-disagree' || reason === 'officers-unsure' ? undefined : reason;
}

/**
 * What two officers, each without knowing the other's answer, make of it. Only two times "the same person" confirms; anything
 * else leaves it open with a next step, and accuses nobody.
 */
export function outcomeOfOfficers(visit: DecidedVisit, both: readonly [OfficerAnswer, OfficerAnswer]): Outcome {
  const reason = reasonForOfficers(visit.outcome);
  const evidence = 'evidence' in visit.outcome ? visit.outcome.evidence : null;
  // Its date came in after people had taken over.
  if (visit.open?.card?.validity === 'expired') return expired(visit.open, evidence);
  if (reason === undefined || !isConfirmed(both)) return leftOpen(both, evidence);
  const task = visit.open?.task;
  return task?.kind === 'represent'
    ? { kind: 'represented', representation: task.representation, evidence, officers: both, nextStep: 'all-done' }
    : confirmed(reason, both, evidence);
}

/** What two officers have decided on paper, each answering for it when it is entered: the same rule, without the machine. */
export function outcomeOnPaper(reason: PaperReason, both: readonly [OfficerAnswer, OfficerAnswer]): PaperOutcome {
  return isConfirmed(both) ? confirmed(reason, both, null) : leftOpen(both, null);
}

/** What else a paper form says. */
export function outcomeOfForm(choice: FormChoice): PaperOutcome {
  return choice.kind === 'undetermined' ? officers(choice.reason, null) : outcomeOfChoice(choice);
}

const isConfirmed = (both: readonly OfficerAnswer[]): boolean => both.every(({ answer }) => answer === 'same-person');

function confirmed(
  reason: ConfirmationReason,
  both: readonly [OfficerAnswer, OfficerAnswer],
  evidence: Evidence | null,
): PaperOutcome {
  return { kind: 'confirmed-by-officer', reason, officers: both, evidence, nextStep: 'all-done' };
}

function leftOpen(both: readonly OfficerAnswer[], evidence: Evidence | null): PaperOutcome {
  const isSplit = both.some(({ answer }) => answer === 'same-person');
  const reason = isSplit ? 'officers-disagree' : 'officers-unsure';
  return { kind: 'undetermined', reason, evidence, nextStep: 'office-will-call' };
}

/** What staff say of a person in front of them, or of a house where nobody could be served. */
export function outcomeOfChoice(choice: DeskChoice): PaperOutcome {
  switch (choice.kind) {
    case 'declined':
      return { kind: 'declined', nextStep: 'may-come-back' };
    case 'not-served':
      return { kind: 'not-served', reason: choice.reason, nextStep: NEXT_AFTER[choice.reason] };
    case 'referred':
      return { kind: 'referred', reason: choice.reason, evidence: null, nextStep: NEXT_AFTER[choice.reason] };
    default:
      return unreachable(choice);
  }
}

const NEXT_AFTER: Readonly<Record<Exclude<DeskChoice, { kind: 'declined' }>['reason'], NextStepId>> = {
  'not-at-home': 'team-returns',
  'in-hospital': 'team-returns',
  moved: 'register-is-updated',
  deceased: 'register-is-updated',
  'refused-visit': 'may-come-back',
  'card-expired': 'renew-card',
  'card-cancelled': 'renew-card',
  'card-damaged': 'renew-card',
  'card-unreadable': 'renew-card',
  'card-photo-unreadable': 'renew-card',
  'not-thai-id': 'bring-thai-id',
  'no-card': 'renew-card',
  child: 'guardian-comes',
};

function expired(visit: OpenVisit, evidence: Evidence | null): Outcome {
  const reason = visit.task.kind === 'represent' ? 'representative-card-expired' : 'card-expired';
  return { kind: 'referred', reason, evidence, nextStep: 'renew-card' };
}

function officers(reason: UndeterminedReason, evidence: Evidence | null): PaperOutcome {
  return { kind: 'undetermined', reason, evidence, nextStep: 'officer-will-check' };
}
