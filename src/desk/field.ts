import { createHash } from 'node:crypto';
import type { ReferralLine } from '../kiosk/desk-protocol.ts';
import { isStranger } from '../roster/people.ts';
import { bangkokDay } from '../shared/bangkok-day.ts';
import { uuidV7 } from '../shared/uuid.ts';
import type { FieldFacts, ShownConsent } from '../visit/record.ts';
import type { Outcome, Representation, VisitPlace, VisitTask, Witness } from '../visit/types.ts';
import type { VisitPolicy } from '../visit/visit.ts';
import type { DeskPeople, Programme } from './people.ts';
import type { CardHolder, DeskFacts, FactsAbout, FieldWork } from './port.ts';

/** A record names no more; the last to come are those of this village. */
const MOST_WITNESSES = 8;

export interface DeskFieldOptions {
  readonly people: DeskPeople;
  readonly attemptsAllowed: VisitPolicy['attemptsAllowed'];
  /** ISO day. */
  readonly today: () => string;
  /** Id of who is signed in, or `null`. */
  readonly operator: () => string | null;
  /** Who attended on a day. */
  readonly present: (day: string) => readonly Witness[];
  readonly now: () => Date;
  /** The new card that somebody was sent for has been read. */
  readonly onNewCard: (referral: ReferralLine) => void;
  /** The card has left. */
  readonly onEnded?: (() => void) | undefined;
}

/** The visit at the reader as field work knows it, from the moment somebody is expected until the card has left. */
export class DeskField implements FieldWork {
  readonly #options: DeskFieldOptions;
  #expected: { readonly task: VisitTask; readonly place: VisitPlace; readonly entry: string | null };
  /** Where visits are made until staff say otherwise. */
  #place: VisitPlace = 'station';
  #card: { readonly visitId: string; readonly subject: string; readonly holder: CardHolder } | undefined;
  #representation: string | undefined;
  /** Paper that was photographed for a representation that is not recorded yet. */
  #mandate: { readonly entry: string; readonly id: string } | undefined;
  /** Who was signed in when the card was read: the desk may have locked since. */
  #operator: string | null = null;
  /** Who heard a spoken consent, by purpose. */
  readonly #heardBy = new Map<string, Witness>();
  /** The visit has an outcome: who was expected has come. */
  #hasOutcome = false;

  constructor(options: DeskFieldOptions) {
    this.#options = options;
    this.#expected = { task: { kind: 'own' }, place: this.#place, entry: null };
  }

  /** Of whoever the visit is about: two lists may be of two programmes, with other purposes and another campaign. */
  get programme(): Programme {
    const { entry, task } = this.#expected;
    const about = this.#card && task.kind === 'own' ? this.entryOfCard(this.#card.subject) : entry;
    return this.#options.people.programme(about ?? undefined);
  }

  get campaign(): string {
    return this.programme.campaign;
  }

  get place(): VisitPlace {
    return this.#expected.place;
  }

  get expectedEntry(): string | null {
    return this.#expected.entry;
  }

  get card(): { readonly subject: string; readonly holder: CardHolder } | undefined {
    return this.#card;
  }

  expected() {
    return this.#expected;
  }

  /** The next card is of this entry, or of whoever comes (`null`). The place stays until it is changed. */
  expect(entry: string | null, place: VisitPlace): void {
    this.#place = place;
    this.#expected = { task: { kind: 'own' }, place, entry };
  }

  expectRepresentative(representation: Representation, place: VisitPlace): void {
    this.#place = place;
    this.#expected = { task: { kind: 'represent', representation }, place, entry: representation.entry };
    this.#representation = representation.mandate === 'paper' ? this.#mandate?.id : undefined;
  }

  /** Id of the representation that a paper is photographed for: a second page is of the same one. */
  mandateOf(entry: string): string {
    return this.#mandate?.entry === entry ? this.#mandate.id : uuidV7(this.#options.now().getTime());
  }

  /** The photograph is in the journal. */
  mandateKept(entry: string, id: string): void {
    this.#mandate = { entry, id };
  }

  hasMandateOf(entry: string | null): boolean {
    return entry !== null && this.#mandate?.entry === entry;
  }

  /** Somebody heard the consent that was spoken. */
  consentWitnessed(purpose: string, witness: Witness): void {
    this.#heardBy.set(purpose, witness);
  }

  /** Code of the village of whom the visit at the reader is about; `''` = they are on no list. */
  village(): string {
    return this.villageOf(this.#entryOf(this.#card?.subject ?? null, this.#expected.task));
  }

  /** Code of the village that somebody lives in by the lists, whatever the areas of whoever is signed in. */
  villageOf(entry: string | null): string {
    const { people, today } = this.#options;
    return (entry !== null && people.person(entry, today())?.village) || '';
  }

  policy(): VisitPolicy {
    const { purposes, attemptsPerCampaign } = this.programme;
    const others = purposes.map(({ id }) => id).filter((id) => id !== 'face-comparison');
    return {
      attemptsAllowed: this.#options.attemptsAllowed,
      attemptsPerCampaign,
      purposes: ['face-comparison', ...others],
    };
  }

  attemptsBefore(subject: string): number {
    return this.#options.people.attemptsOf(subject);
  }

  cardRead(visitId: string, subject: string, holder: CardHolder): boolean {
    this.#card = { visitId, subject, holder };
    this.#operator = this.#options.operator();
    const { people, today, onNewCard } = this.#options;
    const entry = this.entryOfCard(subject);
    const open = people.referrals(today()).find((line) => line.entry === entry && entry !== null && !line.closed);
    if (open && isNewCard(holder, open)) onNewCard(open);
    const { task, place, entry: expected } = this.#expected;
    const isRepresented = task.kind === 'represent' && expected !== null && people.subjectOf(expected) === subject;
    if (isRepresented) this.#expected = { task: { kind: 'own' }, place, entry: expected };
    return isRepresented;
  }

  /**
   * Entry of whose card lies in the reader: by the card; or who was expected, when no list has a number of them and the name on the
   * card may be theirs. Somebody else's card is never written down as theirs.
   */
  entryOfCard(subject: string): string | null {
    const { people } = this.#options;
    const known = people.entryOf(subject);
    if (known !== undefined) return known;
    const { entry, task } = this.#expected;
    if (entry === null || task.kind !== 'own' || people.subjectOf(entry) !== undefined) return null;
    return people.mayBeCardOf(entry, this.#card?.holder.name ?? '') ? entry : null;
  }

  /** The card is not that of who was expected. */
  isSomebodyElse(): boolean {
    const { entry, task } = this.#expected;
    return (
      task.kind === 'own' &&
      entry !== null &&
      this.#card !== undefined &&
      this.entryOfCard(this.#card.subject) !== entry
    );
  }

  facts(about: FactsAbout): FieldFacts {
    const { people, operator } = this.#options;
    const { outcome, desk, cardSubject } = about;
    if (!desk) this.#hasOutcome = true;
    const task = desk ? undefined : this.#expected.task;
    const isRepresented = task?.kind === 'represent';
    const entry = desk?.entry ?? this.#entryOf(cardSubject, task);
    const subject = isRepresented || cardSubject === null ? (entry && people.subjectOf(entry)) || null : cardSubject;
    const { id: programme, campaign } = people.programme(entry ?? undefined);
    return {
      programme,
      campaign,
      entry: entry !== null && isStranger(entry) ? null : entry,
      subject,
      village: this.villageOf(entry) || null,
      place: about.visit?.place ?? this.#place,
      nextStepAt: this.nextStepAt(outcome, desk ?? { due: null, seenOn: null }, entry),
      operator: operator() ?? (desk ? null : this.#operator),
      witnesses: this.#witnesses(desk).slice(-MOST_WITNESSES),
      consents: this.#consents(about),
      representation: this.#representationOf(about),
      form: desk?.form ?? null,
      seenOn: desk?.seenOn ?? null,
    };
  }

  /**
   * Where this person's programme does this next step, and by when, counted from the visit; staff may have agreed on another day.
   * @param entry whose programme; `null` = of whoever the visit is about
   */
  nextStepAt(
    { nextStep }: Pick<Outcome, 'nextStep'>,
    { due, seenOn }: Pick<DeskFacts, 'due' | 'seenOn'>,
    entry: string | null,
  ) {
    const { nextSteps } = entry === null ? this.programme : this.#options.people.programme(entry);
    const plan = nextSteps[nextStep];
    const from = seenOn === null ? this.#options.now() : new Date(`${seenOn}T12:00:00+07:00`);
    return { where: plan?.where ?? null, due: due ?? dayAfter(from, plan?.days ?? null) };
  }

  /** Who attended when it happened: of a form on its own day, and nobody when it says none. */
  #witnesses(desk: DeskFacts | null): readonly Witness[] {
    const { present, today } = this.#options;
    const day = desk !== null && desk.form !== null ? desk.seenOn : today();
    return day === null ? [] : present(day);
  }

  walkInName(visitId: string): string | null {
    const card = this.#card;
    return card?.visitId === visitId && this.entryOfCard(card.subject) === null ? card.holder.name : null;
  }

  visitEnded(): void {
    this.#options.onEnded?.();
    this.#card = undefined;
    this.#operator = null;
    this.#heardBy.clear();
    // A card that was put in askew does not make staff begin anew.
    if (!this.#hasOutcome) return;
    this.#hasOutcome = false;
    if (this.#expected.task.kind === 'represent') this.#mandate = undefined;
    this.#representation = undefined;
    this.#expected = { task: { kind: 'own' }, place: this.#place, entry: null };
  }

  #entryOf(cardSubject: string | null, task: VisitTask | undefined): string | null {
    if (task?.kind === 'represent') return task.representation.entry;
    return cardSubject === null ? this.#expected.entry : this.entryOfCard(cardSubject);
  }

  /** Id of the representation that is being made, the same for its paper, its outcome and what takes its place. */
  representationId(): string {
    this.#representation ??= uuidV7(this.#options.now().getTime());
    return this.#representation;
  }

  #representationOf({ cardSubject, outcome }: FactsAbout): FieldFacts['representation'] {
    if (outcome.kind !== 'represented' || cardSubject === null) return null;
    const { people } = this.#options;
    const { entry } = outcome.representation;
    return {
      ...outcome.representation,
      id: this.representationId(),
      by: cardSubject,
      peopleOfRepresentative: people.peopleOfRepresentative(cardSubject, entry, this.#options.today()),
    };
  }

  #consents({ visit, language }: FactsAbout): readonly ShownConsent[] {
    const by = visit?.task.kind === 'represent' ? 'representative' : 'citizen';
    return (visit?.consents ?? []).map(({ isShort, ...consent }) => {
      const purpose = this.programme.purposes.find(({ id }) => id === consent.purpose);
      const words = (isShort && purpose?.shortWords) || purpose?.words;
      return {
        ...consent,
        version: purpose?.version ?? 'unknown',
        by,
        witness: consent.how === 'witnessed-voice' ? (this.#heardBy.get(consent.purpose) ?? null) : null,
        shown: words ? createHash('sha256').update(words[language]).digest('hex') : null,
        language,
      };
    });
  }
}

/** Whether this is the card that somebody was sent for: in date now, or issued since. An old card that was cancelled is neither. */
function isNewCard({ isInDate, issuedOn }: CardHolder, { reason, since }: ReferralLine): boolean {
  if (!isInDate) return false;
  return reason.code === 'card-expired' || (issuedOn !== null && issuedOn >= bangkokDay(since));
}

/** The day so many days from now, ISO; `null` = none is planned. */
function dayAfter(now: Date, days: number | null): string | null {
  return days === null ? null : bangkokDay(new Date(now.getTime() + days * 86_400_000));
}
