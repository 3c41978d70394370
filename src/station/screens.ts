import type { CitizenScreen } from '../kiosk/protocol.ts';
import { receiptOf } from '../receipt/receipt-code.ts';
import { unreachable } from '../shared/unreachable.ts';
import type { OpenVisit, Visit } from '../visit/visit.ts';

export interface ScreenContext {
  readonly attemptsAllowed: number;
  /** False when a visit could not be finished here: the screen then says what to do instead. */
  readonly isInService: boolean;
  readonly answerMs: number;
}

/** What the person in front sees. Every result that people must finish is the same calm screen. */
export function screenOf(visit: Visit, context: ScreenContext): CitizenScreen {
  switch (visit.phase) {
    case 'idle':
      if (!context.isInService) return { screen: 'out-of-service' };
      return visit.staffCalled
        ? { screen: 'staff', receipt: null, nextStep: null }
        : { screen: 'idle', expects: 'anybody' };
    case 'open':
      return screenOfOpen(visit, context);
    case 'reinsert':
      return { screen: 'reinsert', ask: visit.code === 'NOT_THAI_ID' ? 'thai-id' : 'chip-up' };
    case 'recording':
      return { screen: 'checking' };
    case 'decided': {
      const receipt = visit.recorded ? receiptOf(visit.recorded.eventId) : null;
      const { nextStep } = visit.outcome;
      // "Done" is said only of what is on disk; after an officer has come, it says that the result is kept.
      return receipt && (visit.outcome.kind === 'verified' || visit.attended)
        ? { screen: 'done', receipt, nextStep }
        : { screen: 'staff', receipt, nextStep };
    }
    default:
      return unreachable(visit);
  }
}

function screenOfOpen(visit: OpenVisit, context: ScreenContext): CitizenScreen {
  if (visit.asking) return { screen: 'still-there', secondsLeft: Math.round(context.answerMs / 1000) };
  switch (visit.capture) {
    case 'waiting':
      return { screen: 'reading', progress: visit.progress, consent: 'asked', purpose: { id: 'face-comparison' } };
    case 'capturing':
      return {
        screen: 'capture',
        hint: visit.hint,
        framed: visit.framed,
        attempt: visit.attempt,
        attemptsAllowed: context.attemptsAllowed,
        cardProgress: visit.progress,
        dignityLeftS: null,
      };
    case 'captured':
      return { screen: 'reading', progress: visit.progress, consent: 'given', purpose: { id: 'face-comparison' } };
    case 'comparing':
      return { screen: 'checking' };
    default:
      return unreachable(visit.capture);
  }
}
