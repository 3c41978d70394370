import type { FaultCode } from '../shared/faults.ts';
import { unreachable } from '../shared/unreachable.ts';
import {
  isBudgetUsed,
  outcomeForPeople,
  outcomeOfCardFault,
  outcomeOfChoice,
  outcomeOfComparison,
  outcomeOfRefusal,
} from './decide.ts';
import type { ComparisonResult, Consent, DeskChoice, Outcome } from './types.ts';
import type { OpenVisit, Step, Visit, VisitEffect, VisitEvent, VisitPolicy } from './visit.ts';

/** Two failed reads in a row and people take over. */
const MISHAPS_ALLOWED = 2;

export const stay = (visit: Visit): Step => ({ visit, effects: [] });
export const go = (visit: Visit, ...effects: VisitEffect[]): Step => ({ visit, effects });

/** What is asked of the person just now, or `undefined` when every purpose has its answer. */
export const purposeAsked = (visit: OpenVisit, policy: VisitPolicy): string | undefined =>
  policy.purposes.find((purpose) => !visit.consents.some((consent) => consent.purpose === purpose));

/** The visit while nothing is recorded yet. */
export function stepOpen(visit: OpenVisit, event: VisitEvent, policy: VisitPolicy): Step {
  switch (event.kind) {
    case 'card-progressed':
      return stay({ ...visit, progress: Math.min(1, Math.max(visit.progress, event.fraction)) });
    case 'card-text-read':
      return textRead(withText(visit, event), policy);
    case 'card-photo-read':
      return compareWhenReady({ ...visit, progress: 1, photoRead: true });
    case 'card-failed':
      return cardFailed(visit, event.code);
    case 'consent-given':
    case 'consent-refused':
      return consented(visit, event, policy);
    case 'staff-called':
      return ended(visit, 'staff-called');
    case 'ended-by-staff':
      return recordChoice(visit.visitId, visit, event.choice);
    case 'frame-judged':
      return visit.capture === 'capturing'
        ? stay({ ...visit, hint: event.hint, framed: event.hint === null })
        : stay(visit);
    case 'probes-captured':
      return visit.capture === 'capturing'
        ? compareWhenReady({ ...visit, capture: 'captured', hint: null, framed: true })
        : stay(visit);
    case 'capture-failed':
      if (visit.capture !== 'capturing') return stay(visit);
      return event.reason === 'camera-unavailable'
        ? ended(visit, 'camera-unavailable')
        : settle(visit, { kind: 'not-acquired' }, policy);
    case 'compared':
      return visit.capture === 'comparing' ? settle(visit, event.result, policy) : stay(visit);
    case 'comparison-failed':
      return visit.capture === 'comparing' ? ended(visit, 'engine-failed') : stay(visit);
    case 'patience-ended':
      return visit.consent === 'asked'
        ? go({ ...visit, asking: true }, { do: 'start-timer', timer: 'answer' })
        : stay(visit);
    case 'more-time-wanted':
      return visit.asking
        ? go({ ...visit, asking: false }, { do: 'stop-timers' }, { do: 'start-timer', timer: 'patience' })
        : stay(visit);
    case 'answer-time-ended':
      return visit.asking ? ended(visit, 'no-answer') : stay(visit);
    case 'dignity-ended':
      return timeUp(visit);
    case 'card-inserted':
    case 'card-removed':
    case 'recorded':
    case 'record-failed':
    case 'staff-attended':
    case 'officer-answered':
    case 'capture-again-wanted':
      return stay(visit);
    default:
      return unreachable(event);
  }
}

/** Begins a capture, anew or for the first time. */
export function capture(visit: OpenVisit): Step {
  const { attempt, place, isTimeUp, supersedes } = visit;
  const fresh: OpenVisit = { ...visit, capture: 'capturing', hint: null, framed: false };
  const start: VisitEffect = { do: 'start-capture', attempt };
  // Whoever was left in peace while people looked is not held up to the camera without a limit afterwards.
  const isBegun = attempt > 1 && supersedes === null;
  return place === 'bedside' && !isTimeUp && !isBegun
    ? go(fresh, start, { do: 'start-timer', timer: 'dignity' })
    : go(fresh, start);
}

export function record(visitId: string, visit: OpenVisit | null, outcome: Outcome): Step {
  return go(
    { phase: 'recording', visitId, outcome, open: visit, byPeople: false },
    { do: 'stop-timers' },
    { do: 'stop-capture' },
    { do: 'record', visitId, outcome, visit, supersedes: visit?.supersedes ?? null },
  );
}

/** What staff know ends the visit: they are there, and nobody has to be called. */
export function recordChoice(visitId: string, visit: OpenVisit | null, choice: DeskChoice): Step {
  const { effects } = record(visitId, visit, outcomeOfChoice(choice));
  return go({ phase: 'recording', visitId, outcome: outcomeOfChoice(choice), open: visit, byPeople: true }, ...effects);
}

/** Each purpose is asked by itself; the comparison comes first, and without it there is no capture. */
function consented(
  visit: OpenVisit,
  event: Extract<VisitEvent, { kind: 'consent-given' | 'consent-refused' }>,
  policy: VisitPolicy,
): Step {
  if (event.purpose !== purposeAsked(visit, policy)) return stay(visit);
  const { purpose, how, isShort } = event;
  const consent: Consent = { purpose, given: event.kind === 'consent-given', how, ...(isShort ? { isShort } : {}) };
  const answered: OpenVisit = { ...visit, consents: [...visit.consents, consent], asking: false };
  const isCompared = answered.consents[0]?.given === true;
  if (!isCompared) return record(visit.visitId, answered, outcomeOfRefusal(answered));
  if (purposeAsked(answered, policy) !== undefined)
    return go(answered, { do: 'stop-timers' }, { do: 'start-timer', timer: 'patience' });
  if (visit.card && isBudgetUsed(visit, policy)) return ended(answered, 'budget-used');
  const { visit: capturing, effects } = capture({ ...answered, consent: 'given' });
  return go(capturing, { do: 'stop-timers' }, ...effects);
}

/** What the chip's text says. Nobody represents somebody with that person's own card. */
export function withText(visit: OpenVisit, event: Extract<VisitEvent, { kind: 'card-text-read' }>): OpenVisit {
  const { card, attemptsBefore, isRepresented } = event;
  return { ...visit, card, attemptsBefore, task: isRepresented ? { kind: 'own' } : visit.task };
}

/** Who has used the campaign's captures is not asked to look into the camera once more. */
function textRead(visit: OpenVisit, policy: VisitPolicy): Step {
  return visit.consent === 'given' && visit.card?.validity !== 'expired' && isBudgetUsed(visit, policy)
    ? ended(visit, 'budget-used')
    : compareWhenReady(visit);
}

/** The decision needs both sides: the whole card and the probes; whichever comes last starts it. */
function compareWhenReady(visit: OpenVisit): Step {
  if (!visit.card || !visit.photoRead || visit.capture !== 'captured') return stay(visit);
  return go({ ...visit, capture: 'comparing' }, { do: 'compare' });
}

/** Either an outcome or another attempt; an attempt that did not verify counts from now on. */
function settle(visit: OpenVisit, result: ComparisonResult, policy: VisitPolicy): Step {
  const outcome = outcomeOfComparison(visit, result, policy);
  const counted: VisitEffect[] =
    result.kind === 'matched'
      ? []
      : [{ do: 'record-attempt', visitId: visit.visitId, attempt: visit.attempt, result: result.kind }];
  const next = outcome ? record(visit.visitId, visit, outcome) : capture({ ...visit, attempt: visit.attempt + 1 });
  return go(next.visit, ...counted, ...next.effects);
}

function ended(visit: OpenVisit, reason: Extract<Outcome, { kind: 'undetermined' }>['reason']): Step {
  return record(visit.visitId, visit, outcomeForPeople(visit, reason));
}

/** A comparison that is under way may still end well; nothing new is asked of the person. */
function timeUp(visit: OpenVisit): Step {
  if (visit.capture === 'capturing' || (visit.capture === 'captured' && !visit.photoRead))
    return ended({ ...visit, isTimeUp: true }, 'dignity-time');
  return stay({ ...visit, isTimeUp: true });
}

function cardFailed(visit: OpenVisit, code: FaultCode): Step {
  const mishaps = visit.mishaps + 1;
  const outcome = outcomeOfCardFault(code);
  // A visit that has an outcome already does not begin anew.
  if (outcome === 'ask-again' && mishaps < MISHAPS_ALLOWED && visit.supersedes === null)
    return go(
      { phase: 'reinsert', visitId: visit.visitId, code, mishaps },
      { do: 'stop-timers' },
      { do: 'stop-capture' },
    );
  return record(
    visit.visitId,
    visit,
    outcome === 'ask-again'
      ? {
          kind: 'referred',
          reason: code === 'NOT_THAI_ID' ? 'not-thai-id' : 'card-unreadable',
          evidence: null,
          nextStep: code === 'NOT_THAI_ID' ? 'bring-thai-id' : 'renew-card',
        }
      : outcome,
  );
}
