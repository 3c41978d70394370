import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { referralClosed } from '../desk/asks-people.ts';
import { Desk } from '../desk/desk.ts';
import { DeskField } from '../desk/field.ts';
import { FormsInHand } from '../desk/forms-in-hand.ts';
import { DeskPeople } from '../desk/people.ts';
import { ownProgramme } from '../desk/programme.ts';
import { RecentRecord } from '../desk/recent-record.ts';
import type { Receipt } from '../kiosk/protocol.ts';
import type { Log } from '../observe/log.ts';
import type { Camera } from '../peripherals/camera/port.ts';
import type { Roster } from '../roster/roster.ts';
import { bangkokDay } from '../shared/bangkok-day.ts';
import type { Clock } from '../shared/clock.ts';
import { DeskLock } from '../staff/desk-lock.ts';
import type { StaffMember } from '../staff/member.ts';
import { citizenPseudonym, listKeys } from './citizen-pseudonym.ts';
import { demoOrder } from './demo-order.ts';
import { StationPaper } from './desk-paper.ts';
import { fieldJournal, visitControl } from './field-control.ts';
import { FieldOrders } from './field-orders.ts';
import { paperCamera, tellPrinter } from './field-parts.ts';
import { meaningOf, officerOf } from './field-scans.ts';
import { openRoster } from './open-roster.ts';
import { forgetSlips, openPress, openPrinter } from './paper-registry.ts';
import { readForm } from './papers.ts';
import type { PartBoard } from './parts.ts';
import { receiptTrust } from './receipt-issuers.ts';
import { openListStore } from './roster-registry.ts';
import { demoStaff, staffFile, wrongPinFile } from './staff-file.ts';
import type { OpenedJournal } from './station-journal.ts';
import type { VisitRecorder } from './visit-recorder.ts';
import type { VisitRunner } from './visit-runner.ts';

export interface FieldOptions {
  readonly dataDir: string;
  readonly settings: Settings;
  readonly isDemo: boolean;
  readonly clock: Clock;
  readonly store: OpenedJournal;
  readonly recorder: VisitRecorder;
  readonly camera: Camera;
  readonly board: PartBoard;
  readonly log: Log;
  /** Asked only once the station is built. */
  readonly runner: () => VisitRunner;
  readonly onChange: () => void;
}

/** What field work needs at the reader and at the desk. */
export interface OpenedField extends AsyncDisposable {
  readonly field: DeskField;
  readonly desk: Desk;
  /** Keyed pseudonym of a citizen number. */
  subjectOf(number: string): string;
  /** What the citizen takes along from a visit that is recorded. */
  receipt(visitId: string): Receipt;
  /** Something was held before the scanner. */
  scanned(text: string): Promise<void>;
  /** Somebody put a card into the second reader: it counts when it is an officer's own, and is forgotten. */
  cardShown(number: string): void;
  /** Once a second: lists whose lease is over, and notes that are old. */
  look(): void;
  /** There may be new work orders at the server. */
  lookForOrders(): void;
}

/** PINs stand beside the names in a demonstration. */
const DEMO_HINT = { th: 'สาธิต: รหัสอยู่ข้างชื่อ', en: 'Demonstration: each PIN stands beside its name.' };
const THIRTEEN_DIGITS = /^\d{13}$/;
/** Looks between two rounds of forgetting. */
const FORGET_EVERY = 3_600;
const DAY_MS = 86_400_000;

/** Builds the desk over lists, field book, staff, paper and printer. */
export async function openField(options: FieldOptions, signal: AbortSignal): Promise<OpenedField> {
  const { settings, clock, isDemo, dataDir, store, recorder, board, log, runner, onChange } = options;
  const { journal, keys, events } = store;
  const stack = new AsyncDisposableStack();
  const over = new AbortController();
  const live = AbortSignal.any([signal, over.signal]);
  const station = settings.station.id;
  const today = () => bangkokDay(clock.now());

  const lists = await openListStore(dataDir, keys.dataKey);
  const roster = openRoster(lists, journal, (file) => log.error('orders', { code: 'ORDERS_BROKEN', path: file }));
  stack.defer(events.onRemembered((event) => roster.book.apply(event)));
  const subjectOf = (number: string) => citizenPseudonym(roster, keys.programmeKey, number);
  if (isDemo && roster.lists().length === 0) await useDemoList(roster, station, clock, subjectOf);
  const people = new DeskPeople({
    roster,
    subjectOf: (number) => (THIRTEEN_DIGITS.test(number) ? subjectOf(number) : null),
    own: ownProgramme(settings.visit.consentVersion, settings.visit.attemptsPerCampaign),
    isSettled: (eventId) => journal.deliveryOf(eventId) === 'settled',
    readForm: (text) => readForm(station, text),
  });

  const entered: readonly StaffMember[] = [...(isDemo ? await demoStaff() : []), ...(staffFile(dataDir).read() ?? [])];
  // The roster leaves out whose time is over, to the second: what is left of it may act all day.
  const listed = () => roster.staff(clock.now().toISOString()).map((one) => ({ ...one, until: null }));
  const members = () => [...listed(), ...entered];
  const present = (day = today()) => roster.book.present(day);
  const lock = new DeskLock({
    members,
    villages: () => people.villageCodes(today()),
    wrongPins: wrongPinFile(dataDir),
    monotonicMs: () => clock.monotonicMs(),
    idleMs: settings.desk.idleLockMs,
    onLocked: onChange,
  });
  stack.defer(() => lock.signOut());

  const writes = fieldJournal(events, recorder, clock);
  const field = new DeskField({
    people,
    attemptsAllowed: { station: settings.visit.attemptsAllowed, bedside: settings.visit.attemptsAtBedside },
    today,
    operator: () => lock.signedIn?.id ?? null,
    present,
    now: () => clock.now(),
    onNewCard: ({ visitId, entry }) => void writes.write(...referralClosed(visitId, entry, 'card')),
    onEnded: () => paper.forget(),
  });

  const slips = join(dataDir, 'slips');
  stack.defer(() => forgetSlips(slips));
  const printer = await openPrinter(settings.printer, slips, isDemo);
  if (printer) stack.use(printer);
  stack.defer(tellPrinter(printer, settings.printer, board));
  const believed = receiptTrust({ dataDir, station, signer: keys.signer, keys: keys.trust?.keys });
  const paper = new StationPaper({
    station,
    signer: keys.signer,
    press: await openPress(),
    printer,
    verifyUrl: settings.receipt.verifyUrl,
    trust: () => believed(store.nowMs()),
    programme: () => people.programme(),
    exportDir: join(dataDir, 'export'),
    now: () => clock.now(),
    signal: live,
  });
  const toOrders = { dataDir, settings, keys, store: lists, roster, events, board, log, onChange };
  const orders = new FieldOrders({ ...toOrders, nowMs: () => store.nowMs() });
  const fetching = orders.run(live);
  stack.defer(async () => {
    over.abort();
    await fetching;
  });

  const desk = new Desk(
    {
      ...{ people, field, lock, members, paper, orders, present, today, journal: writes },
      signInHint: isDemo ? DEMO_HINT : null,
      visit: visitControl(runner),
      camera: paperCamera(options.camera, live),
      forms: new FormsInHand(),
      recent: new RecentRecord(),
      parts: () => board.list(),
      now: () => clock.now(),
    },
    onChange,
  );
  let looks = 0;
  return {
    field,
    desk,
    subjectOf,
    receipt(visitId) {
      const visit = people.visit(visitId);
      return visit ? paper.receipt(visit, field.card?.holder ?? null) : { code: '', qrText: '' };
    },
    async scanned(text) {
      const part = await orders.scanned(text);
      desk.scanned(part ?? meaningOf(text, { people, paper, lock }));
    },
    cardShown(number) {
      const what = officerOf(number, { lock, members, keys: [keys.programmeKey, ...listKeys(roster)] });
      if (what) desk.scanned(what);
    },
    look() {
      if (looks++ % FORGET_EVERY !== 0) return;
      orders.forgetEnded();
      const before = new Date(clock.now().getTime() - settings.orders.noteDays * DAY_MS);
      journal.forgetNotes(before, people.forms.issuings());
    },
    lookForOrders: () => orders.look(),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The list of a demonstration, in memory only. */
async function useDemoList(roster: Roster, station: string, clock: Clock, subjectOf: (number: string) => string) {
  const order = await demoOrder(station, bangkokDay(clock.now()), subjectOf);
  roster.use({ order, struckOff: [], from: 'demo', sha256: '0'.repeat(64), takenAt: clock.now().toISOString() });
}
