import type { NextStepId, OutcomeKind, ReferralReason, Relation, VisitPlace } from '../visit/types.ts';

import type { DayState } from './desk-day.ts';
import type { Words } from './protocol.ts';

/** What staff are shown. Dates are `YYYY-MM-DD`, times RFC 3339. */
export type Role = 'operator' | 'officer' | 'witness' | 'technician' | 'chief';
export type Right = 'visits' | 'decide' | 'orders' | 'day' | 'team' | 'repair';
export type Need = 'bedridden' | 'deaf' | 'blind' | 'wheelchair';

/** Where somebody of a list stands. */
export type EntryState =
  /** Nobody has been there yet, or a next step is due by the team. */
  | 'left'
  | 'due-today'
  /** A new card is needed first. */
  | 'new-card'
  | 'served'
  /** Nothing more is to be done: declined, moved, deceased. */
  | 'closed';

/** One person of the lists, as a line. */
export interface EntryLine {
  readonly entry: string;
  readonly name: string;
  /** Age in years, or `null`. */
  readonly age: number | null;
  readonly house: string | null;
  /** 8-digit code of the village. */
  readonly village: string;
  readonly villageName: string;
  readonly needs: readonly Need[];
  readonly due: string | null;
  readonly team: string | null;
  readonly state: EntryState;
  readonly isWalkIn: boolean;
  /** Of the last visit, or `null`. */
  readonly last: PastOutcome | null;
}

export interface PastOutcome {
  readonly visitId: string;
  readonly at: string;
  readonly outcome: OutcomeKind;
  readonly reason: { readonly code: string; readonly words: Words } | null;
  readonly nextStep: NextStep;
  readonly receipt: string;
  /** Of another station, told by the server. */
  readonly isElsewhere: boolean;
}
export interface NextStep {
  readonly id: NextStepId;
  readonly where: string | null;
  readonly due: string | null;
}

export interface VillageLine {
  readonly code: string;
  readonly moo: number;
  readonly name: string;
  readonly tambon: string;
  /** 0..1 from left to right and top to bottom of the area, for the map-like list; `null` = not known. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly people: number;
  readonly served: number;
  readonly left: number;
  readonly newCard: number;
  readonly dueToday: number;
  /** Place in the suggested order for the days left, 1-based; `null` = nobody to go for. */
  readonly order: number | null;
  /** Suggested day; today for a village where somebody was seen today. */
  readonly day: string | null;
}

export interface Overview {
  readonly lists: readonly {
    readonly id: string;
    readonly rev: number;
    readonly programme: string;
    readonly people: number;
    readonly issuedAt: string;
    readonly validUntil: string;
  }[];
  readonly villages: readonly VillageLine[];
  readonly days: readonly { readonly day: string; readonly villages: readonly string[]; readonly people: number }[];
}

export interface PersonDetail extends EntryLine {
  readonly tambon: string;
  readonly phone: string | null;
  /** Captures of this campaign that are used and allowed, as far as this station knows. */
  readonly attempts: { readonly used: number; readonly allowed: number };
  /** Names of other entries that may be the same person. */
  readonly perhapsSame: readonly { readonly entry: string; readonly name: string }[];
  readonly referral: Referral | null;
  readonly representations: readonly RepresentationLine[];
  readonly consents: readonly {
    readonly purpose: string;
    readonly words: Words;
    readonly given: boolean;
    readonly at: string;
  }[];
  readonly isExplained: boolean;
}

export interface RepresentationLine {
  readonly id: string;
  readonly relation: Relation;
  readonly until: string;
  readonly isRevoked: boolean;
  /** Staff id of the officer who attested it here; `null` = it is on paper, or another station has it. */
  readonly attestedBy: string | null;
  /** People for whom the same representative stands; from three on the screen says so. */
  readonly peopleOfRepresentative: number;
}

/** What the district office needs to finish in one trip. */
export interface ReferralNeeds {
  readonly transport: 'own' | 'needs-ride' | 'cannot-travel';
  readonly bedsideReissue: boolean;
  readonly contact: string | null;
  readonly appointment: string | null;
}
export interface Referral extends ReferralNeeds {
  readonly visitId: string;
  readonly reason: { readonly code: ReferralReason; readonly words: Words };
  readonly since: string;
  readonly closed: { readonly at: string; readonly by: 'card' | 'server' | 'officer' } | null;
}
export interface ReferralLine extends Referral {
  readonly entry: string | null;
  readonly name: string;
  readonly village: string;
  /** With its moo and tambon. */
  readonly villageName: string;
}

export interface StaffLine {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
  readonly hasPin: boolean;
}
export interface Session {
  readonly staff: string;
  readonly name: string;
  readonly role: Role;
  readonly rights: readonly Right[];
  /** Idle seconds after which the page locks. */
  readonly idleLockS: number;
}
/** An officer shows who they are: PIN here, or `badge` / `card` that was just read at the station. */
export type Credential =
  | { readonly by: 'pin'; readonly staff: string; readonly pin: string }
  | { readonly by: 'badge' }
  | { readonly by: 'card' };

export interface ExplainPage {
  readonly picture: 'card' | 'shop' | 'calendar' | 'people' | 'phone' | 'shield';
  readonly words: Words;
  /** Message id of the clip. */
  readonly audio: string;
}

export interface ReceiptVerdict {
  readonly state: 'genuine' | 'changed' | 'unknown-issuer' | 'not-a-receipt';
  readonly receipt: {
    readonly code: string;
    readonly outcome: OutcomeKind;
    readonly at: string;
    readonly station: string;
    readonly maskedNumber: string | null;
  } | null;
}

/** The visit in progress as staff see it. The score band is told only after both officers have answered. */
export interface OperatorVisit {
  readonly visitId: string;
  readonly place: VisitPlace;
  readonly phase: 'reading' | 'asking' | 'capturing' | 'checking' | 'with-officers' | 'ended';
  /** From the roster or, for a walk-in, the card. */
  readonly name: string | null;
  readonly entry: string | null;
  /** The card is not the expected person's. */
  readonly isSomebodyElse: boolean;
  readonly task: 'own' | 'represent';
  /** What the citizen is asked to consent to just now, for staff to read aloud. */
  readonly asked: { readonly purpose: string; readonly words: Words } | null;
  readonly outcome: OutcomeKind | null;
  readonly reason: { readonly code: string; readonly words: Words } | null;
  readonly attempts: { readonly used: number; readonly allowed: number };
  readonly mayCaptureAgain: boolean;
  /** Officers who have answered, 0 to 2; never what. */
  readonly answers: number;
  readonly scoreBand: 'match' | 'review' | 'non-match' | null;
  /** Pictures at `/visit/pictures/{token}/card` and `/probe`, for this visit only. */
  readonly pictures: { readonly token: string; readonly card: boolean; readonly probe: boolean } | null;
  /** Bedside: seconds left of the time that is fair to ask, or `null`. */
  readonly dignityLeftS: number | null;
  readonly receipt: string | null;
  readonly nextStep: NextStep | null;
}

/** What was last held before the station's scanner, for the page to go on with. */
export type Scanned =
  | { readonly kind: 'person'; readonly entry: string }
  | { readonly kind: 'form'; readonly serial: string }
  /** Somebody's badge, or an officer's own card in the second reader. */
  | { readonly kind: 'badge'; readonly by: 'badge' | 'card'; readonly name: string | null }
  | { readonly kind: 'receipt'; readonly verdict: ReceiptVerdict }
  | { readonly kind: 'orders-part'; readonly have: number; readonly of: number }
  | { readonly kind: 'unknown' };

/** Pushed with the operator's status on every change. */
export interface DeskStatus {
  readonly session: Session | null;
  readonly visit: OperatorVisit | null;
  readonly scanned: { readonly at: string; readonly what: Scanned } | null;
  readonly day: DayState['state'];
  readonly printer: 'ready' | 'missing' | 'trouble';
  readonly hasOrders: boolean;
  /** Whoever is signed in has ended this visit or answered in it: they need not be called to it. */
  readonly isStaffThere: boolean;
  /** Demo only: how to sign in, for whoever tries the station. */
  readonly signInHint?: Words;
  readonly clock: { readonly isSynced: boolean; readonly at: string };
}
