import type { DeskStatus, OperatorVisit } from '../../kiosk/desk-protocol.ts';
import type { OperatorStatus } from '../../kiosk/protocol.ts';
import type { Place } from '../desk/place.ts';
import { type Answering, answerAsMadeUp } from './staff-answers.ts';
import { NOW, PERSON } from './staff-people.ts';
import { FINE, TROUBLED } from './staff-statuses.ts';
import { DAYS } from './staff-work.ts';

/** The desk at one place, and what is tapped before it is looked at. */
export interface DeskState {
  readonly page: 'operator';
  readonly status: OperatorStatus | null;
  readonly desk: DeskStatus;
  readonly place: Place;
  readonly isAwaited: boolean;
  readonly isLost: boolean;
  readonly answers: Answering;
  /** Selectors, tapped one after the other; `SELECTOR := TEXT` types into a field. */
  readonly taps: readonly string[];
}

export const NOBODY: DeskStatus = {
  session: null,
  visit: null,
  scanned: null,
  day: 'open',
  printer: 'ready',
  hasOrders: true,
  isStaffThere: false,
  clock: { isSynced: true, at: NOW },
};
export const OPERATOR: DeskStatus = {
  ...NOBODY,
  session: {
    staff: 's1',
    name: 'สมศรี ตัวอย่าง',
    role: 'operator',
    rights: ['visits', 'decide', 'orders', 'day', 'team'],
    idleLockS: 60,
  },
};
const TECHNICIAN: DeskStatus = {
  ...NOBODY,
  session: { staff: 's4', name: 'ช่างเอก สมมุติ', role: 'technician', rights: ['repair', 'orders'], idleLockS: 60 },
};

export const VISIT: OperatorVisit = {
  visitId: '01946800-0000-7000-8000-000000000201',
  place: 'bedside',
  phase: 'capturing',
  name: PERSON.name,
  entry: PERSON.entry,
  isSomebodyElse: false,
  task: 'own',
  asked: null,
  outcome: null,
  reason: null,
  attempts: { used: 1, allowed: 2 },
  mayCaptureAgain: true,
  answers: 0,
  scoreBand: null,
  pictures: { token: 'sample', card: true, probe: true },
  dignityLeftS: 135,
  receipt: null,
  nextStep: null,
};

const at = (place: Place, more: Partial<DeskState> = {}): DeskState => ({
  page: 'operator',
  status: FINE,
  desk: OPERATOR,
  place,
  isAwaited: false,
  isLost: false,
  answers: answerAsMadeUp,
  taps: [],
  ...more,
});
const VISIT_PLACE: Place = { page: 'visit', expecting: null, task: 'own' };
const during = (visit: Partial<OperatorVisit>, taps: readonly string[] = []): DeskState =>
  at(VISIT_PLACE, { desk: { ...OPERATOR, visit: { ...VISIT, ...visit } }, taps });
const onDay = (which: keyof typeof DAYS, taps: readonly string[] = []): DeskState =>
  at({ page: 'day' }, { answers: (ask) => (ask.do === 'day' ? DAYS[which] : answerAsMadeUp(ask)), taps });
const PERSON_PLACE: Place = { page: 'person', entry: 'e1' };
const WIZARD: Place = { page: 'represent', entry: 'e1', name: PERSON.name };
const TO_TERMS = ['[data-choice="child"]', '[data-testid="mandate-attested"]'];
const TO_SECOND = [...TO_TERMS, '[data-testid="terms-next"]', '[data-witness="กำนันมี ตัวอย่าง"]'];
const TO_SUMMARY = [...TO_SECOND, '[data-witness="ป้าแดง สมมุติ"]'];
const FORM_PLACE: Place = { page: 'form', serial: 'TB0001000012' };
const WHOSE_FORM = ['[data-testid="form-find"] := บุญมา', '[data-entry="e1"]'];
const ASKED = {
  phase: 'asking',
  asked: {
    purpose: 'face-comparison',
    words: {
      th: 'เครื่องจะเทียบใบหน้าของท่านกับรูปในบัตร ภาพลบทันที เก็บเฉพาะผลตรวจไว้จนจบโครงการ',
      en: 'We compare your face with your card photo. Picture deleted; result kept till programme ends.',
    },
  },
} as const;
const OFFICERS = { phase: 'with-officers', mayCaptureAgain: false, dignityLeftS: null } as const;

/** Every place of the desk in its states. */
export const DESK_STATES: Readonly<Record<string, DeskState>> = {
  'desk-waiting': at({ page: 'today' }, { status: null }),
  'desk-lost': at({ page: 'today' }, { isLost: true }),
  'desk-sign-in': at(
    { page: 'today' },
    {
      desk: { ...NOBODY, signInHint: { th: 'รหัส PIN ของทุกคนคือ 2580', en: 'Every PIN is 2580' } },
      status: TROUBLED,
      isAwaited: true,
    },
  ),
  'desk-pin': at({ page: 'today' }, { desk: NOBODY, taps: ['[data-staff="s1"]', '[data-key="5"]', '[data-key="8"]'] }),
  'desk-health': at({ page: 'health' }, { desk: TECHNICIAN, status: TROUBLED }),
  'desk-technician': at({ page: 'more' }, { desk: TECHNICIAN }),
  'desk-today': at({ page: 'today' }),
  'desk-today-trouble': at(
    { page: 'today' },
    { status: TROUBLED, isAwaited: true, desk: { ...OPERATOR, clock: { isSynced: false, at: NOW } } },
  ),
  'desk-all-tambons': at({ page: 'today' }, { taps: ['[data-testid="scope-all"]'] }),
  'desk-no-orders': at(
    { page: 'today' },
    { answers: (ask) => (ask.do === 'overview' ? { lists: [], villages: [], days: [] } : answerAsMadeUp(ask)) },
  ),
  'desk-village': at({ page: 'village', village: '99010001' }),
  'desk-person': at(PERSON_PLACE),
  'desk-person-full': at({ page: 'person', entry: 'e4' }),
  'desk-confirm': at(PERSON_PLACE, { taps: ['[data-why="not-at-home"]'] }),
  'desk-confirm-deceased': at(PERSON_PLACE, { taps: ['[data-why="deceased"]'] }),
  'desk-recorded': at(PERSON_PLACE, { taps: ['[data-why="no-card"]', '[data-testid="record"]'] }),
  'desk-walk-in': at({ page: 'walk-in', name: 'นายใหม่ สมมุติ' }),
  'desk-expecting': at({ page: 'visit', expecting: PERSON.name, task: 'own' }),
  'desk-reading': during({ phase: 'reading', isSomebodyElse: true, mayCaptureAgain: false, dignityLeftS: null }),
  'desk-asking': during({ ...ASKED, mayCaptureAgain: false }),
  'desk-witness': during({ ...ASKED, mayCaptureAgain: false }, ['[data-testid="voice-consent"]']),
  'desk-capturing': during({}),
  'desk-end-visit': during({}, ['[data-testid="end-visit"]']),
  'desk-judge': during(OFFICERS),
  'desk-judge-reason': during(OFFICERS, ['[data-choice="same-person"]']),
  'desk-judge-proof': during(OFFICERS, ['[data-choice="same-person"]', '[data-choice="face-alike"]']),
  'desk-judge-zoom': during(OFFICERS, ['[data-picture="card"]']),
  'desk-judge-handed': during({ ...OFFICERS, answers: 1 }),
  'desk-verified': during({
    phase: 'ended',
    outcome: 'verified',
    receipt: '7KQ2-M8XD',
    nextStep: { id: 'all-done', where: null, due: null },
  }),
  'desk-undecided': during({
    phase: 'ended',
    outcome: 'undetermined',
    reason: {
      code: 'officers-disagree',
      words: { th: 'เจ้าหน้าที่สองคนเห็นต่างกัน', en: 'Two officers saw it differently' },
    },
    scoreBand: 'review',
    receipt: '7KQ2-M8XD',
    nextStep: { id: 'come-to-centre', where: 'ศูนย์ช่วยเหลือตำบลตัวอย่าง', due: '2026-11-29' },
  }),
  'desk-rep-relation': at(WIZARD),
  'desk-rep-mandate': at(WIZARD, { taps: ['[data-choice="child"]', '[data-testid="photograph"]'] }),
  'desk-rep-terms': at(WIZARD, { taps: TO_TERMS }),
  'desk-rep-witness': at(WIZARD, { taps: TO_SECOND }),
  'desk-rep-summary': at(WIZARD, { taps: TO_SUMMARY }),
  'desk-rep-attest': at(WIZARD, { taps: [...TO_SUMMARY, '[data-testid="rep-here"]'] }),
  'desk-referrals': at({ page: 'referrals' }),
  'desk-batch': at({ page: 'batch' }),
  'desk-refer': at({ page: 'refer', visitId: VISIT.visitId, name: PERSON.name, needs: null }),
  'desk-day-before': onDay('before'),
  'desk-day-open': onDay('open'),
  'desk-day-off': onDay('off', ['[data-testid="close-day"]']),
  'desk-day-closed': onDay('closed'),
  'desk-day-unclosed': onDay('after'),
  'desk-day-earlier': at(
    { page: 'day', day: DAYS.earlier.day },
    { answers: (ask) => (ask.do === 'day' ? DAYS.earlier : answerAsMadeUp(ask)), taps: ['[data-testid="close-day"]'] },
  ),
  'desk-form': at({ page: 'form', serial: 'TB0001000003' }),
  'desk-form-elsewhere': at({ page: 'form', serial: 'TB0002000007' }),
  'desk-form-outcomes': at(FORM_PLACE, { taps: WHOSE_FORM }),
  'desk-form-officer': at(FORM_PLACE, {
    taps: [...WHOSE_FORM, '[data-officers="engine-failed"]', '[data-choice="same-person"]'],
  }),
  'desk-more': at({ page: 'more' }),
  'desk-team': at({ page: 'team' }),
  'desk-orders': at(
    { page: 'orders' },
    { desk: { ...OPERATOR, scanned: { at: NOW, what: { kind: 'orders-part', have: 3, of: 7 } } } },
  ),
  'desk-verify': at({
    page: 'verify',
    verdict: { state: 'changed', receipt: null },
  }),
};
