import type { DayState, OpeningCheck, ReferralLine, StaffLine, VillageLine } from '../../kiosk/desk-protocol.ts';
import type { Witness } from '../../visit/types.ts';
import { OVERVIEW, PEOPLE, PERSON_FULL } from './staff-people.ts';

/** The working side of the desk, made up: staff, witnesses, referrals, days. */
export const STAFF: readonly StaffLine[] = [
  { id: 's1', name: 'สมศรี ตัวอย่าง', role: 'operator', organisation: 'อบต.หนองตัวอย่าง', hasPin: true },
  { id: 's2', name: 'ประเสริฐ สมมุติ', role: 'officer', organisation: 'อำเภอตัวอย่าง', hasPin: true },
  { id: 's3', name: 'วิไล จำลอง', role: 'chief', organisation: 'อำเภอตัวอย่าง', hasPin: true },
  { id: 's4', name: 'ช่างเอก สมมุติ', role: 'technician', organisation: 'ศูนย์ตัวอย่าง', hasPin: true },
  { id: 's5', name: 'กำนันมี ตัวอย่าง', role: 'witness', organisation: 'ต.หนองตัวอย่าง', hasPin: false },
];

export const PRESENT: readonly Witness[] = [
  { role: 'kamnan', staff: 's5', name: null },
  { role: 'health-volunteer', staff: null, name: 'ป้าแดง สมมุติ' },
];

const fullName = ({ moo, name, tambon }: VillageLine) => `หมู่ ${moo} ${name} ${tambon}`;

const referral = (i: number, more: Partial<ReferralLine>): ReferralLine => {
  const village = OVERVIEW.villages[i % 3];
  return {
    ...(PERSON_FULL.referral as NonNullable<typeof PERSON_FULL.referral>),
    visitId: `01946800-0000-7000-8000-00000000010${i}`,
    entry: `e${i}`,
    name: PEOPLE[i]?.name ?? '',
    village: village?.code ?? '',
    villageName: village ? fullName(village) : '',
    ...more,
  };
};

export const REFERRALS: readonly ReferralLine[] = [
  referral(0, {}),
  referral(1, {
    transport: 'own',
    bedsideReissue: false,
    contact: null,
    appointment: null,
    reason: { code: 'no-card', words: { th: 'ยังไม่มีบัตร', en: 'Has no card' } },
  }),
  referral(2, { transport: 'cannot-travel', appointment: '2026-11-18' }),
  referral(3, { closed: { at: '2026-11-21T10:00:00+07:00', by: 'card' } }),
];

const WELL = ['card-reader', 'camera', 'face', 'journal', 'disk'] as const;
const CHECK_WORDS: Readonly<Record<OpeningCheck['id'], OpeningCheck['words']>> = {
  'card-reader': { th: 'เครื่องอ่านบัตร', en: 'Card reader' },
  camera: { th: 'กล้อง', en: 'Camera' },
  face: { th: 'ระบบเทียบใบหน้า', en: 'Face comparison' },
  journal: { th: 'สมุดบันทึก', en: 'Journal' },
  clock: { th: 'นาฬิกา', en: 'Clock' },
  disk: { th: 'พื้นที่เก็บข้อมูล', en: 'Disk' },
  printer: { th: 'เครื่องพิมพ์', en: 'Printer' },
  orders: { th: 'รายชื่อผู้รับบริการ', en: 'List of people' },
  battery: { th: 'แบตเตอรี่เต็ม', en: 'Battery is full' },
  'paper-pack': { th: 'มีแบบฟอร์มสำรอง', en: 'Paper forms are in the box' },
  poster: { th: 'ติดประกาศความเป็นส่วนตัวแล้ว', en: 'The privacy poster is up' },
};

const CHECKS: readonly OpeningCheck[] = [
  ...WELL.map((id) => ({ id, words: CHECK_WORDS[id], state: 'well', note: null }) as const),
  {
    id: 'clock',
    words: CHECK_WORDS.clock,
    state: 'trouble',
    note: { th: 'ยังไม่ได้เทียบเวลา ทำงานต่อได้', en: 'Not set yet; you may work on' },
  },
  ...(['battery', 'paper-pack', 'poster'] as const).map(
    (id) => ({ id, words: CHECK_WORDS[id], state: 'to-be-looked-at', note: null }) as const,
  ),
];

const DAY: DayState = {
  day: '2026-11-22',
  state: 'open',
  unclosed: null,
  counts: {
    visits: 12,
    outcomes: {
      verified: 7,
      'confirmed-by-officer': 1,
      represented: 1,
      referred: 2,
      declined: 0,
      'not-served': 1,
      undetermined: 0,
    },
    events: 13,
    superseded: 1,
    receipts: 12,
    settled: 9,
  },
  isReconciled: true,
  villages: OVERVIEW.villages.slice(0, 4).map((one) => ({
    village: one.code,
    name: fullName(one),
    served: one.served,
    left: one.left,
    newCard: one.newCard,
    visits: one.served,
  })),
  checks: CHECKS,
  paperForms: { issued: 50, entered: 3, spoilt: 1, left: 46, ofOthers: 0 },
};

export const DAYS: Readonly<Record<'closed' | 'open' | 'off' | 'before' | 'after' | 'earlier', DayState>> = {
  open: DAY,
  closed: { ...DAY, state: 'closed' },
  off: { ...DAY, isReconciled: false, counts: { ...DAY.counts, receipts: 11 } },
  before: { ...DAY, state: 'not-opened' },
  /** Nobody closed the day before. */
  after: { ...DAY, state: 'not-opened', unclosed: '2026-11-21' },
  earlier: { ...DAY, day: '2026-11-21' },
};
