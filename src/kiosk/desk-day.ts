import type { OutcomeKind } from '../visit/types.ts';
import type { Words } from './protocol.ts';

/** The working day as staff are shown it: counts, opening check, paper forms. Dates are `YYYY-MM-DD`. */
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
  /** The last day before it on which somebody was visited and which nobody closed, or `null`. */
  readonly unclosed: string | null;
  readonly counts: DayCounts;
  /** visits = outcomes = events − superseded = receipts. */
  readonly isReconciled: boolean;
  readonly villages: readonly {
    readonly village: string;
    /** With its moo and tambon. */
    readonly name: string;
    readonly served: number;
    readonly left: number;
    readonly newCard: number;
    readonly visits: number;
  }[];
  readonly checks: readonly OpeningCheck[];
  /** Forms of the paper pack since the first one: `issued` = `entered` + `spoilt` + `left`. */
  readonly paperForms: PaperForms;
}
export interface PaperForms {
  readonly issued: number;
  readonly entered: number;
  readonly spoilt: number;
  /** Neither entered nor spoilt: unused, or still to be entered. */
  readonly left: number;
  /** Forms that another station had given out, entered here. */
  readonly ofOthers: number;
}
/** A numbered form that may be entered. */
export interface FormLine {
  readonly serial: string;
  /** Another station has given it out: here nobody knows whether it is entered there. */
  readonly isElsewhere: boolean;
  /** Day on which it was given out, or `null` when it is another station's. */
  readonly issuedOn: string | null;
}
/** What stands on every form. */
export interface FormFacts {
  readonly form: string;
  readonly entry: string;
  /** Day of the visit, or `null` when the form says none. */
  readonly seenOn: string | null;
  /** Day that was agreed on for the next step. */
  readonly due: string | null;
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
