import { compareText } from './compare-text.ts';
import { consentsOf } from './consents.ts';
import { dayFigures } from './day-figures.ts';
import type { FieldBook } from './field-book.ts';
import { type KeptList, mergeRevision } from './kept-list.ts';
import type { DayFigures, EntryLine, ListLine, Overview, PersonDetail, ReferralLine, VillageLine } from './lines.ts';
import type { Order, OrderAbout, OrderPerson } from './order.ts';
import {
  areClashing,
  codeOf,
  fullName,
  gatherPeople,
  type People,
  type Person,
  perhapsSame,
  teamName,
} from './people.ts';
import { referralLines } from './referral-lines.ts';
import { representationLines } from './representation-lines.ts';
import { findByReceipt, typedReceipt } from './search/by-receipt.ts';
import { findPeople, indexPeople, type SearchIndex } from './search/find-people.ts';
import { plainThai } from './search/fold-thai.ts';
import { mayBeNamed } from './search/same-name.ts';
import { type ListedStaff, staffOfLists } from './staff-of-lists.ts';
import { type Standing, standingOf } from './standing.ts';
import { usedAttempts } from './used-attempts.ts';
import { villageLines } from './village-lines.ts';

export interface FindOptions {
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Pseudonym of a citizen number, as the lists have it; `null` = no number, or there is no key. Lists hold pseudonyms only. */
  readonly subjectOf: (number: string) => string | null;
  /** Most answers; 50 without it. */
  readonly limit?: number;
}

const MOST_FOUND = 50;
/** Where nobody says how many. */
const USUAL_ATTEMPTS = 3;

/** All lists as one, with what became of everybody. Pure: dates are handed in, nothing is kept here that is not handed in again after a start. */
export class Roster {
  readonly book: FieldBook;
  readonly #lists = new Map<string, KeptList>();
  #people: People | undefined;
  #index: SearchIndex<Person> | undefined;
  /** Of whom the index is. */
  #indexed: People | undefined;
  #identities = -1;

  constructor(book: FieldBook, lists: Iterable<KeptList> = []) {
    this.book = book;
    for (const list of lists) this.#lists.set(list.order.id, list);
  }

  /**
   * What a revision would change; nothing is changed yet: it is kept on the disk first, then put into use by {@link use}.
   * @returns `clash` when an entry of it is another person on another list
   */
  merge(next: Omit<KeptList, 'struckOff'>) {
    const others = [...this.#lists.values()].filter(({ order }) => order.id !== next.order.id);
    if (others.some(({ order }) => areClashing(order, next.order))) return { kind: 'refused', why: 'clash' } as const;
    return mergeRevision(this.#lists.get(next.order.id), next, (person) => this.#isRecorded(person));
  }

  /** Puts a list that was kept into use. */
  use(list: KeptList): void {
    this.#lists.set(list.order.id, list);
    this.#people = undefined;
  }

  forget(id: string): void {
    if (this.#lists.delete(id)) this.#people = undefined;
  }

  /** Lists whose lease is over. @param now RFC 3339 */
  ended(now: string): readonly string[] {
    return this.#newestFirst()
      .filter(({ order }) => order.validUntil <= now)
      .map(({ order }) => order.id);
  }

  lists(): readonly ListLine[] {
    return this.#newestFirst().map(({ order }) => {
      const { id, rev, programme, issuedAt, validUntil } = order;
      return { id, rev, programme, people: order.people.length, issuedAt, validUntil };
    });
  }

  /** Staff of all lists, whose time is not over. @param now RFC 3339 */
  staff(now: string): readonly ListedStaff[] {
    return staffOfLists(this.#newestFirst(), now);
  }

  /** Programmes on whose lists somebody is; none for walk-ins. */
  programmesOf(entry: string): readonly string[] {
    return (this.#all().byEntry.get(entry)?.listed ?? []).map(({ list }) => list.order.programme);
  }

  /** Programme, purposes, pages that explain, next steps: of a list that has this person, else of the newest. */
  about(entry?: string): OrderAbout | undefined {
    return this.#listOf(entry)?.order.about;
  }

  /** Programme and campaign in which somebody is served. */
  campaign(entry?: string): Pick<Order, 'programme' | 'campaign' | 'attemptsPerCampaign'> | undefined {
    return this.#listOf(entry)?.order;
  }

  /** Keys under which the lists' pseudonyms were made, newest list first, base64url. */
  pseudonymKeys(): readonly string[] {
    return [...new Set(this.#newestFirst().flatMap(({ order }) => order.pseudonymKey ?? []))];
  }

  /** @param days for which an order is suggested, today included; without it, up to the last due date */
  overview(today: string, days?: number): Overview {
    return { lists: this.lists(), ...villageLines(this.#all(), this.book, today, days) };
  }

  villages(today: string, days?: number): readonly VillageLine[] {
    return this.overview(today, days).villages;
  }

  /** A village with its people: who is due, left, needs a card; then who is served. `undefined` = nobody knows it. */
  village(
    code: string,
    today: string,
  ): { readonly village: VillageLine; readonly people: readonly EntryLine[] } | undefined {
    const village = this.villages(today).find((one) => one.code === code);
    if (!village) return undefined;
    const people = (this.#all().byVillage.get(code) ?? []).map((person) => this.#line(person, today));
    return { village, people: people.sort(byUrgency) };
  }

  /** Finds people by name, house number, entry, village, the code of a receipt or all 13 digits of the citizen number; best first. */
  find(text: string, { today, subjectOf, limit = MOST_FOUND }: FindOptions): readonly EntryLine[] {
    const digits = plainThai(text).replace(/[\s-]/g, '');
    if (/^\d{13}$/.test(digits)) {
      const subject = subjectOf(digits);
      const person = subject === null ? undefined : this.#all().bySubject.get(subject);
      return person ? [this.#line(person, today)] : [];
    }
    const code = typedReceipt(text);
    const holder = code === undefined ? undefined : findByReceipt(this.#all().all, this.book, code);
    if (holder) return [this.#line(holder, today)];
    return findPeople(this.#searchIndex(), text, limit).map((person) => this.#line(person, today));
  }

  /** @param entry any of the person's entries */
  person(entry: string, today: string): PersonDetail | undefined {
    const people = this.#all();
    const person = people.byEntry.get(entry);
    if (!person) return undefined;
    const standing = standingOf(person, this.book, today);
    return {
      ...this.#line(person, today, standing),
      tambon: people.villages.get(person.village)?.tambon.name ?? '',
      phone: person.phone,
      attempts: this.attemptsOf(person),
      perhapsSame: perhapsSame(person, people).map((other) => ({ entry: other.entry, name: fullName(other) })),
      referral: standing.referral,
      representations: representationLines(person, this.book, today),
      consents: consentsOf(person, this.book).map((consent) => ({
        ...consent,
        words: this.#purposeWords(consent.purpose, entry),
      })),
      isExplained: this.book.isExplained(person.entries),
    };
  }

  /** Entry by which somebody stands on the lists, for a card that was read; `undefined` = on none. */
  entryOf(subject: string): string | undefined {
    return this.#all().bySubject.get(subject)?.entry;
  }

  /** Entry that a code on a letter means; `undefined` = none, or it may mean two people. */
  entryOfCode(code: string): string | undefined {
    return this.#all().byCode.get(codeOf(code))?.entry;
  }

  /** Whether a card with this name may be that of somebody on the lists. */
  mayBeCardOf(entry: string, nameOnCard: string): boolean {
    const person = this.#all().byEntry.get(entry);
    return person !== undefined && mayBeNamed(person.name, nameOnCard);
  }

  /** Pseudonym of somebody, from the lists or from a card that was read here. */
  subjectOf(entry: string): string | undefined {
    return this.#all().byEntry.get(entry)?.subject ?? undefined;
  }

  /**
   * Captures of the campaign that were used, here and as far as the server has told elsewhere, and how many are allowed.
   * @param of a pseudonym, or somebody of the lists
   */
  attemptsOf(of: string | Person): { readonly used: number; readonly allowed: number } {
    const person = typeof of === 'string' ? this.#all().bySubject.get(of) : of;
    const subject = typeof of === 'string' ? of : of.subject;
    const [newest] = person?.listed ?? [];
    const order = newest?.list.order ?? this.#newestFirst()[0]?.order;
    const told = (person?.listed ?? [])
      .filter(({ list }) => list.order.campaign === order?.campaign)
      .map((one) => one.person);
    const here = subject === null ? 0 : this.book.attemptsOf(subject, order?.campaign);
    const used = usedAttempts(here, order?.station, told);
    return { used, allowed: order?.attemptsPerCampaign ?? USUAL_ATTEMPTS };
  }

  /** The newest referral of everybody, open ones first, by village. */
  referrals(today: string): readonly ReferralLine[] {
    return referralLines(this.#all(), this.book, today);
  }

  /** Figures of a day; who is left is as known now, with due dates held against that day. */
  day(day: string): DayFigures {
    return dayFigures(this.book, day, this.villages(day), (entry) => this.#all().byEntry.get(entry)?.village);
  }

  #line(person: Person, today: string, standing: Standing = standingOf(person, this.book, today)): EntryLine {
    const { entry, house, needs, isWalkIn, bornYear } = person;
    const { state, last, due } = standing;
    return {
      entry,
      name: fullName(person),
      age: bornYear === null ? null : Number(today.slice(0, 4)) - bornYear,
      house,
      ...this.#place(person),
      needs,
      due,
      team: teamName(person),
      state,
      isWalkIn,
      last,
    };
  }

  #place({ village }: Person): { readonly village: string; readonly villageName: string } {
    return { village, villageName: this.#all().villages.get(village)?.name ?? village };
  }

  #purposeWords(purpose: string, entry: string): { readonly th: string; readonly en: string } {
    return this.about(entry)?.purposes.find(({ id }) => id === purpose)?.words ?? { th: purpose, en: purpose };
  }

  #isRecorded(person: OrderPerson): boolean {
    const known = this.#all().byEntry.get(person.entry);
    const keys = { entries: [person.entry], subject: person.subject ?? known?.subject ?? null };
    return (
      this.book.visitsOf(keys).length > 0 ||
      (keys.subject !== null && this.book.attemptsOf(keys.subject) > 0) ||
      this.book.isExplained(keys.entries)
    );
  }

  #listOf(entry: string | undefined): KeptList | undefined {
    const person = entry === undefined ? undefined : this.#all().byEntry.get(entry);
    return person?.listed[0]?.list ?? this.#newestFirst()[0];
  }

  #newestFirst(): readonly KeptList[] {
    return [...this.#lists.values()].sort(
      (a, b) => compareText(b.order.issuedAt, a.order.issuedAt) || compareText(a.order.id, b.order.id),
    );
  }

  #all(): People {
    if (!this.#people || this.#identities !== this.book.identities) {
      this.#people = gatherPeople(this.#newestFirst(), this.book);
      this.#identities = this.book.identities;
    }
    return this.#people;
  }

  #searchIndex(): SearchIndex<Person> {
    const people = this.#all();
    if (this.#indexed !== people || !this.#index) {
      const names = new Map([...people.villages.values()].map(({ code, name }) => [code, name]));
      this.#index = indexPeople(people.all, names, this.#index);
      this.#indexed = people;
    }
    return this.#index;
  }
}

const URGENCY = ['due-today', 'left', 'new-card', 'served', 'closed'] as const;

function byUrgency(a: EntryLine, b: EntryLine): number {
  return (
    URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state) ||
    compareText(houseKey(a), houseKey(b)) ||
    compareText(a.entry, b.entry)
  );
}

function houseKey({ house }: EntryLine): string {
  return (house ?? '~').replace(/\d+/g, (digits) => digits.padStart(5, '0'));
}
