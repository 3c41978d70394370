import type {
  DayState,
  EntryLine,
  ExplainPage,
  FormLine,
  Overview,
  PersonDetail,
  ReferralLine,
  VillageLine,
} from '../kiosk/desk-protocol.ts';
import type { Words } from '../kiosk/protocol.ts';
import { COMPARISON } from '../roster/consents.ts';
import type { BookedVisit } from '../roster/field-book.ts';
import type { Opening } from '../roster/field-event.ts';
import type { FormBook } from '../roster/form-book.ts';
import type { Roster } from '../roster/roster.ts';
import { isInAreas, type StaffMember } from '../staff/member.ts';

/** What a programme asks, tells and plans. */
export interface Programme {
  readonly id: string;
  readonly campaign: string;
  readonly name: Words;
  /** The first is always the comparison. */
  readonly purposes: readonly {
    readonly id: string;
    readonly version: string;
    readonly words: Words;
    /** As it stands on the glass where the letters were made large; the other words where there are none. */
    readonly shortWords?: Words;
  }[];
  readonly explain: readonly ExplainPage[];
  /** LINE account such as `@tambon`, or `null`. */
  readonly line: string | null;
  /** Where each next step takes place, and in how many days. */
  readonly nextSteps: Readonly<Record<string, { readonly where: string | null; readonly days: number | null }>>;
  readonly attemptsPerCampaign: number;
}

export interface DeskPeopleOptions {
  readonly roster: Roster;
  /** Pseudonym of a citizen number; `null` = it is none. */
  readonly subjectOf: (number: string) => string | null;
  /** What is asked and told before a list names a programme. */
  readonly own: Programme;
  /** Whether the server has this event. */
  readonly isSettled: (eventId: string) => boolean;
  /** What a text says of a numbered form; `null` as the number of another station's. */
  readonly readForm: (text: string) => { readonly serial: string; readonly number: number | null } | undefined;
  /** Whose people are shown: of all areas and programmes without it. */
  readonly scope?: Pick<StaffMember, 'areas' | 'programmes'> | undefined;
}

/** Answers of a search, and how many are looked through for those of an area. */
const MOST_FOUND = 50;
const MOST_SEARCHED = 500;

/** The lists and the field book, as the desk reads them. Days are `YYYY-MM-DD`. */
export class DeskPeople {
  readonly #options: DeskPeopleOptions;
  readonly #roster: Roster;

  constructor(options: DeskPeopleOptions) {
    this.#options = options;
    this.#roster = options.roster;
  }

  /** The same, of some areas and programmes only: what somebody whose rights end there may look up and record. */
  within(scope: DeskPeopleOptions['scope'] | null): DeskPeople {
    if (!scope) return this;
    const { areas, programmes = [] } = scope;
    const isOfAll =
      programmes.length === 0 || this.#roster.lists().every(({ programme }) => programmes.includes(programme));
    return areas.length === 0 && isOfAll ? this : new DeskPeople({ ...this.#options, scope });
  }

  #isInArea(village: string): boolean {
    return isInAreas(village, this.#options.scope?.areas ?? []);
  }

  /** People of their areas, and of the programmes that named them: another organisation's list is not theirs to read. */
  #isShown({ village, entry }: { readonly village: string; readonly entry: string | null }): boolean {
    const named = this.#options.scope?.programmes ?? [];
    const lists = entry === null ? [] : this.#roster.programmesOf(entry);
    const isTheirs = named.length === 0 || lists.length === 0 || lists.some((one) => named.includes(one));
    return isTheirs && this.#isInArea(village);
  }

  hasOrders(): boolean {
    return this.#roster.lists().length > 0;
  }

  /** Codes of the villages on the lists. */
  villageCodes(today: string): readonly string[] {
    return this.#roster.villages(today).map(({ code }) => code);
  }

  /** @param entry whose programme, where somebody is on a list */
  programme(entry?: string): Programme {
    const { own } = this.#options;
    const about = this.#roster.about(entry);
    const named = this.#roster.campaign(entry);
    if (!about || !named) return own;
    // The comparison is asked in the station's own words, with its own clips, whatever a list calls it: what is not shown is not recorded.
    const comparison = own.purposes.filter(({ id }) => id === COMPARISON);
    const others = about.purposes.filter(({ id }) => id !== COMPARISON);
    return {
      id: named.programme,
      campaign: named.campaign,
      name: about.name,
      purposes: [...comparison, ...others],
      explain: about.explain.length > 0 ? about.explain : own.explain,
      line: about.line,
      nextSteps: { ...own.nextSteps, ...about.nextSteps },
      attemptsPerCampaign: named.attemptsPerCampaign,
    };
  }

  /** @param days left for field work, today included; `undefined` = up to the last due date */
  overview(today: string, days: number | undefined): Overview {
    const all = this.#roster.overview(today, days);
    const villages = all.villages.filter(({ code }) => this.#isInArea(code));
    if (villages.length === all.villages.length) return all;
    const theirs = new Map(villages.map((one) => [one.code, one.left]));
    const plans = all.days.map(({ day, villages: on }) => ({ day, villages: on.filter((code) => theirs.has(code)) }));
    return {
      ...all,
      villages,
      days: plans
        .filter(({ villages: on }) => on.length > 0)
        .map((plan) => ({ ...plan, people: plan.villages.reduce((sum, code) => sum + (theirs.get(code) ?? 0), 0) })),
    };
  }

  village(
    code: string,
    today: string,
  ): { readonly village: VillageLine; readonly people: readonly EntryLine[] } | undefined {
    const found = this.#isInArea(code) ? this.#roster.village(code, today) : undefined;
    return found && { ...found, people: found.people.filter((one) => this.#isShown(one)) };
  }

  /** Folds all names now, so that the first search is as quick as the next. */
  prepare(today: string): void {
    this.find('', today);
  }

  find(text: string, today: string): readonly EntryLine[] {
    const { subjectOf, scope } = this.#options;
    const limit = scope ? MOST_SEARCHED : MOST_FOUND;
    const found = this.#roster.find(text, { today, subjectOf, limit });
    return found.filter((one) => this.#isShown(one)).slice(0, MOST_FOUND);
  }

  person(entry: string, today: string): PersonDetail | undefined {
    const person = this.#roster.person(entry, today);
    if (!person || !this.#isShown(person)) return undefined;
    const { purposes } = this.programme(entry);
    // A list need not name what the station itself asks.
    const named = ({ purpose, words }: PersonDetail['consents'][number]) =>
      words.th === purpose ? (purposes.find(({ id }) => id === purpose)?.words ?? words) : words;
    return { ...person, consents: person.consents.map((one) => ({ ...one, words: named(one) })) };
  }

  /** Entry of a card's holder. */
  entryOf(subject: string): string | undefined {
    return this.#roster.entryOf(subject);
  }

  /** Entry of a code on a letter: capitals and digits of the entry's name. */
  entryOfCode(code: string): string | undefined {
    return this.#roster.entryOfCode(code);
  }

  /** Keyed pseudonym of an entry, where it is known. */
  subjectOf(entry: string): string | undefined {
    return this.#roster.subjectOf(entry);
  }

  /** Whether a card with this name may be that of an entry whose number no list tells. */
  mayBeCardOf(entry: string, nameOnCard: string): boolean {
    return this.#roster.mayBeCardOf(entry, nameOnCard);
  }

  attemptsOf(subject: string): number {
    return this.#roster.attemptsOf(subject).used;
  }

  /** People for whom this representative stands, the one who is being represented now counted in. */
  peopleOfRepresentative(subject: string, entry: string | null, today: string): number {
    const { book } = this.#roster;
    const entries = entry === null ? [] : [entry];
    const isCounted = book
      .representationsOf({ entries, subject: null })
      .some(({ representation }) => representation?.by === subject && book.isStanding(representation, today));
    return book.peopleOf(subject, today) + (isCounted ? 0 : 1);
  }

  /** Whether a representation was revoked at this station. */
  isRevoked(representation: string): boolean {
    return this.#roster.book.isRevoked(representation);
  }

  referrals(today: string): readonly ReferralLine[] {
    return this.#roster.referrals(today).filter((one) => this.#isShown(one));
  }

  /** The last record of a visit. */
  visit(visitId: string): BookedVisit | undefined {
    return this.#roster.book.visit(visitId);
  }

  /** Everything of a day that the lists and the book know. */
  day(day: string): Omit<DayState, 'checks'> {
    const { counts, ...figures } = this.#roster.day(day);
    const settled = this.#roster.book.eventsOn(day).filter(({ eventId }) => this.#options.isSettled(eventId)).length;
    const paperForms = this.forms.counts((serial) => (this.#options.readForm(serial)?.number ?? null) !== null);
    const unclosed = this.#roster.book.unclosedBefore(day) ?? null;
    return { ...figures, unclosed, counts: { ...counts, settled }, paperForms };
  }

  dayState(day: string): DayState['state'] {
    const { book } = this.#roster;
    if (book.closingOfDay(day) !== undefined) return 'closed';
    return book.openingOf(day) ? 'open' : 'not-opened';
  }

  /** What was looked at when the day was opened; `undefined` = it was not. */
  openingOf(day: string): Opening | undefined {
    return this.#roster.book.openingOf(day);
  }

  /** The report with which the day was closed, as it was kept. */
  closedReport(day: string): string | undefined {
    return this.#roster.book.closingOfDay(day);
  }

  /** Numbered paper forms. */
  get forms(): FormBook {
    return this.#roster.book.forms;
  }

  /** The form of a text that was typed or scanned; `undefined` = it names none. */
  form(text: string): (FormLine & { readonly state: 'open' | 'not-issued' | 'entered' | 'spoilt' }) | undefined {
    const read = this.#options.readForm(text);
    if (!read) return undefined;
    const { serial, number } = read;
    const issuedOn = number === null ? null : (this.forms.dayOf(number) ?? null);
    const line = { serial, isElsewhere: number === null, issuedOn };
    if (this.forms.isEntered(serial)) return { ...line, state: 'entered' };
    if (this.forms.isSpoilt(serial)) return { ...line, state: 'spoilt' };
    return { ...line, state: number !== null && issuedOn === null ? 'not-issued' : 'open' };
  }
}
