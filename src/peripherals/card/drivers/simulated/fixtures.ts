import { type CardContent, makeCardImage } from './card-image.ts';
import { padJpeg } from './pad-jpeg.ts';
import type { VirtualCardOptions } from './virtual-card.ts';

/** A synthetic person. Their citizen numbers start with 9, which is never issued. */
export interface Person {
  readonly id: PersonId;
  readonly label: { readonly th: string; readonly en: string };
}

export interface PersonOptions {
  /** The photo on the chip, at most 5118 bytes; 5100 for people whose card pads it. */
  readonly photoJpeg: Uint8Array | undefined;
  /** Decides what `expired` means. */
  readonly today: Date;
  readonly wireSpeed: boolean;
}

const TH_NID_17 = '3b79960000 5448204e4944203137';
const TH_NID_10 = '3b79180000 5448204e4944203130';
const TH_NID_6 = '3b680000 5448204e49442036';
/** Only the first two bytes are known from the field; the historical bytes are made up. */
const TH_67 = '3b670000 5448204e494420';
/** A card of some other scheme. */
const FOREIGN = '3b6500002063cb6600';

type Change = Partial<CardContent> & Partial<Omit<VirtualCardOptions, 'image' | 'atr'>> & { readonly atr?: string };
interface Row {
  readonly th: string;
  readonly en: string;
  readonly change: (day: (offsetDays: number) => string, photo: Uint8Array | undefined) => Change;
}

/** Every kind of card and person that the reader must cope with. */
const ROWS = {
  normal: { th: 'สมหญิง ใจดี', en: 'Somying Jaidee', change: () => ({}) },
  lifetime: {
    th: 'บัตรตลอดชีพ',
    en: 'Lifetime card',
    change: () => ({
      nameThai: 'นาย#บุญมา##ยืนยาว',
      nameEnglish: 'Mr.#Bunma##Yuenyao',
      sex: '1',
      birth: '24930714',
      expires: '99999999',
      atr: TH_NID_10,
    }),
  },
  'year-only': {
    th: 'รู้แต่ปีเกิด บัตรตลอดชีพ',
    en: 'Year of birth only, lifetime card',
    change: () => ({
      nameThai: 'นาง#คำ##แสงแก้ว',
      nameEnglish: 'Mrs.#Kham##Saengkaew',
      birth: '24780000',
      expires: '99999999',
      atr: TH_NID_6,
    }),
  },
  'no-day': {
    th: 'ไม่รู้วันเกิด',
    en: 'No day of birth',
    change: () => ({ nameThai: 'นาย#ทองดี##มีสุข', nameEnglish: 'Mr.#Thongdee##Meesuk', sex: '1', birth: '24850300' }),
  },
  'middle-name': {
    th: 'มีชื่อกลาง',
    en: 'Middle name',
    change: () => ({ nameThai: 'นางสาว#มาลี#อรุณ#ดอกไม้', nameEnglish: 'Miss#Malee#Arun#Dokmai' }),
  },
  bangkok: {
    th: 'ที่อยู่กรุงเทพฯ',
    en: 'Bangkok address',
    change: () => ({ address: '99/1###ซอยสุขใจ 5#ถนนสุขสันต์#แขวงทดสอบ#เขตตัวอย่าง#กรุงเทพมหานคร' }),
  },
  'long-address': {
    th: 'ที่อยู่ยาว 160 ไบต์',
    en: 'Address of 160 bytes',
    change: () => ({ address: LONG_ADDRESS }),
  },
  expired: { th: 'บัตรหมดอายุ', en: 'Expired card', change: (day) => ({ expires: day(-30) }) },
  'expires-today': { th: 'หมดอายุวันนี้', en: 'Expires today', change: (day) => ({ expires: day(0) }) },
  'bad-check-digit': {
    th: 'เลขตรวจสอบผิด',
    en: 'Wrong check digit',
    change: () => ({ citizenNumber: '9101200000011' }),
  },
  'photo-spaces': {
    th: 'รูปมีไบต์ 0x20 ที่ขอบ',
    en: 'Photo with 0x20 at the edges of blocks',
    change: (_day, photo) => ({ photoJpeg: photo && padJpeg(photo, 5100, 0x20) }),
  },
  'photo-full': {
    th: 'รูปเต็ม 5118 ไบต์',
    en: 'Photo of 5118 bytes',
    change: (_day, photo) => ({ photoJpeg: photo && padJpeg(photo, 5118, 0x41) }),
  },
  'photo-missing': { th: 'ไม่มีรูป', en: 'No photo', change: () => ({ photoJpeg: undefined }) },
  'photo-broken': {
    th: 'รูปเสีย',
    en: 'Broken photo',
    change: (_day, photo) => ({ photoJpeg: photo?.slice(0, Math.floor(photo.length / 2)) }),
  },
  'atr-3b67': { th: 'บัตรรุ่น 3B67', en: 'Card of the 3B67 kind', change: () => ({ atr: TH_67, getResponseP2: 1 }) },
  'apdu-level': { th: 'เครื่องอ่านระดับ APDU', en: 'Reader at APDU level', change: () => ({ answers: 'apdu' }) },
  'length-6c': { th: 'บัตรตอบ 6Cxx', en: 'Card that answers 6Cxx', change: () => ({ answers: 't0-6c' }) },
  chained: { th: 'บัตรตอบเป็นช่วง', en: 'Card that answers in parts', change: () => ({ answers: 't0-chained' }) },
  foreign: { th: 'บัตรอื่น', en: 'Some other chip card', change: () => ({ applet: 'foreign', atr: FOREIGN }) },
  'upside-down': { th: 'บัตรกลับด้าน', en: 'Card upside down', change: () => ({ faults: { muteAt: 1 } }) },
} as const satisfies Record<string, Row>;

export type PersonId = keyof typeof ROWS;

export const PEOPLE: readonly Person[] = (Object.keys(ROWS) as PersonId[]).map((id) => ({
  id,
  label: { th: ROWS[id].th, en: ROWS[id].en },
}));

/** The number on a synthetic person's card: not given to anybody, but with a right check digit. */
export const citizenNumberOf = (id: PersonId): string => citizenNumber(PEOPLE.findIndex((person) => person.id === id));

/** The card of a synthetic person, ready for `new VirtualCard(…)`. */
export function makePerson(id: PersonId, options: PersonOptions): VirtualCardOptions {
  const row: Row = ROWS[id];
  const day = (offsetDays: number) => buddhistDay(options.today, offsetDays);
  const change = row.change(day, options.photoJpeg);
  const content: CardContent = {
    citizenNumber: citizenNumberOf(id),
    nameThai: 'นาง#สมหญิง##ใจดี',
    nameEnglish: 'Mrs.#Somying##Jaidee',
    birth: '25010115',
    sex: '2',
    issuer: 'ท้องถิ่นตัวอย่าง/จังหวัดทดสอบ',
    issued: day(-900),
    expires: day(2_000),
    address: '123#หมู่ที่ 4####ตำบลทดสอบ#อำเภอตัวอย่าง#จังหวัดสมมุติ',
    requestNumber: '90010000010115',
    photoJpeg: options.photoJpeg,
    ...change,
  };
  const { applet = 'thai-id', answers = 't0', getResponseP2 = 0, faults = {}, atr = TH_NID_17 } = change;
  const atrBytes = Uint8Array.from(Buffer.from(atr.replaceAll(' ', ''), 'hex'));
  const image = makeCardImage(content);
  return { atr: atrBytes, image, applet, answers, getResponseP2, wireSpeed: options.wireSpeed, faults };
}

/** 160 bytes to the last, with a part for every position. */
const LONG_ADDRESS = longAddress();
function longAddress(): string {
  const parts = ['1234/56789', 'หมู่ที่ 12', 'ตรอกทางเดินเล็กริมน้ำ', 'ซอยร่มเย็นเป็นสุข 99/9', 'ถนนเลียบคลองส่งน้ำฝั่งขวา'];
  const area = ['ตำบลทดสอบชื่อยาว', 'อำเภอตัวอย่างชื่อยาว'];
  const province = 'จังหวัดสมมุติ';
  const start = [...parts, ...area, ''].join('#');
  return `${start}${province}${'ย'.repeat(160 - start.length - province.length)}`;
}

/** `9 1012 0000 nnn` and its check digit: weights 13…2, modulus 11. */
export function citizenNumber(n: number): string {
  const twelve = `910120${String(n + 1).padStart(6, '0')}`;
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += Number(twelve.charAt(i)) * (13 - i);
  return `${twelve}${(11 - (sum % 11)) % 10}`;
}

/** `YYYYMMDD` of the Buddhist era, in Bangkok. */
function buddhistDay(today: Date, offsetDays: number): string {
  const [year = 0, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok' })
    .format(new Date(today.getTime() + offsetDays * 86_400_000))
    .split('-');
  return `${Number(year) + 543}${month}${day}`;
}
