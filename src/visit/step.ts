import { unreachable } from '../shared/unreachable.ts';
import { attemptsLeft, outcomeOfChoice, outcomeOfOfficers, reasonForOfficers } from './decide.ts';
import { capture, go, record, recordChoice, stay, stepOpen, withText } from './step-open.ts';
import type { OfficerAnswer } from './types.ts';
import type { DecidedVisit, OpenVisit, RecordingVisit, Step, Visit, VisitEvent, VisitPolicy } from './visit.ts';

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
      return stepReinsert(visit, event);
    case 'decided':
      return stepDecided(visit, event, policy);
    default:
      return unreachable(visit);
  }
}

function stepIdle(visit: Extract<Visit, { phase: 'idle' }>, event: VisitEvent): Step {
  switch (event.kind) {
    case 'card-inserted':
      return opened(event, visit.mishaps);
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

function opened({ visitId, task, place }: Extract<VisitEvent, { kind: 'card-inserted' }>, mishaps: number): Step {
  const visit: OpenVisit = {
    phase: 'open',
    visitId,
    task,
    place,
    mishaps,
    card: undefined,
    attemptsBefore: 0,
    progress: 0,
    photoRead: false,
    consent: 'asked',
    consents: [],
    attempt: 1,
    capture: 'waiting',
    hint: null,
    framed: false,
    asking: false,
    isTimeUp: false,
    supersedes: null,
  };
  return go(visit, { do: 'read-card' }, { do: 'start-timer', timer: 'patience' });
}

function stepReinsert(visit: Extract<Visit, { phase: 'reinsert' }>, event: VisitEvent): Step {
  const { visitId } = visit;
  if (event.kind === 'ended-by-staff') return recordChoice(visitId, null, event.choice);
  if (event.kind !== 'staff-called') return stay(visit);
  return record(visitId, null, {
    kind: 'undetermined',
    reason: 'staff-called',
    evidence: null,
    nextStep: 'officer-will-check',
  });
}

function stepRecording(visit: RecordingVisit, event: VisitEvent): Step {
  if (isOfCard(event)) return stay({ ...visit, open: readOn(visit.open, event) });
  if (event.kind !== 'recorded' && event.kind !== 'record-failed') return stay(visit);
  if (event.visitId !== visit.visitId) return stay(visit);
  const recorded = event.kind === 'recorded' ? event.recorded : null;
  const { visitId, outcome, open, byPeople } = visit;
  return stay({ phase: 'decided', visitId, outcome, open, recorded, attended: byPeople, answers: [] });
}

type CardEvent = Extract<VisitEvent, { kind: 'card-progressed' | 'card-text-read' | 'card-photo-read' }>;

const isOfCard = (event: VisitEvent): event is CardEvent =>
  event.kind === 'card-progressed' || event.kind === 'card-text-read' || event.kind === 'card-photo-read';

/** Staff came while the card was still being read: the rest of it comes in, so that one more capture may follow. */
function readOn(open: OpenVisit | null, event: CardEvent): OpenVisit | null {
  if (!open) return open;
  switch (event.kind) {
    case 'card-progressed':
      return { ...open, progress: Math.min(1, Math.max(open.progress, event.fraction)) };
    case 'card-text-read':
      return withText(open, event);
    case 'card-photo-read':
      return { ...open, progress: 1, photoRead: true };
    default:
      return unreachable(event);
  }
}

/** The outcome is on the disk; what people add to it is another event that takes its place. */
function stepDecided(visit: DecidedVisit, event: VisitEvent, policy: VisitPolicy): Step {
  if (isOfCard(event)) return stay({ ...visit, open: readOn(visit.open, event) });
  switch (event.kind) {
    case 'staff-attended':
      return stay({ ...visit, attended: true });
    case 'officer-answered':
      return answered(visit, event.answer);
    case 'capture-again-wanted': {
      const open = mayCaptureAgain(visit, policy) && visit.open;
      return open
        ? capture({ ...open, attempt: open.attempt + 1, supersedes: visit.recorded?.eventId ?? null })
        : stay(visit);
    }
    case 'ended-by-staff':
      return mayStillEnd(visit) ? again(visit, outcomeOfChoice(event.choice)) : stay(visit);
    default:
      return stay(visit);
  }
}

function answered(visit: DecidedVisit, answer: OfficerAnswer): Step {
  if (reasonForOfficers(visit.outcome) === undefined || visit.recorded === null) return stay(visit);
  const [first] = visit.answers;
  if (!first) return stay({ ...visit, answers: [answer] });
  // Dual control: the same officer twice is one officer.
  if (first.staff === answer.staff) return stay(visit);
  return again(visit, outcomeOfOfficers(visit, [first, answer]));
}

/** Another outcome of the same visit, in place of the one that is recorded. */
function again(visit: DecidedVisit, outcome: DecidedVisit['outcome']): Step {
  const supersedes = visit.recorded?.eventId ?? null;
  const open = visit.open && { ...visit.open, supersedes };
  return go(
    { phase: 'recording', visitId: visit.visitId, outcome, open, byPeople: true },
    {
      do: 'record',
      visitId: visit.visitId,
      outcome,
      visit: open,
      supersedes,
    },
  );
}

/** Whether staff may ask for one more capture: the card lies in the reader, consent stands, and the budget is not used. */
export function mayCaptureAgain({ open, outcome, recorded }: DecidedVisit, policy: VisitPolicy): boolean {
  if (!open || recorded === null || outcome.kind !== 'undetermined') return false;
  // A refused presentation goes to the officers, and whatever they say, never back to the machine (domain rule 2).
  const isRefused = outcome.evidence !== null && outcome.evidence.attack !== 'bona-fide';
  if (outcome.reason === 'attack-check' || isRefused || open.card?.validity === 'expired') return false;
  return open.consent === 'given' && open.card !== undefined && open.photoRead && attemptsLeft(open, policy) > 0;
}

/** What is verified, confirmed or represented stands: only a withdrawal, which is an event of its own, changes that. */
const mayStillEnd = ({ outcome, recorded }: DecidedVisit): boolean =>
  recorded !== null && (outcome.kind === 'undetermined' || outcome.kind === 'referred');

/** Whatever was going on, the card is gone: clear everything. What was already being recorded is still recorded. */
function removed(visit: Visit): Step {
  switch (visit.phase) {
    case 'idle':
      return stay(visit);
    case 'open':
      // A visit with an outcome keeps it: whoever goes away during one more capture has not been forgotten.
      return visit.supersedes !== null
        ? go(IDLE, { do: 'stop-timers' }, { do: 'clear' })
        : go(
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
