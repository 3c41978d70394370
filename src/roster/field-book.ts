import { bangkokDay } from '../shared/bangkok-day.ts';
import type { Witness } from '../visit/types.ts';
import { closesReferral } from './closes-referral.ts';
import type { FieldEvent, Opening, ReferralNeeds, VisitNote } from './field-event.ts';
import { FormBook } from './form-book.ts';
import { Withdrawals } from './withdrawals.ts';

/** A visit that was recorded here. */
export interface BookedVisit extends VisitNote {
  readonly eventId: string;
  /** RFC 3339. */
  readonly at: string;
  /** Place in the order of events: a clock may be wrong. */
  readonly order: number;
}

export interface BookedWalkIn {
  readonly entry: string;
  readonly name: string;
  readonly village: string;
  readonly house: string | null;
  readonly needs: readonly ('bedridden' | 'deaf' | 'blind' | 'wheelchair')[];
  readonly at: string;
}

/** A referral as this station knows it. */
export interface BookedReferral {
  readonly visit: BookedVisit;
  readonly needs: ReferralNeeds;
  readonly closed: { readonly at: string; readonly by: 'card' | 'server' | 'officer' } | null;
}

/** By what somebody is known: entries of the lists and, where one is known, the pseudonym. */
export interface PersonKeys {
  readonly entries: readonly string[];
  readonly subject: string | null;
}

const NONE: readonly BookedVisit[] = [];
const OWN_WAY: ReferralNeeds = { transport: 'own', bedsideReissue: false, contact: null, appointment: null };
/**
 * What the station remembers of its own events, folded as they come. Each is applied once, whatever is handed in twice; answers
 * cost as much as the person has visits, not as the book has events.
 */
export class FieldBook {
  /** Grows when somebody may be known by another name than before: whoever keeps an index looks at it. */
  identities = 0;
  readonly forms = new FormBook();
  readonly #seen = new Set<string>();
  readonly #events = new Map<string, BookedVisit>();
  readonly #superseded = new Set<string>();
  readonly #byVisit = new Map<string, BookedVisit[]>();
  readonly #byEntry = new Map<string, BookedVisit[]>();
  readonly #bySubject = new Map<string, BookedVisit[]>();
  readonly #byDay = new Map<string, BookedVisit[]>();
  readonly #subjectOf = new Map<string, string>();
  readonly #attempts = new Map<string, (string | null)[]>();
  readonly #walkIns = new Map<string, BookedWalkIn>();
  readonly #strangers = new Map<string, BookedVisit>();
  readonly #needs = new Map<string, ReferralNeeds>();
  readonly #closed = new Map<string, NonNullable<BookedReferral['closed']>>();
  readonly #revoked = new Set<string>();
  readonly #represented = new Map<string, BookedVisit[]>();
  readonly #withdrawn = new Withdrawals();
  readonly #explained = new Set<string>();
  readonly #present = new Map<string, Witness[]>();
  readonly #opened = new Map<string, Opening>();
  readonly #closedDays = new Map<string, readonly [events: number, report: string]>();
  #order = 0;

  static of(events: Iterable<FieldEvent>): FieldBook {
    const book = new FieldBook();
    for (const event of events) book.apply(event);
    return book;
  }

  /** Takes one event; one that was taken changes nothing. A kind that this program does not know is passed over. */
  apply({ eventId, at, note }: FieldEvent): void {
    if (this.#seen.has(eventId)) return;
    this.#seen.add(eventId);
    this.#order += 1;
    switch (note.kind) {
      case 'visit':
        return this.#visit({ ...note, eventId, at, order: this.#order });
      case 'attempt':
        return void listOf(this.#attempts, note.subject).push(note.campaign ?? null);
      case 'walk-in': {
        const { kind: _, ...walkIn } = note;
        this.#walkIns.set(note.entry, { ...walkIn, at });
        this.identities += 1;
        return;
      }
      case 'referral':
        return void this.#needs.set(note.visitId, note.needs);
      case 'referral-closed':
        return void this.#closed.set(note.visitId, { at, by: note.by });
      case 'representation-revoked':
        return void this.#revoked.add(note.id);
      case 'consent-withdrawn':
        return this.#withdrawn.take(note, at, this.#order);
      case 'explained':
        if (note.entry !== null) this.#explained.add(note.entry);
        return;
      case 'attended':
        return void listOf(this.#present, bangkokDay(at)).push(note.witness);
      case 'day-opened':
        this.#closedDays.delete(note.day);
        return void this.#opened.set(note.day, {
          confirmed: [...(this.openingOf(note.day)?.confirmed ?? []), ...note.confirmed],
          well: note.well ?? [],
          troubles: note.troubles ?? [],
        });
      case 'day-closed':
        return void this.#closedDays.set(note.day, [this.eventsOn(note.day).length, note.report ?? '']);
      case 'forms-issued':
        return this.forms.issue(eventId, note, bangkokDay(at));
      case 'form-spoilt':
        return this.forms.spoil(note.form);
    }
  }

  #visit(visit: BookedVisit): void {
    this.#events.set(visit.eventId, visit);
    if (visit.supersedes !== null) this.#superseded.add(visit.supersedes);
    listOf(this.#byVisit, visit.visitId).push(visit);
    listOf(this.#byDay, bangkokDay(visit.at)).push(visit);
    if (visit.entry !== null) listOf(this.#byEntry, visit.entry).push(visit);
    if (visit.subject !== null) listOf(this.#bySubject, visit.subject).push(visit);
    const isOwn = visit.entry !== null && visit.subject !== null && visit.representation === null;
    if (isOwn && this.#subjectOf.get(visit.entry) !== visit.subject) {
      this.#subjectOf.set(visit.entry, visit.subject);
      this.identities += 1;
    }
    if (visit.entry === null && visit.subject !== null && visit.name !== null) {
      this.#strangers.set(visit.subject, visit);
      this.identities += 1;
    }
    if (visit.representation) listOf(this.#represented, visit.representation.by).push(visit);
    if (visit.form !== null) this.forms.enter(visit.form);
    if (visit.outcome === 'verified' || visit.outcome === 'represented') this.#closeReferrals(visit);
  }

  /** A person whose card is good again needs no new one; nor does one for whom somebody acts whose own was the trouble. */
  #closeReferrals(visit: BookedVisit): void {
    for (const one of this.visitsOf({ entries: visit.entry === null ? [] : [visit.entry], subject: visit.subject }))
      if (one.outcome === 'referred' && one.visitId !== visit.visitId && !this.#closed.has(one.visitId))
        if (closesReferral(visit.outcome, one.reason)) this.#closed.set(one.visitId, { at: visit.at, by: 'card' });
  }

  /** Whether a later event took the place of this one. */
  isSuperseded(eventId: string): boolean {
    return this.#superseded.has(eventId);
  }

  /** The visit as it counts, `undefined` when it was not recorded here. */
  visit(visitId: string): BookedVisit | undefined {
    return this.#byVisit.get(visitId)?.findLast((one) => !this.isSuperseded(one.eventId));
  }

  /** Visits of a person as they count, oldest first. */
  visitsOf({ entries, subject }: PersonKeys): readonly BookedVisit[] {
    const known = subject !== null && this.#bySubject.has(subject);
    // Most people of a list: nobody has been there yet.
    if (!known && !entries.some((entry) => this.#byEntry.has(entry))) return NONE;
    const found = new Set<BookedVisit>();
    for (const entry of entries) for (const one of this.#byEntry.get(entry) ?? []) found.add(one);
    if (subject !== null) for (const one of this.#bySubject.get(subject) ?? []) found.add(one);
    const counted = [...found].filter(({ eventId }) => !this.isSuperseded(eventId));
    return counted.length < 2 ? counted : counted.sort((a, b) => a.order - b.order);
  }

  lastOf(keys: PersonKeys): BookedVisit | undefined {
    return this.visitsOf(keys).at(-1);
  }

  /** Captures of a campaign that were used here. @param campaign without one, those of any */
  attemptsOf(subject: string, campaign?: string): number {
    const all = this.#attempts.get(subject) ?? [];
    return campaign === undefined ? all.length : all.filter((one) => one === null || one === campaign).length;
  }

  /** Pseudonym that a card told of an entry. */
  subjectOf(entry: string): string | undefined {
    return this.#subjectOf.get(entry);
  }

  walkIns(): Iterable<BookedWalkIn> {
    return this.#walkIns.values();
  }

  /** Last visits of cards that are on no list, by pseudonym. */
  strangers(): Iterable<readonly [string, BookedVisit]> {
    return this.#strangers;
  }

  /** The newest referral of a person; older ones are done with by it. */
  referralOf(keys: PersonKeys): BookedReferral | undefined {
    const visit = this.visitsOf(keys).findLast(({ outcome }) => outcome === 'referred');
    return visit && this.#referral(visit);
  }

  /** Every referral that counts, oldest first; of each visit one. */
  *referrals(): Iterable<BookedReferral> {
    for (const visit of this.#events.values())
      if (visit.outcome === 'referred' && !this.isSuperseded(visit.eventId)) yield this.#referral(visit);
  }

  /** What was asked for a referral, of another station too. @param told what the server has heard elsewhere */
  needsOf(visitId: string, told: ReferralNeeds = OWN_WAY): ReferralNeeds {
    return this.#needs.get(visitId) ?? told;
  }

  /** By whom a referral was closed here. */
  closingOf(visitId: string): BookedReferral['closed'] {
    return this.#closed.get(visitId) ?? null;
  }

  #referral(visit: BookedVisit): BookedReferral {
    return { visit, needs: this.needsOf(visit.visitId), closed: this.closingOf(visit.visitId) };
  }

  /** Who stood for a person here. */
  representationsOf(keys: PersonKeys): readonly BookedVisit[] {
    return this.visitsOf(keys).filter(({ representation }) => representation !== null);
  }

  isRevoked(representation: string): boolean {
    return this.#revoked.has(representation);
  }

  /** Whether a mandate still stands: not taken back, and not over. @param today `YYYY-MM-DD` */
  isStanding({ id, until }: { readonly id: string; readonly until: string }, today: string): boolean {
    return until >= today && !this.#revoked.has(id);
  }

  /** For how many people somebody stands today. @param by pseudonym of the representative */
  peopleOf(by: string, today: string): number {
    const standing = (this.#represented.get(by) ?? []).filter(
      ({ eventId, representation: of }) => !this.isSuperseded(eventId) && of !== null && this.isStanding(of, today),
    );
    return new Set(standing.map(({ entry, subject, visitId }) => entry ?? subject ?? visitId)).size;
  }

  /** The last answer of a person to each purpose, withdrawals included. */
  consentsOf(keys: PersonKeys): readonly { readonly purpose: string; readonly given: boolean; readonly at: string }[] {
    const answers = new Map<string, { purpose: string; given: boolean; at: string; order: number }>();
    for (const { consents, at, order } of this.visitsOf(keys))
      for (const { purpose, given } of consents) answers.set(purpose, { purpose, given, at, order });
    for (const [purpose, { at, order }] of this.#withdrawn.of(keys))
      if (order > (answers.get(purpose)?.order ?? -1)) answers.set(purpose, { purpose, given: false, at, order });
    return [...answers.values()].map(({ order: _, ...answer }) => answer);
  }

  /** Whether somebody has taken a consent back here and not given it again since. */
  isWithdrawn(keys: PersonKeys, purpose: string): boolean {
    const last = this.#withdrawn.of(keys).get(purpose);
    const isSince = ({ order, consents }: BookedVisit) =>
      order > (last?.order ?? 0) && consents.some((one) => one.purpose === purpose && one.given);
    return last !== undefined && !this.visitsOf(keys).some(isSince);
  }

  isExplained(entries: readonly string[]): boolean {
    return entries.some((entry) => this.#explained.has(entry));
  }

  /** Who attended on a day. */
  present(day: string): readonly Witness[] {
    return this.#present.get(day) ?? [];
  }

  /** Everything that was recorded on a day, superseded results included. */
  eventsOn(day: string): readonly BookedVisit[] {
    return this.#byDay.get(day) ?? [];
  }

  /** What was looked at when the day was opened; `undefined` = it was not. */
  openingOf(day: string): Opening | undefined {
    return this.#opened.get(day);
  }

  /** The report with which a day was closed, `''` = none was kept; `undefined` = it is not closed, or went on since. */
  closingOfDay(day: string): string | undefined {
    const [events, report] = this.#closedDays.get(day) ?? [];
    return events === this.eventsOn(day).length ? report : undefined;
  }

  /** The last day before this one on which something was recorded and which is not closed. */
  unclosedBefore(day: string): string | undefined {
    const isUnclosed = (one: string) => one < day && this.closingOfDay(one) === undefined;
    return [...this.#byDay.keys()].filter(isUnclosed).sort().at(-1);
  }
}

function listOf<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
