import { addDays, type Order, type OrderPerson, type OrderVillage } from './order.ts';

export interface SyntheticOptions {
  readonly seed: number;
  readonly station: string;
  readonly people: number;
  readonly villages: number;
  readonly tambons: number;
  /** First day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly days: number;
  readonly id?: string;
  readonly rev?: number;
  /** Pseudonym of each person; none = made of the seed. */
  readonly subjectOf?: (index: number) => string | null;
}

const GIVEN_MEN = 'สมชาย สมศักดิ์ ประเสริฐ บุญมี ทองดี สุรชัย วิชัย อำนวย ประยูร สมพงษ์ ณรงค์ ไพโรจน์ สุทัศน์ เฉลิม ธวัชชัย จรัญ'.split(' ');
const GIVEN_WOMEN = 'สมหญิง บุญเรือน ทองใบ สมศรี ประไพ จันทร์เพ็ญ สำรวย ลำดวน มาลี วันเพ็ญ พิศมัย อรุณี ศิริพร ละออง เพ็ญศรี สุนันทา'.split(
  ' ',
);
const FAMILY_FIRST = 'ศรี ทอง บุญ แก้ว พร ชัย วงศ์ สุข จันทร์ อินทร์ คำ เพชร ใจ ดี รัตน์ มณี สิงห์ นิล'.split(' ');
const FAMILY_LAST = 'สุวรรณ ประเสริฐ พงษ์ ศักดิ์ วัฒนา เจริญ มงคล สวัสดิ์ รุ่งเรือง ทวี สมบูรณ์ ไพศาล ชื่นใจ อุดม กุล มั่นคง'.split(' ');
const VILLAGE_FIRST = 'บ้านหนอง บ้านโคก บ้านนา บ้านดอน บ้านห้วย บ้านท่า บ้านวัง บ้านโนน'.split(' ');
const VILLAGE_LAST = 'กระทุ่ม มะขาม ตะแบก สะแก ไผ่ ยาง บัว ตาล จิก หว้า แสง เสือ ช้าง ขาม เต่า ปลา'.split(' ');
const NEEDS = ['bedridden', 'deaf', 'blind', 'wheelchair'] as const;

/**
 * A list of people who do not exist: names put together from common words, tambons and villages made up, with codes of the official
 * form in a province that there is not (98). The same for the same seed.
 */
export function syntheticOrder(options: SyntheticOptions): Order {
  const { seed, station, day, days } = options;
  const next = mulberry32(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const villages = Array.from({ length: options.villages }, (_, index) => village(index, options, next));
  const people = Array.from({ length: options.people }, (_, index): OrderPerson => {
    const isMan = next() < 0.45;
    const due = next() < 0.3 ? addDays(day, Math.floor(next() * days)) : null;
    return {
      entry: `e-${String(index + 1).padStart(5, '0')}`,
      subject: options.subjectOf ? options.subjectOf(index) : next() < 0.95 ? fakeSubject(seed, index) : null,
      name: {
        title: isMan ? 'นาย' : next() < 0.6 ? 'นาง' : 'นางสาว',
        given: pick(isMan ? GIVEN_MEN : GIVEN_WOMEN),
        family: `${pick(FAMILY_FIRST)}${pick(FAMILY_LAST)}`,
      },
      bornYear: Number(day.slice(0, 4)) - 55 - Math.floor(next() * 45),
      village: (villages[index % villages.length] as OrderVillage).code,
      house: `${1 + Math.floor(next() * 240)}${next() < 0.2 ? `/${1 + Math.floor(next() * 9)}` : ''}`,
      phone: null,
      needs: next() < 0.5 ? [pick(NEEDS)] : [],
      due,
      team: `team-${1 + (index % 2)}`,
      known: null,
      attempts: 0,
    };
  });
  return {
    id: options.id ?? 'order-synthetic',
    rev: options.rev ?? 1,
    station,
    programme: 'welfare-demo',
    campaign: 'campaign-demo',
    issuedAt: `${day}T00:00:00.000Z`,
    validUntil: `${addDays(day, days + 25)}T00:00:00.000Z`,
    villages,
    people,
    teams: [
      { id: 'team-1', name: 'ทีม 1' },
      { id: 'team-2', name: 'ทีม 2' },
    ],
    staff: [],
    attemptsPerCampaign: 3,
    about: ABOUT,
    pseudonymKey: null,
  };
}

function village(index: number, { tambons }: SyntheticOptions, next: () => number): OrderVillage {
  const tambon = index % tambons;
  const moo = Math.floor(index / tambons) + 1;
  const code = `9801${String(tambon + 1).padStart(2, '0')}`;
  const first = VILLAGE_FIRST[index % VILLAGE_FIRST.length];
  const last = VILLAGE_LAST[Math.floor(index / VILLAGE_FIRST.length) % VILLAGE_LAST.length];
  return {
    code: `${code}${String(moo).padStart(2, '0')}`,
    moo,
    name: `${first}${last}`,
    tambon: { code, name: `ตำบลตัวอย่าง ${tambon + 1}` },
    at: { lat: 15 + (tambon % 3) * 0.08 + next() * 0.06, lon: 103 + Math.floor(tambon / 3) * 0.08 + next() * 0.06 },
  };
}

const ABOUT: Order['about'] = {
  name: { th: 'โครงการตัวอย่าง', en: 'Example programme' },
  purposes: [
    {
      id: 'face-comparison',
      version: '2026-11',
      words: { th: 'เทียบใบหน้ากับรูปในบัตร', en: 'Compare the face with the photo on the card' },
    },
  ],
  explain: [
    { picture: 'card', words: { th: 'ใช้บัตรประชาชนใบเดียว', en: 'Your ID card is all you need' }, audio: 'explain-card' },
    { picture: 'shop', words: { th: 'ใช้สิทธิที่ร้านใกล้บ้าน', en: 'Use it at shops near you' }, audio: 'explain-shop' },
  ],
  line: '@thuengban-demo',
  nextSteps: {
    'renew-card': { where: 'ที่ว่าการอำเภอ', days: 14 },
    'team-returns': { where: null, days: 7 },
    'come-to-centre': { where: 'ศูนย์ช่วยเหลือตำบล', days: 14 },
    'officer-will-check': { where: null, days: 7 },
    'office-will-call': { where: null, days: 14 },
  },
};

/** 43 characters of base64url that look like a pseudonym and are of nobody. */
function fakeSubject(seed: number, index: number): string {
  const next = mulberry32(seed * 1_000_003 + index + 1);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return Array.from({ length: 43 }, () => letters[Math.floor(next() * 64)]).join('');
}

/** mulberry32: the same numbers for the same seed. */
function mulberry32(seed: number): () => number {
  let at = seed | 0;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
