import type { Words } from '../visit/reasons.ts';
import type { OutcomeKind } from '../visit/types.ts';
import type { ReceiptVerdict } from './receipt.ts';

/** How an outcome is told on paper. No word here judges a person. */
export const OUTCOME_WORDS: Readonly<Record<OutcomeKind, Words>> = {
  verified: { th: 'ยืนยันตัวตนเรียบร้อย', en: 'Identity verified' },
  'confirmed-by-officer': { th: 'เจ้าหน้าที่ยืนยันตัวตนแล้ว', en: 'Confirmed by two officers' },
  represented: { th: 'ผู้แทนดำเนินการแทนแล้ว', en: 'Done by a representative' },
  referred: { th: 'ส่งต่อเพื่อดำเนินการ', en: 'To be finished elsewhere' },
  declined: { th: 'ท่านไม่ประสงค์ให้ตรวจ', en: 'You preferred not to' },
  'not-served': { th: 'ยังไม่ได้รับบริการ', en: 'Not served yet' },
  undetermined: { th: 'เจ้าหน้าที่จะช่วยตรวจต่อ', en: 'People will look further' },
};

/** What a check of a receipt says, to whoever checks. */
export const VERDICT_WORDS: Readonly<Record<ReceiptVerdict['state'], Words>> = {
  genuine: { th: 'ใบรับจริง ออกโดยสถานีนี้', en: 'Genuine: this station has issued it' },
  changed: { th: 'ข้อความไม่ตรงกับที่สถานีออกให้', en: 'Not as a station has issued it' },
  'unknown-issuer': {
    th: 'ไม่พบสถานีผู้ออกในรายการที่เชื่อถือ',
    en: 'Its station is not on the list of those that are believed',
  },
  'not-a-receipt': { th: 'ไม่ใช่ใบรับของระบบนี้', en: 'Not a receipt of this system' },
};
