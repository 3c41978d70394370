/**
 * Why a message is not believed. Stable: dead letters, quarantine lists and alarms quote these codes. A refusal is a value:
 * hostile input is expected, and one bad message never holds up the next.
 */
export const REFUSALS = {
  garbage: { th: 'ไม่ใช่ข้อความของระบบนี้', en: 'Not a message of this protocol, or cut or broken on the way' },
  'too-large': { th: 'ข้อความใหญ่เกินไป', en: 'Larger than this kind of message may be' },
  'unknown-major': { th: 'รุ่นของข้อความใหม่กว่าที่รู้จัก', en: 'Of a major version that this program does not know' },
  'unknown-key': { th: 'ไม่รู้จักกุญแจที่ลงนาม', en: 'Signed with, or sealed to, a key that is not registered' },
  'wrong-key': {
    th: 'กุญแจนี้ใช้กับข้อความนี้ไม่ได้',
    en: 'The key belongs to another station, may not sign this kind of message, or does not open the seal',
  },
  tampered: { th: 'ข้อความถูกแก้ไข', en: 'The signature does not fit: changed or forged' },
  expired: { th: 'หมดอายุแล้ว', en: 'The key or the message is past its time' },
  'not-yet': { th: 'ยังไม่ถึงเวลา', en: 'The message is not to be used yet' },
  invalid: { th: 'เนื้อหาไม่ครบหรือผิดรูป', en: 'Signed as it should be, but what it says has not the agreed shape' },
  'in-the-clear': { th: 'ข้อมูลส่วนบุคคลไม่ได้เข้ารหัส', en: 'Personal data of this kind must be sealed and is not' },
  'wrong-station': { th: 'เป็นข้อความของสถานีอื่น', en: 'Meant for, or told about, another station' },
  replayed: { th: 'ข้อความเก่าถูกส่งซ้ำ', en: 'Its number was used before: an old message sent again' },
  'not-allowed': { th: 'ไม่อยู่ในรายการคำสั่ง', en: 'No command of the list that stations obey' },
  fork: { th: 'มีสองเหตุการณ์ในลำดับเดียวกัน', en: 'Another event holds this place: a cloned card or tampering' },
  'chain-broken': { th: 'ลำดับเหตุการณ์ไม่ต่อกัน', en: 'It does not follow from the event before it' },
} as const satisfies Record<string, { readonly th: string; readonly en: string }>;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** For the log; never holds anything of the message but names of fields and ids. */
  readonly detail: string;
}

export function refused(code: RefusalCode, detail: string): Refused {
  return { kind: 'refused', code, detail };
}
