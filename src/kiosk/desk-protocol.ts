import type {
  ConsentManner,
  NextStepId,
  NotServedReason,
  OfficerAnswer,
  OfficerReason,
  OutcomeKind,
  ReferralReason,
  Relation,
  Representation,
  Witness,
} from '../visit/types.ts';
import type { Words } from './protocol.ts';

/**
 * What staff may ask of the station over the operator's socket, and what it answers. A page sends `{kind: 'ask', id, ask}` and gets
 * `{kind: 'answer', id, answer}` with the same `id`. Dates are `YYYY-MM-DD`, times RFC 3339.
 */
export type Role = 'operator' | 'officer' | 'witness' | 'technician' | 'chief';
export type Right = 'visits' | 'decide' | 'orders' | 'day' | 'team' | 'repair';
export type Need = 'bedridden' | 'deaf' | 'blind' | 'wheelchair';
export type VisitPlace = 'station' | 'bedside';

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
  /** Place in the suggested order for the days left, 1-based; `null` = nobody left. */
  readonly order: number | null;
  /** Suggested day. */
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

/** An outcome that needs no card in the reader. */
export type DeskChoice =
  | { readonly kind: 'not-served'; readonly reason: NotServedReason }
  | { readonly kind: 'referred'; readonly reason: Exclude<ReferralReason, 'representative-card-expired'> }
  | { readonly kind: 'declined' };

export interface DayCounts {
  readonly visits: number;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  readonly events: number;
  /** Results that a later one of the same visit took the place of. */
  readonly superseded: number;
  readonly receipts: number;
  readonly settled: number;
}
export interface DayState {
  readonly day: string;
  readonly state: 'not-opened' | 'open' | 'closed';
  readonly counts: DayCounts;
  /** visits = outcomes = events − superseded = receipts. */
  readonly isReconciled: boolean;
  readonly villages: readonly {
    readonly village: string;
    readonly name: string;
    readonly served: number;
    readonly left: number;
    readonly newCard: number;
    readonly visits: number;
  }[];
  readonly checks: readonly OpeningCheck[];
  /** Forms of the paper pack that are not entered yet. */
  readonly paperForms: { readonly issued: number; readonly entered: number };
}
/** One line of the opening check; what the station can see by itself is answered already. */
export interface OpeningCheck {
  readonly id:
    | 'card-reader'
    | 'camera'
    | 'face'
    | 'journal'
    | 'clock'
    | 'disk'
    | 'printer'
    | 'orders'
    | 'battery'
    | 'paper-pack'
    | 'poster';
  readonly words: Words;
  readonly state: 'well' | 'trouble' | 'to-be-looked-at';
  readonly note: Words | null;
}

export interface ExplainPage {
  readonly picture: 'card' | 'shop' | 'calendar' | 'people' | 'phone' | 'shield';
  readonly words: Words;
  /** Message id of the clip. */
  readonly audio: string;
}

export type Ask =
  | { readonly do: 'staff' }
  | { readonly do: 'sign-in'; readonly credential: Credential }
  | { readonly do: 'sign-out' }
  /** Somebody is using the page: the lock waits. */
  | { readonly do: 'still-here' }
  | { readonly do: 'overview' }
  | { readonly do: 'village'; readonly village: string }
  | { readonly do: 'find'; readonly text: string }
  | { readonly do: 'person'; readonly entry: string }
  | {
      readonly do: 'add-walk-in';
      readonly name: string;
      readonly village: string;
      readonly house: string | null;
      readonly needs: readonly Need[];
    }
  /** The next card is this person's, here or at the bedside; `null` = whoever comes. */
  | { readonly do: 'expect'; readonly entry: string | null; readonly place: VisitPlace }
  /** The next card is the representative's. */
  | { readonly do: 'expect-representative'; readonly representation: Representation; readonly place: VisitPlace }
  | {
      readonly do: 'record';
      readonly entry: string;
      readonly choice: DeskChoice;
      readonly due: string | null;
      readonly form: string | null;
    }
  /** What `record` would give as the next step, told before it is recorded; nothing is kept. */
  | { readonly do: 'plan'; readonly entry: string; readonly choice: DeskChoice }
  /** An officer's answer by eye on the visit in progress. */
  | {
      readonly do: 'decide';
      readonly visitId: string;
      readonly credential: Credential;
      readonly answer: OfficerAnswer['answer'];
      readonly reason: OfficerReason;
    }
  | { readonly do: 'capture-again'; readonly visitId: string }
  /** Staff tell what the screen could not: witnessed consent, card cancelled, no consent at all. */
  | { readonly do: 'consent'; readonly given: boolean; readonly how: ConsentManner; readonly witness: Witness | null }
  | { readonly do: 'end-visit'; readonly visitId: string; readonly choice: DeskChoice }
  | { readonly do: 'take-over'; readonly visitId: string }
  | { readonly do: 'photograph-mandate' }
  | { readonly do: 'referrals' }
  | { readonly do: 'refer'; readonly visitId: string; readonly needs: ReferralNeeds }
  | { readonly do: 'close-referral'; readonly visitId: string }
  | { readonly do: 'batch-day'; readonly day: string }
  | { readonly do: 'revoke-representation'; readonly id: string }
  | { readonly do: 'withdraw-consent'; readonly entry: string; readonly purpose: string }
  | { readonly do: 'attend'; readonly witness: Witness }
  | { readonly do: 'team' }
  | { readonly do: 'explain' }
  | { readonly do: 'explained'; readonly entry: string | null; readonly how: 'pictures' | 'read-aloud' | 'slip' }
  | { readonly do: 'day' }
  | { readonly do: 'open-day'; readonly confirmed: readonly OpeningCheck['id'][] }
  | { readonly do: 'close-day' }
  | { readonly do: 'print'; readonly what: Printable }
  /** Writes files to a USB stick; the answer names the folder. */
  | { readonly do: 'export'; readonly what: 'day-report' | 'paper-pack' | 'referrals' }
  | { readonly do: 'sticks' }
  | { readonly do: 'import-orders'; readonly path: string }
  | { readonly do: 'verify-receipt'; readonly text: string };

export type Printable =
  | { readonly kind: 'receipt'; readonly visitId: string }
  | { readonly kind: 'explain-slip' }
  | { readonly kind: 'day-report' }
  | { readonly kind: 'referrals' }
  | { readonly kind: 'line-friend' };

/** Answers by what was asked; anything may also be answered by a {@link Refusal}. */
export interface Answers {
  readonly staff: readonly StaffLine[];
  readonly 'sign-in': Session;
  readonly overview: Overview;
  readonly village: { readonly village: VillageLine; readonly people: readonly EntryLine[] };
  readonly find: readonly EntryLine[];
  readonly person: PersonDetail;
  readonly 'add-walk-in': { readonly entry: string };
  readonly record: PastOutcome;
  readonly plan: NextStep;
  /** `waiting` = the second officer's answer is awaited; nothing of the first is told. */
  readonly decide: { readonly state: 'waiting' | 'recorded' };
  readonly referrals: readonly ReferralLine[];
  readonly 'batch-day': { readonly day: string; readonly lines: readonly ReferralLine[]; readonly rides: number };
  readonly team: { readonly present: readonly Witness[]; readonly staff: readonly StaffLine[] };
  readonly explain: readonly ExplainPage[];
  readonly day: DayState;
  readonly 'close-day': DayState;
  readonly export: { readonly folder: string; readonly files: readonly string[] };
  readonly sticks: readonly { readonly path: string; readonly label: string; readonly orders: number }[];
  readonly 'import-orders': {
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly kept: number;
  };
  readonly 'verify-receipt': ReceiptVerdict;
}
export type AnswerTo<Do extends Ask['do']> = Do extends keyof Answers ? Answers[Do] : { readonly done: true };

/** Why something was not done, and what to do; the words are for staff. */
export interface Refusal {
  readonly refused:
    | 'sign-in-first'
    | 'no-right'
    | 'wrong-pin'
    | 'wait'
    | 'unknown'
    | 'not-now'
    | 'same-officer'
    | 'nothing-scanned'
    | 'fault';
  readonly words: Words;
  /** Seconds until it may be tried again. */
  readonly waitS: number | null;
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
  | { readonly kind: 'badge'; readonly name: string | null }
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
  /** Demo only: how to sign in, for whoever tries the station. */
  readonly signInHint?: Words;
  readonly clock: { readonly isSynced: boolean; readonly at: string };
}
