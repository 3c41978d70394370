import type { Answers, DayState, DeskStatus, ReceiptVerdict, ReferralLine } from '../kiosk/desk-protocol.ts';
import type { BookedVisit } from '../roster/field-book.ts';
import type { FieldNote, VisitNote } from '../roster/field-event.ts';
import type { FaultCode } from '../shared/faults.ts';
import type { FieldFacts, VisitRecord } from '../visit/record.ts';
import type { Outcome, Recorded, VisitPlace, VisitTask, Witness } from '../visit/types.ts';
import type { OpenVisit, Visit, VisitEvent, VisitPolicy } from '../visit/visit.ts';
import type { Programme } from './people.ts';

/** Whose card was read. In memory only, until the card has left. */
export interface CardHolder {
  /** As on the card, Thai. */
  readonly name: string;
  readonly citizenNumber: string;
  /** Surely not expired. */
  readonly isInDate: boolean;
  /** ISO day, or `null` when the chip does not say. */
  readonly issuedOn: string | null;
}

/** What staff said of an outcome that they record without a card. */
export interface DeskFacts {
  readonly entry: string;
  readonly due: string | null;
  /** Serial of the paper form that it is entered from, and the day that it says, ISO. */
  readonly form: string | null;
  readonly seenOn: string | null;
}

/** What an outcome's facts are gathered from. */
export interface FactsAbout {
  readonly visitId: string;
  /** Keyed pseudonym of the card's holder, or `null` when none was read. */
  readonly cardSubject: string | null;
  readonly visit: OpenVisit | null;
  readonly outcome: Outcome;
  readonly language: 'th' | 'en';
  /** `null` = a visit at the reader. */
  readonly desk: DeskFacts | null;
}

/** Port: what field work adds to a visit at the reader: who is expected, what is asked, whose visit it is. */
export interface FieldWork {
  readonly campaign: string;
  /** What the next card is for. */
  expected(): { readonly task: VisitTask; readonly place: VisitPlace };
  policy(): VisitPolicy;
  /** Captures that this person has used in the campaign, as far as this station knows. */
  attemptsBefore(subject: string): number;
  /** @returns whether it is the card of whoever was to be represented: they came themselves */
  cardRead(visitId: string, subject: string, holder: CardHolder): boolean;
  facts(about: FactsAbout): FieldFacts;
  /** Name of somebody who is on no list, for the field book; `null` otherwise. */
  walkInName(visitId: string): string | null;
  /** The card has left: nothing of its holder is kept. */
  visitEnded(): void;
}

/** Port: the visit at the reader, as the desk may move it. */
export interface VisitControl {
  state(): Visit;
  dispatch(event: VisitEvent): void;
  /** Bedside: seconds left, or `null`. */
  dignityLeftS(): number | null;
  pictures(): { readonly card: Uint8Array | undefined; readonly probe: Uint8Array | undefined };
}

/** Port: the journal, as the desk uses it. */
export interface FieldJournal {
  /** Writes an event and what the station remembers of it. @returns the fault that kept it from the disk */
  write(type: string, data: Readonly<Record<string, unknown>>, note: FieldNote | null): Promise<FaultCode | undefined>;
  /** Records an outcome that needs no card. */
  record(visitId: string, outcome: Outcome, facts: DeskFacts): Promise<Recorded | FaultCode>;
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
    name: record.subject === null ? null : name,
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
      ...(representation.attestedBy ? { attestedBy: representation.attestedBy } : {}),
    },
  };
}

/** Port: what is printed, written to a stick and checked on paper. */
export interface DeskPaper {
  printer(): DeskStatus['printer'];
  /** Prints a visit's receipt, and the representative's own beside it. */
  printReceipt(visit: BookedVisit, holder: CardHolder | null): Promise<FaultCode | undefined>;
  printSlip(slip: 'explain' | 'line', programme: Programme): Promise<FaultCode | undefined>;
  printReferrals(lines: readonly ReferralLine[]): Promise<FaultCode | undefined>;
  printDay(report: DayReport): Promise<FaultCode | undefined>;
  /** SHA-256 of the report's data, as its signature says. */
  hashOfDay(report: DayReport): string;
  /** Writes files to a stick that is plugged in, else to the data folder. */
  exportDay(report: DayReport): Promise<Exported | FaultCode>;
  exportReferrals(lines: readonly ReferralLine[]): Promise<Exported | FaultCode>;
  /** @param from serial of the first form */
  exportForms(from: number, count: number): Promise<Exported | FaultCode>;
  verify(text: string): ReceiptVerdict;
}
export interface Exported {
  readonly folder: string;
  readonly files: readonly string[];
}
/** A day as it is reported: the desk's state of it, and who was there. */
export interface DayReport {
  readonly state: DayState;
  /** RFC 3339, to the minute: what is printed and what is exported say the same. */
  readonly at: string;
  readonly operator: string | null;
  readonly present: readonly { readonly role: Witness['role']; readonly name: string }[];
}

/** Port: lists that come by stick, QR or network. */
export interface DeskOrders {
  sticks(): Promise<Answers['sticks']>;
  importFile(path: string): Promise<Answers['import-orders'] | FaultCode>;
}

/** Port: photographs with the station's own camera; what it takes is sealed at once. */
export interface DeskCamera {
  /** A sheet of paper, JPEG of at most 60 kB; `undefined` when there is no camera. */
  photograph(): Promise<Uint8Array | undefined>;
}
