import type { FaultCode } from '../shared/faults.ts';
import type {
  CardSummary,
  ComparisonResult,
  Consent,
  ConsentManner,
  DeskChoice,
  HintId,
  OfficerAnswer,
  Outcome,
  Recorded,
  VisitPlace,
  VisitTask,
} from './types.ts';

/** A visit in progress, from the card going in to the outcome. */
export interface OpenVisit {
  readonly phase: 'open';
  readonly visitId: string;
  readonly task: VisitTask;
  readonly place: VisitPlace;
  /** Card reads that failed in a row before this one. */
  readonly mishaps: number;
  /** What the chip's text said; `undefined` until it is read. */
  readonly card: CardSummary | undefined;
  /** Captures of this person in this campaign before this visit, as far as known. */
  readonly attemptsBefore: number;
  /** 0..1 of all bytes of the card; 1 once the photo is there too. */
  readonly progress: number;
  readonly photoRead: boolean;
  /** `asked` until every purpose has its answer. */
  readonly consent: 'asked' | 'given';
  readonly consents: readonly Consent[];
  /** 1-based; a capture is one attempt. */
  readonly attempt: number;
  readonly capture: 'waiting' | 'capturing' | 'captured' | 'comparing';
  readonly hint: HintId | null;
  readonly framed: boolean;
  /** True while the screen asks "do you need more time?". */
  readonly asking: boolean;
  /** Bedside: the time that is fair to ask of somebody is over, so there is no further attempt. */
  readonly isTimeUp: boolean;
  /** Event with an earlier outcome of this visit, which the next one takes the place of. */
  readonly supersedes: string | null;
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
  | RecordingVisit
  | DecidedVisit;

/** An outcome on its way to the disk. */
export interface RecordingVisit {
  readonly phase: 'recording';
  readonly visitId: string;
  readonly outcome: Outcome;
  /** As it was when the outcome was reached; `null` when no card could be read. */
  readonly open: OpenVisit | null;
  /** People came to it: nobody has to be called any more. */
  readonly byPeople: boolean;
}

/** An outcome that is on the disk, or could not be brought there (`recorded: null`). People may still go on from it. */
export interface DecidedVisit extends Omit<RecordingVisit, 'phase' | 'byPeople'> {
  readonly phase: 'decided';
  readonly recorded: Recorded | null;
  /** An officer has come; only the card is still to be taken out. */
  readonly attended: boolean;
  /** Officers who have answered so far, at most one: the second answer decides. */
  readonly answers: readonly OfficerAnswer[];
}

/** What happened. Past tense; every timer is an event too. */
export type VisitEvent =
  | {
      readonly kind: 'card-inserted';
      readonly visitId: string;
      readonly task: VisitTask;
      readonly place: VisitPlace;
    }
  | { readonly kind: 'card-progressed'; readonly fraction: number }
  | {
      readonly kind: 'card-text-read';
      readonly card: CardSummary;
      readonly attemptsBefore: number;
      /** The card is that of whoever was to be represented: they came themselves, and nobody acts for them. */
      readonly isRepresented: boolean;
    }
  | { readonly kind: 'card-photo-read' }
  | { readonly kind: 'card-failed'; readonly code: FaultCode }
  | { readonly kind: 'card-removed' }
  /** Answers to a purpose; one that is not asked just now (a tap that came twice) changes nothing. */
  | {
      readonly kind: 'consent-given' | 'consent-refused';
      readonly purpose: string;
      readonly how: ConsentManner;
      readonly isShort?: boolean | undefined;
    }
  | { readonly kind: 'staff-called' }
  /** An officer has taken over at the staff screen. */
  | { readonly kind: 'staff-attended' }
  /** One officer's answer by eye; the second one decides. */
  | { readonly kind: 'officer-answered'; readonly answer: OfficerAnswer }
  | { readonly kind: 'capture-again-wanted' }
  /** Staff end the visit with what they know: card cancelled, no consent at all. */
  | { readonly kind: 'ended-by-staff'; readonly choice: DeskChoice }
  | { readonly kind: 'frame-judged'; readonly hint: HintId | null }
  | { readonly kind: 'probes-captured' }
  | { readonly kind: 'capture-failed'; readonly reason: 'not-acquired' | 'camera-unavailable' }
  | { readonly kind: 'compared'; readonly result: ComparisonResult }
  | { readonly kind: 'comparison-failed' }
  | { readonly kind: 'recorded'; readonly visitId: string; readonly recorded: Recorded }
  | { readonly kind: 'record-failed'; readonly visitId: string }
  | { readonly kind: 'patience-ended' }
  | { readonly kind: 'answer-time-ended' }
  | { readonly kind: 'dignity-ended' }
  | { readonly kind: 'more-time-wanted' };

/** What the runner must do. Imperative. */
export type VisitEffect =
  | { readonly do: 'read-card' }
  | { readonly do: 'start-capture'; readonly attempt: number }
  | { readonly do: 'stop-capture' }
  | { readonly do: 'compare' }
  /** A capture that did not verify counts, even if the power goes before there is an outcome. */
  | {
      readonly do: 'record-attempt';
      readonly visitId: string;
      readonly attempt: number;
      readonly result: Exclude<ComparisonResult['kind'], 'matched'>;
    }
  | {
      readonly do: 'record';
      readonly visitId: string;
      readonly outcome: Outcome;
      readonly visit: OpenVisit | null;
      /** Event that this outcome takes the place of, or `null`. */
      readonly supersedes: string | null;
    }
  | { readonly do: 'record-abandoned'; readonly visitId: string; readonly code: FaultCode | null }
  | { readonly do: 'start-timer'; readonly timer: VisitTimer }
  | { readonly do: 'stop-timers' }
  /** Abort all work of the visit, zero every buffer, wipe the screen. */
  | { readonly do: 'clear' };

/** `patience`: no answer to the notice; `answer`: no answer to "do you need more time?"; `dignity`: long enough at a bedside. */
export type VisitTimer = 'patience' | 'answer' | 'dignity';

/** What an agency may set, and what the programme asks. */
export interface VisitPolicy {
  /** Captures in one visit: 3 at a station, 2 at a bedside (domain, outcomes). */
  readonly attemptsAllowed: Readonly<Record<VisitPlace, number>>;
  /** Captures of one person in all visits of a campaign. */
  readonly attemptsPerCampaign: number;
  /** What is asked, in this order; the first is always the comparison. */
  readonly purposes: readonly ['face-comparison', ...string[]];
}

export interface Step {
  readonly visit: Visit;
  readonly effects: readonly VisitEffect[];
}
