import type {
  ConsentManner,
  DeskChoice,
  FormChoice,
  OfficerAnswer,
  OfficerReason,
  PaperReason,
  Representation,
  VisitPlace,
  Witness,
} from '../visit/types.ts';
import type { DayState, FormFacts, FormLine, OpeningCheck } from './desk-day.ts';
import type {
  Credential,
  EntryLine,
  ExplainPage,
  Need,
  NextStep,
  Overview,
  PastOutcome,
  PersonDetail,
  ReceiptVerdict,
  ReferralLine,
  ReferralNeeds,
  Session,
  StaffLine,
  VillageLine,
} from './desk-lines.ts';
import type { Words } from './protocol.ts';

export type { DeskChoice, FormChoice, PaperReason, VisitPlace } from '../visit/types.ts';
export type * from './desk-day.ts';
export type * from './desk-lines.ts';

/**
 * What staff may ask of the station over the operator's socket, and what it answers. A page sends `{kind: 'ask', id, ask}` and gets
 * `{kind: 'answer', id, answer}` with the same `id`. Dates are `YYYY-MM-DD`, times RFC 3339.
 */
export type Ask =
  | { readonly do: 'staff' }
  | { readonly do: 'sign-in'; readonly credential: Credential }
  | { readonly do: 'sign-out' }
  /** Somebody is using the page: the lock waits. */
  | { readonly do: 'still-here' }
  /** `days` = how many are left for field work, today included; without it, up to the last due date. */
  | { readonly do: 'overview'; readonly days?: number | undefined }
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
  /** The next card is the representative's. Without paper an officer answers for the mandate, and proves who they are. */
  | {
      readonly do: 'expect-representative';
      readonly representation: Omit<Representation, 'attestedBy'>;
      readonly place: VisitPlace;
      readonly credential: Credential | null;
    }
  | {
      readonly do: 'record';
      readonly entry: string;
      readonly choice: DeskChoice;
      readonly due: string | null;
    }
  /** What `record` or `record-form` would give as the next step, told before it is recorded; nothing is kept. */
  | { readonly do: 'plan'; readonly entry: string; readonly choice: FormChoice; readonly seenOn: string | null }
  /** Takes up a paper form by its number, as it is typed or scanned; what somebody has answered for one before is forgotten. */
  | { readonly do: 'form'; readonly form: string }
  | (FormFacts & { readonly do: 'record-form'; readonly choice: FormChoice })
  /** What one of the two officers who signed a form has decided; they tell it themselves, and the second one records it. */
  | (FormFacts & {
      readonly do: 'decide-form';
      /** Why the machine was not used. */
      readonly why: PaperReason;
      readonly credential: Credential;
      readonly answer: OfficerAnswer['answer'];
      readonly reason: OfficerReason;
    })
  /** A form that went wrong, struck out and kept. */
  | { readonly do: 'spoil-form'; readonly form: string }
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
  | {
      readonly do: 'consent';
      /** What the page showed as asked: an answer to it is none to the next one. */
      readonly purpose: string;
      readonly given: boolean;
      readonly how: ConsentManner;
      readonly witness: Witness | null;
    }
  | { readonly do: 'end-visit'; readonly visitId: string; readonly choice: DeskChoice }
  | { readonly do: 'take-over'; readonly visitId: string }
  /** The paper by which somebody may act for this person; before the representative is expected. */
  | { readonly do: 'photograph-mandate'; readonly entry: string }
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
  /** Here and below: without `day`, today; a day to come is refused. */
  | { readonly do: 'day'; readonly day?: string | undefined }
  | { readonly do: 'open-day'; readonly confirmed: readonly OpeningCheck['id'][] }
  | { readonly do: 'close-day'; readonly day?: string | undefined }
  | { readonly do: 'print'; readonly what: Printable }
  /** Writes files to a USB stick; the answer names the folder. `day` is the day report's. */
  | {
      readonly do: 'export';
      readonly what: 'day-report' | 'paper-pack' | 'referrals';
      readonly day?: string | undefined;
    }
  | { readonly do: 'sticks' }
  | { readonly do: 'import-orders'; readonly path: string }
  | { readonly do: 'verify-receipt'; readonly text: string };

export type Printable =
  | { readonly kind: 'receipt'; readonly visitId: string }
  | { readonly kind: 'explain-slip' }
  | { readonly kind: 'day-report'; readonly day?: string | undefined }
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
  readonly form: FormLine;
  readonly 'record-form': PastOutcome;
  /** `waiting` = the second officer's answer is awaited; nothing of the first is told. */
  readonly 'decide-form': { readonly state: 'waiting' } | { readonly state: 'recorded'; readonly outcome: PastOutcome };
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
    | 'photograph-first'
    | 'no-camera'
    | 'nothing-scanned'
    | 'form-unknown'
    | 'form-not-issued'
    | 'form-entered'
    | 'form-spoilt'
    | 'form-day'
    | 'fault';
  readonly words: Words;
  /** Seconds until it may be tried again. */
  readonly waitS: number | null;
}
