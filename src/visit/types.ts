/** The words that the rooms share about a visit. Nothing here names a person. */

export type Language = 'th' | 'en';

/** One thing the person can do about the picture, told one at a time. */
export type HintId =
  | 'look-at-camera'
  | 'one-person'
  | 'come-closer'
  | 'move-back'
  | 'to-the-middle'
  | 'more-light'
  | 'less-light'
  | 'turn-from-light'
  | 'look-straight'
  | 'open-eyes'
  | 'uncover-face'
  | 'hold-still';

/** Is the card in date? `unchecked` while the clock cannot be trusted and no floor rules it out. */
export type CardValidity = 'valid' | 'expired' | 'unchecked';

/** What the visit needs to know of the card; never the citizen number or the name. */
export interface CardSummary {
  readonly validity: CardValidity;
  /** Whole years since issue, or `undefined` when the chip does not say. */
  readonly ageYears: number | undefined;
}

/** Attack detection's verdict over one attempt; `not-run` counts against, never for (domain rule 2). */
export type AttackVerdict = 'bona-fide' | 'attack' | 'not-run';

/** One attempt's comparison, as decided by policy. */
export type ComparisonResult =
  | { readonly kind: 'matched'; readonly evidence: Evidence }
  | { readonly kind: 'review'; readonly evidence: Evidence }
  | { readonly kind: 'not-matched'; readonly evidence: Evidence }
  | { readonly kind: 'attack-suspected'; readonly evidence: Evidence }
  | { readonly kind: 'not-acquired' };

/** One way of telling an attack from a living face, judged over one capture (ISO/IEC 30107-3, a subsystem). */
export interface AttackPart {
  readonly id: string;
  readonly verdict: AttackVerdict;
  /** Higher = more bona fide, on the part's own scale; `null` = none. */
  readonly score: number | null;
  /** Whether nothing may be verified unless it judged. */
  readonly isRequired: boolean;
}

/** Evidence summary of a comparison: figures and model versions, no images, no templates. */
export interface Evidence {
  readonly score: number;
  /** The band that the score falls into. */
  readonly decision: 'match' | 'review' | 'non-match';
  readonly thresholds: { readonly match: number; readonly review: number };
  /** Chance that one of the attempts so far would match somebody else (FMR at `match` × attempts, an upper bound). */
  readonly statedFmr: number;
  /** Of all detectors together: the worst one counts. */
  readonly attack: AttackVerdict;
  /** What each of them said; the station's own model is `model`, a face-scanner module is `module`. */
  readonly attackParts: readonly AttackPart[];
  readonly probes: number;
  /** `id@first 12 hex digits of the file's sha256`. */
  readonly models: readonly string[];
}

/** Why a visit cannot be finished here. */
export type ReferralReason = 'card-expired' | 'card-unreadable' | 'card-photo-unreadable' | 'not-thai-id';

/** Why the machine could not finish and no officer has confirmed yet. */
export type UndeterminedReason =
  | 'attempts-used'
  | 'officer-review'
  | 'attack-check'
  | 'not-acquired'
  | 'camera-unavailable'
  | 'staff-called'
  | 'no-answer'
  | 'engine-failed';

/** What happens next for the citizen; every outcome has one. */
export type NextStepId = 'all-done' | 'renew-card' | 'bring-thai-id' | 'officer-will-check' | 'may-come-back';

/** How a visit ends. Exhaustive, and none of them is "rejected". */
export type Outcome =
  | { readonly kind: 'verified'; readonly evidence: Evidence; readonly nextStep: NextStepId }
  | {
      readonly kind: 'referred';
      readonly reason: ReferralReason;
      readonly evidence: Evidence | null;
      readonly nextStep: NextStepId;
    }
  | {
      readonly kind: 'undetermined';
      readonly reason: UndeterminedReason;
      readonly evidence: Evidence | null;
      readonly nextStep: NextStepId;
    }
  | { readonly kind: 'declined'; readonly nextStep: NextStepId };

/** A recorded outcome: it is on disk, fsynced. */
export interface Recorded {
  /** UUIDv7 of the journal event. */
  readonly eventId: string;
  readonly seq: number;
}
