import type { Settings } from '../config/settings.ts';
import { referralClosed } from '../desk/asks-people.ts';
import { Desk } from '../desk/desk.ts';
import { bangkokDay, DeskField } from '../desk/field.ts';
import { DeskPeople } from '../desk/people.ts';
import type { DeskCamera, DeskOrders, DeskPaper, FieldJournal, VisitControl } from '../desk/port.ts';
import { ownProgramme } from '../desk/programme.ts';
import type { DurableJournal } from '../journal/port.ts';
import type { PartStatus } from '../kiosk/protocol.ts';
import { FieldBook } from '../roster/field-book.ts';
import type { FieldEvent, FieldNote } from '../roster/field-event.ts';
import type { KeptList } from '../roster/kept-list.ts';
import type { Roster } from '../roster/roster.ts';
import type { Clock } from '../shared/clock.ts';
import { DeskLock } from '../staff/desk-lock.ts';
import type { StaffMember } from '../staff/member.ts';
import type { Witness } from '../visit/types.ts';
import { demoOrder } from './demo-order.ts';
import type { EventWriter } from './event-writer.ts';
import { demoStaff, staffFile, wrongPinFile } from './staff-file.ts';
import type { VisitRecorder } from './visit-recorder.ts';
import type { VisitRunner } from './visit-runner.ts';

export interface FieldOptions {
  readonly dataDir: string;
  readonly settings: Settings;
  readonly isDemo: boolean;
  readonly clock: Clock;
  readonly journal: DurableJournal;
  readonly roster: Roster;
  /** Keyed pseudonym of a citizen number. */
  readonly subjectOf: (number: string) => string;
  readonly visit: VisitControl;
  readonly writes: FieldJournal;
  readonly paper: DeskPaper;
  readonly orders: DeskOrders;
  readonly camera: DeskCamera;
  readonly parts: () => readonly PartStatus[];
  readonly onChange: () => void;
}

/** What field work needs at the reader and at the desk. */
export interface OpenedField {
  readonly field: DeskField;
  readonly desk: Desk;
  readonly people: DeskPeople;
  readonly lock: DeskLock;
}

const THIRTEEN_DIGITS = /^\d{13}$/;

/** Builds the desk over lists, field book and staff. */
export async function openField(options: FieldOptions): Promise<OpenedField> {
  const { settings, clock, roster, isDemo, dataDir, journal } = options;
  const today = () => bangkokDay(clock.now());
  const people = new DeskPeople({
    roster,
    subjectOf: (number) => (THIRTEEN_DIGITS.test(number) ? options.subjectOf(number) : null),
    own: ownProgramme(settings.visit.consentVersion, settings.visit.attemptsPerCampaign),
    isSettled: (eventId) => journal.deliveryOf(eventId) === 'settled',
  });
  const entered: readonly StaffMember[] = [...(isDemo ? await demoStaff() : []), ...(staffFile(dataDir).read() ?? [])];
  const members = () => [...roster.staff(clock.now().toISOString()), ...entered];
  const present: Witness[] = [...roster.book.present(today())];
  const lock = new DeskLock({
    members,
    villages: () => people.villageCodes(today()),
    wrongPins: wrongPinFile(dataDir),
    monotonicMs: () => clock.monotonicMs(),
    idleMs: settings.desk.idleLockMs,
    onLocked: options.onChange,
  });
  const field = new DeskField({
    people,
    attemptsAllowed: { station: settings.visit.attemptsAllowed, bedside: settings.visit.attemptsAtBedside },
    today,
    operator: () => lock.signedIn?.id ?? null,
    present: () => present,
    now: () => clock.now(),
    onNewCard: ({ visitId, entry }) => void options.writes.write(...referralClosed(visitId, entry, 'card')),
  });
  const { visit, writes, paper, orders, camera, parts } = options;
  const context = { people, field, lock, members, visit, journal: writes, paper, orders, camera, parts, present };
  const desk = new Desk({ ...context, now: () => clock.now(), today }, options.onChange);
  return { field, desk, people, lock };
}

/** What the station remembers of its own events, from the journal. */
export function fieldBookOf(journal: DurableJournal): FieldBook {
  const events = function* (): Iterable<FieldEvent> {
    for (const { eventId, time, note } of journal.notes())
      yield { eventId, at: time, note: note as unknown as FieldNote };
  };
  return FieldBook.of(events());
}

/** The visit at the reader, as the desk may move it. */
export function visitControl(runner: () => VisitRunner): VisitControl {
  return {
    state: () => runner().visit,
    dispatch: (event) => runner().dispatch(event),
    dignityLeftS: () => runner().dignityLeftS,
    pictures: () => runner().pictures,
  };
}

/** The journal as the desk uses it. */
export function fieldJournal(events: EventWriter, recorder: VisitRecorder, clock: Clock): FieldJournal {
  return {
    async write(type, data, note) {
      const written = await events.write(type, data, undefined, note);
      return typeof written === 'string' ? written : undefined;
    },
    record: (visitId, outcome, desk) =>
      recorder.record({
        ...{ visitId, outcome, desk, visit: null, supersedes: null, cardSubject: null, marks: {} },
        startedAt: clock.now(),
        elapsedMs: () => 0,
      }),
  };
}

/** The key under which citizens' pseudonyms are made: the newest list's, so that all stations of a programme make the same. */
export function pseudonymKey(roster: Roster, own: Uint8Array): Uint8Array {
  const [key] = roster.pseudonymKeys();
  return key === undefined ? own : Buffer.from(key, 'base64url');
}

/** The list of a demonstration, in memory only. */
export async function demoList(
  station: string,
  clock: Clock,
  subjectOf: (number: string) => string,
): Promise<KeptList> {
  const order = await demoOrder(station, bangkokDay(clock.now()), subjectOf);
  return { order, struckOff: [], from: 'demo', sha256: '0'.repeat(64), takenAt: clock.now().toISOString() };
}
