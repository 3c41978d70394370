import type { FaultCode } from '../shared/faults.ts';
import type { CardSummary, ComparisonResult, HintId, Outcome, Recorded } from './types.ts';

/** A visit in progress, from the card going in to the outcome. */
export interface OpenVisit {
  readonly phase: 'open';
  readonly visitId: string;
  /** Card reads that failed in a row before this one. */
  readonly mishaps: number;
  /** What the chip's text said; `undefined` until it is read. */
  readonly card: CardSummary | undefined;
  /** 0..1 of all bytes of the card; 1 once the photo is there too. */
  readonly progress: number;
  readonly photoRead: boolean;
  readonly consent: 'asked' | 'given';
  /** 1-based; a capture is one attempt. */
  readonly attempt: number;
  readonly capture: 'waiting' | 'capturing' | 'captured' | 'comparing';
  readonly hint: HintId | null;
  readonly framed: boolean;
  /** True while the screen asks "do you need more time?". */
  readonly asking: boolean;
}

/** The state of the station towards the person in front of it. */
export type Visit =
  | {
      readonly phase: 'idle';
      /** Card reads that failed in a row; forgotten after a while, since the next person is another one. */
      readonly mishaps: number;
      /** Somebody without a card in the reader asked for help. */
      readonly staffCalled: boolean;
    }
  | OpenVisit
  /** The card could not be read this once; it should be put in again. */
  | { readonly phase: 'reinsert'; readonly visitId: string; readonly code: FaultCode; readonly mishaps: number }
  | { readonly phase: 'recording'; readonly visitId: string; readonly outcome: Outcome }
  | {
      readonly phase: 'decided';
      readonly visitId: string;
      readonly outcome: Outcome;
      readonly recorded: Recorded | null;
      /** An officer has come; only the card is still to be taken out. */
      readonly attended: boolean;
    };

/** What happened. Past tense; every timer is an event too. */
export type VisitEvent =
  | { readonly kind: 'card-inserted'; readonly visitId: string }
  | { readonly kind: 'card-progressed'; readonly fraction: number }
  | { readonly kind: 'card-text-read'; readonly card: CardSummary }
  | { readonly kind: 'card-photo-read' }
  | { readonly kind: 'card-failed'; readonly code: FaultCode }
  | { readonly kind: 'card-removed' }
  | { readonly kind: 'consent-given' }
  | { readonly kind: 'consent-refused' }
  | { readonly kind: 'staff-called' }
  /** An officer has taken over at the staff screen. */
  | { readonly kind: 'staff-attended' }
  | { readonly kind: 'frame-judged'; readonly hint: HintId | null }
  | { readonly kind: 'probes-captured' }
  | { readonly kind: 'capture-failed'; readonly reason: 'not-acquired' | 'camera-unavailable' }
  | { readonly kind: 'compared'; readonly result: ComparisonResult }
  | { readonly kind: 'comparison-failed' }
  | { readonly kind: 'recorded'; readonly visitId: string; readonly recorded: Recorded }
  | { readonly kind: 'record-failed'; readonly visitId: string }
  | { readonly kind: 'patience-ended' }
  | { readonly kind: 'answer-time-ended' }
  | { readonly kind: 'more-time-wanted' };

/** What the runner must do. Imperative. */
export type VisitEffect =
  | { readonly do: 'read-card' }
  | { readonly do: 'start-capture'; readonly attempt: number }
  | { readonly do: 'stop-capture' }
  | { readonly do: 'compare' }
  | { readonly do: 'record'; readonly visitId: string; readonly outcome: Outcome; readonly visit: OpenVisit | null }
  | { readonly do: 'record-abandoned'; readonly visitId: string; readonly code: FaultCode | null }
  | { readonly do: 'start-timer'; readonly timer: VisitTimer }
  | { readonly do: 'stop-timers' }
  /** Abort all work of the visit, zero every buffer, wipe the screen. */
  | { readonly do: 'clear' };

/** `patience`: no answer to the notice; `answer`: no answer to "do you need more time?". */
export type VisitTimer = 'patience' | 'answer';

/** What an agency may set; see `config.ts` of the station. */
export interface VisitPolicy {
  /** 3 at a station, 2 at a bedside (domain, outcomes). */
  readonly attemptsAllowed: number;
}

export interface Step {
  readonly visit: Visit;
  readonly effects: readonly VisitEffect[];
}
