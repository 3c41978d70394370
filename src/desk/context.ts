import type { AnswerTo, Ask, Refusal } from '../kiosk/desk-protocol.ts';
import type { PartStatus, Words } from '../kiosk/protocol.ts';
import type { FaultCode } from '../shared/faults.ts';
import type { DeskLock } from '../staff/desk-lock.ts';
import type { StaffMember } from '../staff/member.ts';
import type { Witness } from '../visit/types.ts';
import type { DeskField } from './field.ts';
import type { FormsInHand } from './forms-in-hand.ts';
import type { DeskPeople } from './people.ts';
import type { DeskCamera, DeskOrders, DeskPaper, FieldJournal, VisitControl } from './port.ts';
import type { RecentRecord } from './recent-record.ts';
import { refuseFault } from './refusals.ts';

/** What the desk works with. */
export interface DeskContext {
  readonly people: DeskPeople;
  readonly field: DeskField;
  readonly lock: DeskLock;
  readonly members: () => readonly StaffMember[];
  readonly visit: VisitControl;
  readonly journal: FieldJournal;
  readonly paper: DeskPaper;
  readonly orders: DeskOrders;
  readonly camera: DeskCamera;
  readonly forms: FormsInHand;
  readonly recent: RecentRecord;
  /** Demo only: how to sign in. */
  readonly signInHint: Words | null;
  readonly parts: () => readonly PartStatus[];
  /** Who attends today, or attended on a day, from the first to arrive. */
  readonly present: (day?: string) => readonly Witness[];
  readonly now: () => Date;
  /** ISO day in Thailand. */
  readonly today: () => string;
}

/** Answers one kind of ask. */
export type Handler<Do extends Ask['do']> = (
  ask: Extract<Ask, { do: Do }>,
  desk: DeskContext,
) => AnswerTo<Do> | Refusal | Promise<AnswerTo<Do> | Refusal>;
export type Handlers<Do extends Ask['do']> = { readonly [One in Do]: Handler<One> };

export const DONE = { done: true } as const;
/** Done, or the fault that kept it from being done. */
export const doneUnless = (fault: FaultCode | undefined) => (fault === undefined ? DONE : refuseFault(fault));
