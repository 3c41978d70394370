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
  | { readonly kind: 'matched'; readonly evidence: MatchEvidence }
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

/** Comparison that may verify: attack detection found a living person, and the score is above the threshold. */
export interface MatchEvidence extends Evidence {
  readonly decision: 'match';
  readonly attack: 'bona-fide';
}

/** How somebody said yes or no. */
export type ConsentManner = 'touch' | 'button' | 'witnessed-voice';

/** One answer to one purpose. */
export interface Consent {
  /** `face-comparison` is the biometric one (PDPA section 26); a programme may ask for others. */
  readonly purpose: string;
  readonly given: boolean;
  readonly how: ConsentManner;
  /** What stood on the glass was the short form of the notice. */
  readonly isShort?: boolean | undefined;
}

/** Consent to the comparison, without which nothing is captured. */
export interface GivenConsent extends Consent {
  readonly purpose: 'face-comparison';
  readonly given: true;
}

/** Why a visit cannot be finished here. */
export type ReferralReason =
  | 'card-expired'
  | 'card-cancelled'
  | 'card-damaged'
  | 'card-unreadable'
  | 'card-photo-unreadable'
  | 'not-thai-id'
  | 'no-card'
  | 'child'
  | 'representative-card-expired';

/** Why nobody could be served. */
export type NotServedReason = 'not-at-home' | 'in-hospital' | 'moved' | 'deceased' | 'refused-visit';

/** Why the machine could not finish, and no two officers have confirmed. */
export type UndeterminedReason =
  | 'attempts-used'
  | 'budget-used'
  | 'dignity-time'
  | 'biometric-declined'
  | 'officer-review'
  | 'attack-check'
  | 'not-acquired'
  | 'camera-unavailable'
  | 'staff-called'
  | 'no-answer'
  | 'engine-failed'
  | 'officers-disagree'
  | 'officers-unsure';

/** Why two officers confirmed by eye: what the machine could not do, or was not asked to. */
export type ConfirmationReason = Exclude<UndeterminedReason, 'officers-disagree' | 'officers-unsure'>;

/** What happens next for the citizen; every outcome has one. */
export type NextStepId =
  | 'all-done'
  | 'renew-card'
  | 'bring-thai-id'
  | 'officer-will-check'
  | 'may-come-back'
  | 'team-returns'
  | 'come-to-centre'
  | 'guardian-comes'
  | 'office-will-call'
  | 'register-is-updated';

/** How an officer showed who they are. */
export type StaffProof = 'pin' | 'badge' | 'card';

/** One officer's answer by eye, given without knowing the other's or the score. */
export interface OfficerAnswer {
  readonly staff: string;
  readonly by: StaffProof;
  readonly answer: 'same-person' | 'not-same-person' | 'cannot-tell';
  /** What the officer went by. */
  readonly reason: OfficerReason;
}
export type OfficerReason =
  | 'face-alike'
  | 'known-in-person'
  | 'papers-seen'
  | 'face-changed'
  | 'pictures-unclear'
  | 'face-unlike';

/** In what way somebody stands for the citizen. */
export type Relation =
  | 'child'
  | 'spouse'
  | 'parent'
  | 'sibling'
  | 'relative'
  | 'guardian'
  | 'caretaker'
  | 'village-head';

/** Somebody who was present. */
export interface Witness {
  readonly role: 'kamnan' | 'village-head' | 'health-volunteer' | 'officer' | 'neighbour';
  /** Known to the station, with badge or PIN; else the name that was told. */
  readonly staff: string | null;
  readonly name: string | null;
}

/** What a representative may do for whom, and who has seen it. */
export interface Representation {
  /** Entry of the roster that is represented, or `null` for somebody who is on no list. */
  readonly entry: string | null;
  readonly relation: Relation;
  /** `paper` = a photograph of it, sealed, goes with the record. */
  readonly mandate: 'paper' | 'attested';
  readonly scope: readonly ('register' | 'collect' | 'use-card')[];
  /** Last day, ISO. */
  readonly until: string;
  readonly witnesses: readonly [Witness, Witness];
  /** Without paper: the officer who answers for it, proven at the station. */
  readonly attestedBy?: { readonly staff: string; readonly by: StaffProof };
}

/** Where the person is. */
export type VisitPlace = 'station' | 'bedside';

/** An outcome that staff record: it needs no card in the reader, and nobody's face. */
export type DeskChoice =
  | { readonly kind: 'not-served'; readonly reason: NotServedReason }
  | { readonly kind: 'referred'; readonly reason: Exclude<ReferralReason, 'representative-card-expired'> }
  | { readonly kind: 'declined' };

/** Why two officers looked by eye while the station was dead, as a paper form says it. */
export type PaperReason = Extract<
  ConfirmationReason,
  'camera-unavailable' | 'engine-failed' | 'staff-called' | 'biometric-declined'
>;

/** What a paper form says that no officer has to answer for once more when it is entered. */
export type FormChoice = DeskChoice | { readonly kind: 'undetermined'; readonly reason: 'no-answer' };

/** What the next card in the reader is for. */
export type VisitTask =
  | { readonly kind: 'own' }
  | { readonly kind: 'represent'; readonly representation: Representation };

/** How a visit ends. Exhaustive, and none of them is "rejected". */
export type Outcome =
  /** The types say what the rules ask: a card in date as far as known, consent, a comparison, a living person. */
  | {
      readonly kind: 'verified';
      readonly card: CardSummary & { readonly validity: 'valid' | 'unchecked' };
      readonly consent: GivenConsent;
      readonly evidence: MatchEvidence;
      readonly nextStep: NextStepId;
    }
  | {
      readonly kind: 'confirmed-by-officer';
      readonly reason: ConfirmationReason;
      readonly officers: readonly [OfficerAnswer, OfficerAnswer];
      readonly evidence: Evidence | null;
      readonly nextStep: NextStepId;
    }
  | {
      readonly kind: 'represented';
      readonly representation: Representation;
      /** Of the representative's own face with their own card; `null` = two officers know them. */
      readonly evidence: Evidence | null;
      readonly officers: readonly [OfficerAnswer, OfficerAnswer] | null;
      readonly nextStep: NextStepId;
    }
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
  | { readonly kind: 'declined'; readonly nextStep: NextStepId }
  | { readonly kind: 'not-served'; readonly reason: NotServedReason; readonly nextStep: NextStepId };

export type OutcomeKind = Outcome['kind'];

/** What paper may come to: no card was read and no face compared, neither the citizen's nor a representative's. */
export type PaperOutcome = Exclude<Outcome, { readonly kind: 'verified' | 'represented' }>;

/** A recorded outcome: it is on disk, fsynced. */
export interface Recorded {
  /** UUIDv7 of the journal event. */
  readonly eventId: string;
  readonly seq: number;
}
