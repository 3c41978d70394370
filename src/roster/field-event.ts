import type {
  Consent,
  NextStepId,
  NotServedReason,
  OfficerReason,
  OutcomeKind,
  ReferralReason,
  Representation,
  UndeterminedReason,
  Witness,
} from '../visit/types.ts';

/** Where somebody comes to a visit. */
export type Place = 'station' | 'bedside';
export type Need = 'bedridden' | 'deaf' | 'blind' | 'wheelchair';

export interface PlannedStep {
  readonly id: NextStepId;
  /** Where, in words; `null` = nowhere in particular. */
  readonly where: string | null;
  /** `YYYY-MM-DD`, or `null`. */
  readonly due: string | null;
}

/** What the district office needs to finish a referral in one trip. */
export interface ReferralNeeds {
  readonly transport: 'own' | 'needs-ride' | 'cannot-travel';
  readonly bedsideReissue: boolean;
  readonly contact: string | null;
  readonly appointment: string | null;
}

/** A visit's outcome as the station remembers it. */
export interface VisitNote {
  readonly kind: 'visit';
  readonly visitId: string;
  /** Event of the same visit that this one takes the place of, or `null`. */
  readonly supersedes: string | null;
  /** Entry of the lists, or `null` for a card that is on none. */
  readonly entry: string | null;
  /** Keyed pseudonym; `null` when no card was read, and for who declined. */
  readonly subject: string | null;
  /** Of a card that is on no list, so that the operator finds them again; else `null`. */
  readonly name: string | null;
  readonly village: string | null;
  readonly outcome: OutcomeKind;
  readonly reason: ReferralReason | NotServedReason | UndeterminedReason | string | null;
  readonly nextStep: PlannedStep;
  readonly receipt: string;
  readonly place: Place;
  readonly consents: readonly (Consent & { readonly version: string })[];
  readonly operator: string | null;
  /** Serial of the paper form that it was entered from, or `null`. */
  readonly form: string | null;
  readonly representation:
    | (Representation & { readonly id: string /** Pseudonym of the representative. */; readonly by: string })
    | null;
}

/** What the station remembers of its own events. Kept beside each event, in the same transaction, encrypted. */
export type FieldNote =
  | VisitNote
  /** A comparison that did not verify: it counts against the campaign's budget even if the power goes now. */
  | {
      readonly kind: 'attempt';
      readonly visitId: string;
      readonly subject: string;
      /** Of which campaign; without it, it counts for any. */
      readonly campaign?: string | null;
    }
  | {
      readonly kind: 'walk-in';
      readonly entry: string;
      readonly name: string;
      readonly village: string;
      readonly house: string | null;
      readonly needs: readonly Need[];
    }
  | { readonly kind: 'referral'; readonly visitId: string; readonly needs: ReferralNeeds }
  | { readonly kind: 'referral-closed'; readonly visitId: string; readonly by: 'card' | 'server' | 'officer' }
  | { readonly kind: 'representation-revoked'; readonly id: string }
  | {
      readonly kind: 'consent-withdrawn';
      readonly entry: string | null;
      readonly subject: string | null;
      readonly purpose: string;
    }
  | { readonly kind: 'explained'; readonly entry: string | null; readonly how: 'pictures' | 'read-aloud' | 'slip' }
  | { readonly kind: 'attended'; readonly witness: Witness }
  | { readonly kind: 'decision'; readonly visitId: string; readonly reason: OfficerReason }
  | {
      readonly kind: 'day-opened';
      readonly day: string;
      readonly confirmed: readonly string[];
      /** What the station saw by itself: checks that were well, and in trouble. Earlier versions kept none. */
      readonly well?: readonly string[] | undefined;
      readonly troubles?: readonly string[] | undefined;
    }
  | {
      readonly kind: 'day-closed';
      readonly day: string;
      /** The report as it was closed, JSON: what is printed later must be what was published. Earlier versions kept none. */
      readonly report?: string | undefined;
    }
  /** Numbers of the paper pack that were printed. */
  | { readonly kind: 'forms-issued'; readonly from: number; readonly upto: number }
  /** A form that was struck out. */
  | { readonly kind: 'form-spoilt'; readonly form: string };

/** Checks of a day's opening: confirmed by somebody, and as the station saw them. */
export type Opening = Readonly<Record<'confirmed' | 'well' | 'troubles', readonly string[]>>;

/** A note with its place: folded in this order. */
export interface FieldEvent {
  readonly eventId: string;
  /** RFC 3339. */
  readonly at: string;
  readonly note: FieldNote;
}
