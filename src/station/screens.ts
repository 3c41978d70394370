import type { CitizenScreen, Receipt, Words } from '../kiosk/protocol.ts';
import { unreachable } from '../shared/unreachable.ts';
import { purposeAsked } from '../visit/step-open.ts';
import type { Outcome } from '../visit/types.ts';
import type { DecidedVisit, OpenVisit, Visit, VisitPolicy } from '../visit/visit.ts';

export interface ScreenContext {
  readonly policy: VisitPolicy;
  /** The programme's words for each purpose but the comparison. */
  readonly purposeWords: (purpose: string) => Words;
  readonly expects: 'anybody' | 'representative';
  readonly dignityLeftS: number | null;
  /** False when a visit could not be finished here: the screen then says what to do instead. */
  readonly isInService: boolean;
  readonly answerMs: number;
  /** What the citizen takes along. */
  readonly receipt: (visit: DecidedVisit) => Receipt;
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
      const receipt = visit.recorded ? context.receipt(visit) : null;
      const { nextStep } = visit.outcome;
      // "Done" is said only of what is on disk; after an officer has come, it says that the result is kept.
      return receipt && (isFinished(visit.outcome) || visit.attended)
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
      return { screen: 'reading', progress: visit.progress, consent: 'asked', purpose: asked(visit, context) };
    case 'capturing':
      return {
        screen: 'capture',
        hint: visit.hint,
        framed: visit.framed,
        attempt: visit.attempt,
        attemptsAllowed: context.policy.attemptsAllowed[visit.place],
        cardProgress: visit.progress,
        dignityLeftS: context.dignityLeftS,
      };
    case 'captured':
      return { screen: 'reading', progress: visit.progress, consent: 'given', purpose: { id: 'face-comparison' } };
    case 'comparing':
      return { screen: 'checking' };
    default:
      return unreachable(visit.capture);
  }
}

/** Nobody is waited for: all that is left is to take the card. */
const isFinished = ({ kind }: Outcome): boolean =>
  kind === 'verified' || kind === 'confirmed-by-officer' || kind === 'represented';

function asked(visit: OpenVisit, context: ScreenContext) {
  const id = purposeAsked(visit, context.policy) ?? 'face-comparison';
  return id === 'face-comparison' ? ({ id } as const) : { id, words: context.purposeWords(id) };
}
