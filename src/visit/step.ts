import { unreachable } from '../shared/unreachable.ts';
import { outcomeOfCapture, outcomeOfCardFault, outcomeOfComparison, outcomeOfRefusal } from './decide.ts';
import type { Outcome } from './types.ts';
import type { OpenVisit, Step, Visit, VisitEffect, VisitEvent, VisitPolicy } from './visit.ts';

/** Two failed reads in a row and people take over. */
const MISHAPS_ALLOWED = 2;

export const IDLE: Extract<Visit, { phase: 'idle' }> = { phase: 'idle', mishaps: 0, staffCalled: false };

/**
 * The visit as a reducer: pure, total, and deaf to events that come too late.
 * Every path ends in an outcome of the domain or back in `idle`; "rejected" does not exist.
 */
export function step(visit: Visit, event: VisitEvent, policy: VisitPolicy): Step {
  if (event.kind === 'card-removed') return removed(visit);
  switch (visit.phase) {
    case 'idle':
      return stepIdle(visit, event);
    case 'open':
      return stepOpen(visit, event, policy);
    case 'recording':
      return stepRecording(visit, event);
    case 'reinsert':
      return event.kind === 'staff-called'
        ? record(visit.visitId, null, {
            kind: 'undetermined',
            reason: 'staff-called',
            evidence: null,
            nextStep: 'officer-will-check',
          })
        : stay(visit);
    case 'decided':
      return event.kind === 'staff-attended' ? stay({ ...visit, attended: true }) : stay(visit);
    default:
      return unreachable(visit);
  }
}

const stay = (visit: Visit): Step => ({ visit, effects: [] });
const go = (visit: Visit, ...effects: VisitEffect[]): Step => ({ visit, effects });

function stepIdle(visit: Extract<Visit, { phase: 'idle' }>, event: VisitEvent): Step {
  switch (event.kind) {
    case 'card-inserted':
      return opened(event.visitId, visit.mishaps);
    case 'staff-called':
      return go({ ...visit, staffCalled: true }, { do: 'start-timer', timer: 'patience' });
    case 'staff-attended':
      return stay({ ...visit, staffCalled: false });
    case 'patience-ended':
      return stay(IDLE);
    default:
      return stay(visit);
  }
}

function opened(visitId: string, mishaps: number): Step {
  const visit: OpenVisit = {
    phase: 'open',
    visitId,
    mishaps,
    card: undefined,
    progress: 0,
    photoRead: false,
    consent: 'asked',
    attempt: 1,
    capture: 'waiting',
    hint: null,
    framed: false,
    asking: false,
  };
  return go(visit, { do: 'read-card' }, { do: 'start-timer', timer: 'patience' });
}

function stepOpen(visit: OpenVisit, event: VisitEvent, policy: VisitPolicy): Step {
  switch (event.kind) {
    case 'card-progressed':
      return stay({ ...visit, progress: Math.min(1, Math.max(visit.progress, event.fraction)) });
    case 'card-text-read':
      return stay({ ...visit, card: event.card });
    case 'card-photo-read':
      return compareWhenReady({ ...visit, progress: 1, photoRead: true });
    case 'card-failed':
      return cardFailed(visit, event.code);
    case 'consent-given':
      return visit.consent === 'given'
        ? stay(visit)
        : go(
            { ...visit, consent: 'given', capture: 'capturing', asking: false },
            { do: 'stop-timers' },
            { do: 'start-capture', attempt: visit.attempt },
          );
    case 'consent-refused':
      return visit.consent === 'given' ? stay(visit) : record(visit.visitId, visit, outcomeOfRefusal(visit.card));
    case 'staff-called':
      return ended(visit, 'staff-called');
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
        : settle(visit, outcomeOfCapture(visit, policy));
    case 'compared':
      return visit.capture === 'comparing'
        ? settle(visit, outcomeOfComparison(visit, event.result, policy))
        : stay(visit);
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
    case 'card-inserted':
    case 'card-removed':
    case 'recorded':
    case 'record-failed':
    case 'staff-attended':
      return stay(visit);
    default:
      return unreachable(event);
  }
}

/** The decision needs both sides: the whole card and the probes; whichever comes last starts it. */
function compareWhenReady(visit: OpenVisit): Step {
  if (!visit.card || !visit.photoRead || visit.capture !== 'captured') return stay(visit);
  return go({ ...visit, capture: 'comparing' }, { do: 'compare' });
}

/** Either an outcome, or (`undefined`) another attempt. */
function settle(visit: OpenVisit, outcome: Outcome | undefined): Step {
  if (outcome) return record(visit.visitId, visit, outcome);
  const attempt = visit.attempt + 1;
  return go({ ...visit, attempt, capture: 'capturing', hint: null, framed: false }, { do: 'start-capture', attempt });
}

function ended(visit: OpenVisit, reason: Extract<Outcome, { kind: 'undetermined' }>['reason']): Step {
  return record(visit.visitId, visit, { kind: 'undetermined', reason, evidence: null, nextStep: 'officer-will-check' });
}

function record(visitId: string, visit: OpenVisit | null, outcome: Outcome): Step {
  return go(
    { phase: 'recording', visitId, outcome },
    { do: 'stop-timers' },
    { do: 'stop-capture' },
    { do: 'record', visitId, outcome, visit },
  );
}

function cardFailed(visit: OpenVisit, code: Parameters<typeof outcomeOfCardFault>[0]): Step {
  const mishaps = visit.mishaps + 1;
  const outcome = outcomeOfCardFault(code);
  if (outcome === 'ask-again' && mishaps < MISHAPS_ALLOWED)
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

function stepRecording(visit: Extract<Visit, { phase: 'recording' }>, event: VisitEvent): Step {
  if (event.kind === 'recorded' && event.visitId === visit.visitId)
    return stay({ ...visit, phase: 'decided', recorded: event.recorded, attended: false });
  if (event.kind === 'record-failed' && event.visitId === visit.visitId)
    return stay({ ...visit, phase: 'decided', recorded: null, attended: false });
  return stay(visit);
}

/** Whatever was going on, the card is gone: clear everything. What was already being recorded is still recorded. */
function removed(visit: Visit): Step {
  switch (visit.phase) {
    case 'idle':
      return stay(visit);
    case 'open':
      return go(
        IDLE,
        { do: 'record-abandoned', visitId: visit.visitId, code: null },
        { do: 'stop-timers' },
        { do: 'clear' },
      );
    case 'reinsert':
      return go(
        { ...IDLE, mishaps: visit.mishaps },
        { do: 'record-abandoned', visitId: visit.visitId, code: visit.code },
        { do: 'clear' },
        { do: 'start-timer', timer: 'patience' },
      );
    case 'recording':
    case 'decided':
      return go(IDLE, { do: 'clear' });
    default:
      return unreachable(visit);
  }
}
