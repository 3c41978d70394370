import type { Words } from '../visit/reasons.ts';
import type { NextStepId, OutcomeKind, ReferralReason, Relation } from '../visit/types.ts';
import type { Need, ReferralNeeds } from './field-event.ts';

/**
 * What the roster answers, in the shapes that staff are shown. `kiosk/desk-protocol.ts` has the same shapes; this room may not
 * know it.
 */
export type EntryState = 'left' | 'due-today' | 'new-card' | 'served' | 'closed';

export interface EntryLine {
  readonly entry: string;
  readonly name: string;
  readonly age: number | null;
  readonly house: string | null;
  /** 8 digits; empty for a card that is on no list. */
  readonly village: string;
  readonly villageName: string;
  readonly needs: readonly Need[];
  readonly due: string | null;
  readonly team: string | null;
  readonly state: EntryState;
  readonly isWalkIn: boolean;
  readonly last: PastOutcome | null;
}

export interface PastOutcome {
  readonly visitId: string;
  readonly at: string;
  readonly outcome: OutcomeKind;
  readonly reason: { readonly code: string; readonly words: Words } | null;
  readonly nextStep: { readonly id: NextStepId; readonly where: string | null; readonly due: string | null };
  readonly receipt: string;
  /** Of another station, told by the server. */
  readonly isElsewhere: boolean;
}

export interface VillageLine {
  readonly code: string;
  readonly moo: number;
  readonly name: string;
  readonly tambon: string;
  /** 0..1 from left to right and top to bottom of the area. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly people: number;
  readonly served: number;
  readonly left: number;
  readonly newCard: number;
  readonly dueToday: number;
  /** 1-based place in the suggested order; `null` = nobody to go for. */
  readonly order: number | null;
  readonly day: string | null;
}

export interface ListLine {
  readonly id: string;
  readonly rev: number;
  readonly programme: string;
  readonly people: number;
  readonly issuedAt: string;
  readonly validUntil: string;
}

export interface Overview {
  readonly lists: readonly ListLine[];
  readonly villages: readonly VillageLine[];
  readonly days: readonly { readonly day: string; readonly villages: readonly string[]; readonly people: number }[];
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

export interface RepresentationLine {
  readonly id: string;
  readonly relation: Relation;
  readonly until: string;
  readonly isRevoked: boolean;
  /** Staff id of the officer who attested it here; `null` = it is on paper, or another station has it. */
  readonly attestedBy: string | null;
  readonly peopleOfRepresentative: number;
}

export interface PersonDetail extends EntryLine {
  readonly tambon: string;
  readonly phone: string | null;
  readonly attempts: { readonly used: number; readonly allowed: number };
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

/** Counts of one day. What was settled is the journal's to say. */
export interface DayCounts {
  readonly visits: number;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  readonly events: number;
  /** Results of this day that a later one of the same visit took the place of. */
  readonly superseded: number;
  readonly receipts: number;
}

export interface DayFigures {
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
}
