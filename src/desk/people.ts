import type {
  DayState,
  EntryLine,
  ExplainPage,
  Overview,
  PersonDetail,
  ReferralLine,
  VillageLine,
} from '../kiosk/desk-protocol.ts';
import type { Words } from '../kiosk/protocol.ts';
import type { BookedVisit } from '../roster/field-book.ts';
import type { Roster } from '../roster/roster.ts';
import { isInAreas } from '../staff/member.ts';

/** What a programme asks, tells and plans. */
export interface Programme {
  readonly id: string;
  readonly campaign: string;
  readonly name: Words;
  /** The first is always the comparison. */
  readonly purposes: readonly { readonly id: string; readonly version: string; readonly words: Words }[];
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
  /** Codes of the areas whose people are shown; none = all. */
  readonly areas?: readonly string[];
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

  /** The same, of some areas only: what somebody whose right is an area may look up and record. */
  within(areas: readonly string[]): DeskPeople {
    return areas.length === 0 ? this : new DeskPeople({ ...this.#options, areas });
  }

  #isShown({ village }: { readonly village: string }): boolean {
    return isInAreas(village, this.#options.areas ?? []);
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
    const comparison = [...about.purposes, ...own.purposes].find(({ id }) => id === 'face-comparison');
    const others = about.purposes.filter(({ id }) => id !== 'face-comparison');
    return {
      id: named.programme,
      campaign: named.campaign,
      name: about.name,
      purposes: comparison ? [comparison, ...others] : others,
      explain: about.explain.length > 0 ? about.explain : own.explain,
      line: about.line,
      nextSteps: { ...own.nextSteps, ...about.nextSteps },
      attemptsPerCampaign: named.attemptsPerCampaign,
    };
  }

  /** @param days left for field work, today included; `undefined` = up to the last due date */
  overview(today: string, days: number | undefined): Overview {
    const all = this.#roster.overview(today, days);
    const villages = all.villages.filter(({ code }) => this.#isShown({ village: code }));
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
    return this.#isShown({ village: code }) ? this.#roster.village(code, today) : undefined;
  }

  /** Folds all names now, so that the first search is as quick as the next. */
  prepare(today: string): void {
    this.find('', today);
  }

  find(text: string, today: string): readonly EntryLine[] {
    const { subjectOf, areas = [] } = this.#options;
    const limit = areas.length === 0 ? MOST_FOUND : MOST_SEARCHED;
    const found = this.#roster.find(text, { today, subjectOf, limit });
    return found.filter((one) => this.#isShown(one)).slice(0, MOST_FOUND);
  }

  person(entry: string, today: string): PersonDetail | undefined {
    const person = this.#roster.person(entry, today);
    return person && this.#isShown(person) ? person : undefined;
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
    return { ...figures, counts: { ...counts, settled } };
  }

  dayState(day: string): DayState['state'] {
    const { book } = this.#roster;
    if (book.isClosed(day)) return 'closed';
    return book.openingOf(day) ? 'open' : 'not-opened';
  }

  /** The last form number that was given out. */
  lastForm(): number {
    return this.#roster.book.forms().issued;
  }

  isFormEntered(serial: string): boolean {
    return this.#roster.book.hasForm(serial);
  }
}
