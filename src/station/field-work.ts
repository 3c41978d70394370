import type { ThaiIdText } from '../peripherals/card/thai-id-card.ts';
import type { FieldEvent, VisitNote } from '../roster/field-event.ts';
import type { FieldFacts, VisitRecord } from '../visit/record.ts';
import type { Outcome, VisitPlace, VisitTask } from '../visit/types.ts';
import type { OpenVisit, VisitPolicy } from '../visit/visit.ts';

/** What field work adds to a visit at the reader: who is expected, what is asked, whose visit it is. The desk implements it. */
export interface FieldWork {
  readonly campaign: string;
  /** What the next card is for. */
  expected(): { readonly task: VisitTask; readonly place: VisitPlace };
  policy(): VisitPolicy;
  /** Captures that this person has used in the campaign, as far as this station knows. */
  attemptsBefore(subject: string): number;
  /** A card was read. What is said of its holder stays in memory until {@link visitEnded}. */
  cardRead(visitId: string, subject: string, text: ThaiIdText): void;
  /** @param cardSubject keyed pseudonym of the card's holder, or `null` when none was read */
  facts(about: {
    readonly visitId: string;
    readonly cardSubject: string | null;
    readonly visit: OpenVisit | null;
    readonly outcome: Outcome;
    readonly language: 'th' | 'en';
  }): FieldFacts;
  /** Name of somebody who is on no list, for the field book; `null` otherwise. */
  walkInName(visitId: string): string | null;
  /** Something that the station remembers is on the disk. */
  remembered(event: FieldEvent): void;
  /** The card has left: nothing of its holder is kept. */
  visitEnded(visitId: string): void;
}

/** What the station remembers of a visit's record. */
export function visitNote(record: VisitRecord, name: string | null): VisitNote {
  const { representation } = record;
  return {
    kind: 'visit',
    visitId: record.visitId,
    supersedes: record.supersedes,
    entry: record.entry,
    subject: record.subject,
    name: record.outcome === 'declined' ? null : name,
    village: record.village,
    outcome: record.outcome,
    reason: record.reason,
    nextStep: { id: record.nextStep, ...record.nextStepAt },
    receipt: record.receipt,
    place: record.place,
    consents: record.consents.map(({ purpose, given, how, version }) => ({ purpose, given, how, version })),
    operator: record.operator,
    form: record.form,
    representation: representation && {
      id: representation.id,
      by: representation.by,
      entry: representation.entry,
      relation: representation.relation,
      mandate: representation.mandate,
      scope: representation.scope,
      until: representation.until,
      witnesses: representation.witnesses,
    },
  };
}
