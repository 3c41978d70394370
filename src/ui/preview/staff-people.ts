import type { EntryLine, Overview, PastOutcome, PersonDetail, VillageLine } from '../../kiosk/desk-protocol.ts';

/** Half past seven on a made-up morning; nobody here lives anywhere. */
export const NOW = '2026-11-22T07:30:00+07:00';

const NAMES = [
  'ดอนกลาง',
  'หนองบัว',
  'โนนสูง',
  'ห้วยทราย',
  'คลองใหม่',
  'ท่าข้าม',
  'ไร่เหนือ',
  'สวนหลวง',
  'บ่อแก้ว',
  'วังปลา',
  'เนินมะขาม',
];
const TAMBONS = ['ต.หนองตัวอย่าง', 'ต.ทุ่งสมมุติ', 'ต.โคกจำลอง'] as const;
/** Left, due today, new card, of people; by village. */
const COUNTS = [
  [4, 2, 1, 7],
  [0, 0, 0, 3],
  [3, 0, 0, 5],
  [0, 0, 2, 4],
  [6, 1, 0, 9],
  [1, 0, 0, 1],
  [2, 0, 1, 6],
  [0, 0, 0, 2],
  [5, 0, 0, 5],
] as const;

/** Along a winding road, each tambon in a corner of its own. */
const placeOf = (tambon: number, i: number) => ({
  x: (tambon % 2) * 0.5 + 0.25 + 0.22 * Math.cos(i * 0.62 + tambon) * (1 - i / 40),
  y: Math.floor(tambon / 2) * 0.45 + 0.27 + 0.24 * Math.sin(i * 0.62 + tambon) * (1 - i / 14),
});

const village = (tambon: number, i: number): VillageLine => {
  const [left, dueToday, newCard, people] = COUNTS[(i + tambon * 2) % COUNTS.length] ?? COUNTS[0];
  return {
    code: `990${tambon + 1}${String(i + 1).padStart(4, '0')}`,
    moo: i + 1,
    name: `บ้าน${NAMES[(i + tambon * 3) % NAMES.length]}`,
    tambon: TAMBONS[tambon] ?? TAMBONS[0],
    at: placeOf(tambon, i),
    people,
    served: people - left - newCard,
    left,
    newCard,
    dueToday,
    order: left + newCard > 0 ? i + 1 + tambon * 11 : null,
    day: tambon === 0 ? '2026-11-22' : '2026-11-23',
  };
};

const VILLAGES = [11, 6, 5].flatMap((n, tambon) => Array.from({ length: n }, (_, i) => village(tambon, i)));
const codes = (tambon: string) => VILLAGES.filter((one) => one.tambon === tambon).map(({ code }) => code);

export const OVERVIEW: Overview = {
  lists: [
    {
      id: 'sample-list',
      rev: 3,
      programme: 'โครงการตัวอย่าง',
      people: 124,
      issuedAt: '2026-11-18T09:00:00+07:00',
      validUntil: '2026-12-15T00:00:00+07:00',
    },
    {
      id: 'old-list',
      rev: 1,
      programme: 'โครงการสมมุติเดิม',
      people: 8,
      issuedAt: '2026-09-01T09:00:00+07:00',
      validUntil: '2026-11-01T00:00:00+07:00',
    },
  ],
  villages: VILLAGES,
  days: [
    { day: '2026-11-22', villages: codes(TAMBONS[0]), people: 37 },
    { day: '2026-11-23', villages: codes(TAMBONS[1]), people: 24 },
    { day: '2026-11-24', villages: codes(TAMBONS[2]), people: 18 },
  ],
};

export const VILLAGE = VILLAGES[0] as VillageLine;

const LAST: PastOutcome = {
  visitId: '01946800-0000-7000-8000-000000000009',
  at: '2026-11-20T10:12:00+07:00',
  outcome: 'referred',
  reason: { code: 'card-expired', words: { th: 'บัตรหมดอายุ', en: 'Card has expired' } },
  nextStep: { id: 'renew-card', where: 'ที่ว่าการอำเภอตัวอย่าง', due: '2026-11-25' },
  receipt: '7KQ2-M8XD',
  isElsewhere: false,
};

const line = (entry: string, name: string, more: Partial<EntryLine>): EntryLine => ({
  entry,
  name,
  age: 78,
  house: '12',
  village: VILLAGE.code,
  villageName: `${VILLAGE.name}`,
  needs: [],
  due: null,
  team: null,
  state: 'left',
  isWalkIn: false,
  last: null,
  ...more,
});

export const PEOPLE: readonly EntryLine[] = [
  line('e1', 'นางบุญมา ตัวอย่าง', { needs: ['bedridden', 'deaf'], age: 84, state: 'due-today', due: '2026-11-22' }),
  line('e2', 'นายคำดี สมมุติ', { house: '7/2', due: '2026-11-24' }),
  line('e3', 'นางสาวประภัสสรวรรณวิไลลักษณ์ จำลองวัฒนานุกูลกิจ', { needs: ['wheelchair'], age: 41, house: '113/45' }),
  line('e4', 'นายทองใบ ตัวอย่าง', { state: 'new-card', last: LAST, needs: ['blind'] }),
  line('e5', 'นางสมหมาย สมมุติ', { state: 'served', last: { ...LAST, outcome: 'verified', reason: null } }),
  line('e6', 'นายสุข จำลอง', { state: 'closed', age: null, house: null, isWalkIn: true }),
];

const detail = (one: EntryLine): PersonDetail => ({
  ...one,
  tambon: VILLAGE.tambon,
  phone: null,
  attempts: { used: 1, allowed: 3 },
  perhapsSame: [],
  referral: null,
  representations: [],
  consents: [],
  isExplained: false,
});

export const PERSON: PersonDetail = detail(PEOPLE[0] as EntryLine);

/** Everything that there can be to know about somebody. */
export const PERSON_FULL: PersonDetail = {
  ...detail(PEOPLE[3] as EntryLine),
  phone: '0-0000-0000',
  team: 'ก',
  attempts: { used: 3, allowed: 3 },
  perhapsSame: [{ entry: 'e2', name: 'นายคำดี สมมุติ' }],
  referral: {
    visitId: LAST.visitId,
    reason: { code: 'card-expired', words: { th: 'บัตรหมดอายุ', en: 'Card has expired' } },
    since: LAST.at,
    closed: null,
    transport: 'needs-ride',
    bedsideReissue: true,
    contact: 'บุตรสาว 0-0000-0000',
    appointment: '2026-11-25',
  },
  representations: [
    {
      id: 'r1',
      relation: 'caretaker',
      until: '2027-05-22',
      isRevoked: false,
      attestedBy: 's2',
      peopleOfRepresentative: 4,
    },
    { id: 'r2', relation: 'child', until: '2026-12-01', isRevoked: true, attestedBy: null, peopleOfRepresentative: 1 },
  ],
  consents: [
    {
      purpose: 'face-comparison',
      words: { th: 'เทียบใบหน้ากับรูปในบัตร', en: 'Comparing the face with the card' },
      given: true,
      at: LAST.at,
    },
    {
      purpose: 'phone-calls',
      words: { th: 'ให้โทรแจ้งข่าวโครงการ', en: 'Calls about the programme' },
      given: false,
      at: LAST.at,
    },
  ],
  isExplained: true,
};

export const RECORDED: PastOutcome = {
  ...LAST,
  at: NOW,
  outcome: 'not-served',
  reason: { code: 'not-at-home', words: { th: 'ไม่อยู่บ้าน', en: 'Not at home' } },
  nextStep: { id: 'team-returns', where: null, due: '2026-11-24' },
};
