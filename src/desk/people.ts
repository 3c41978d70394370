import type {
  DayCounts,
  EntryLine,
  Overview,
  PersonDetail,
  ReferralLine,
  VillageLine,
} from '../kiosk/desk-protocol.ts';
import type { Words } from '../kiosk/protocol.ts';
import type { VisitNote } from '../roster/field-event.ts';

/** What a programme asks, tells and plans. */
export interface Programme {
  readonly id: string;
  readonly campaign: string;
  readonly name: Words;
  /** The first is always the comparison. */
  readonly purposes: readonly { readonly id: string; readonly version: string; readonly words: Words }[];
  readonly explain: readonly {
    readonly picture: 'card' | 'shop' | 'calendar' | 'people' | 'phone' | 'shield';
    readonly words: Words;
    readonly audio: string;
  }[];
  /** LINE account such as `@tambon`, or `null`. */
  readonly line: string | null;
  /** Where each next step takes place, and in how many days. */
  readonly nextSteps: Readonly<Record<string, { readonly where: string | null; readonly days: number | null }>>;
  readonly attemptsPerCampaign: number;
}

/** Port: the lists and the field book, as the desk reads them. Days are `YYYY-MM-DD`. */
export interface FieldPeople {
  hasOrders(): boolean;
  /** Codes of the villages on the lists. */
  villageCodes(): readonly string[];
  programme(): Programme;
  overview(today: string): Overview;
  village(
    code: string,
    today: string,
  ): { readonly village: VillageLine; readonly people: readonly EntryLine[] } | undefined;
  find(text: string, today: string): readonly EntryLine[];
  person(entry: string, today: string): PersonDetail | undefined;
  /** Entry of a card's holder, or of a code on a letter. */
  entryOf(subject: string): string | undefined;
  entryOfCode(code: string): string | undefined;
  /** Keyed pseudonym of an entry, where it is known. */
  subjectOf(entry: string): string | undefined;
  attemptsOf(subject: string): number;
  /** People for whom this representative stands, the given entry counted in. */
  peopleOfRepresentative(subject: string, entry: string | null): number;
  referrals(): readonly ReferralLine[];
  /** The last record of a visit and when it was made. */
  visit(visitId: string): { readonly note: VisitNote; readonly at: string } | undefined;
  visitOfReceipt(code: string): string | undefined;
  day(day: string): DayCounts;
  villagesOfDay(day: string): readonly { readonly village: string; readonly visits: number }[];
  forms(): { readonly issued: number; readonly entered: number };
  isFormEntered(serial: string): boolean;
  dayState(day: string): 'not-opened' | 'open' | 'closed';
}
