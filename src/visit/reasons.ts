import type { ConfirmationReason, NextStepId, NotServedReason, ReferralReason, UndeterminedReason } from './types.ts';

/** In both languages, for screens, receipts and reports. */
export interface Words {
  readonly th: string;
  readonly en: string;
}

/** Every coded reason of an outcome. A new one stops the build until it has words. */
export type ReasonCode = ConfirmationReason | ReferralReason | NotServedReason | UndeterminedReason;

/** Version of the list; a record names it, so that a code means later what it meant then. */
export const REASONS_VERSION = '2026-11';

/** What staff, receipts and reports call each reason. No word here judges a person. */
export const REASON_WORDS: Readonly<Record<ReasonCode, Words>> = {
  'card-expired': { th: 'บัตรหมดอายุ', en: 'Card has expired' },
  'card-cancelled': { th: 'บัตรถูกยกเลิก', en: 'Card was cancelled' },
  'card-damaged': { th: 'บัตรชำรุด', en: 'Card is damaged' },
  'card-unreadable': { th: 'อ่านชิปไม่ได้', en: 'Chip cannot be read' },
  'card-photo-unreadable': { th: 'อ่านรูปในบัตรไม่ได้', en: 'Photo on the chip cannot be read' },
  'not-thai-id': { th: 'ไม่ใช่บัตรประชาชนไทย', en: 'Not a Thai ID card' },
  'no-card': { th: 'ยังไม่มีบัตร', en: 'Has no card' },
  child: { th: 'เด็ก ใช้เอกสารของผู้ปกครอง', en: 'A child: served with the guardian' },
  'representative-card-expired': { th: 'บัตรของผู้แทนหมดอายุ', en: "Representative's card has expired" },
  'not-at-home': { th: 'ไม่อยู่บ้าน', en: 'Not at home' },
  'in-hospital': { th: 'อยู่โรงพยาบาล', en: 'In hospital' },
  moved: { th: 'ย้ายที่อยู่แล้ว', en: 'Has moved' },
  deceased: { th: 'ถึงแก่กรรม', en: 'Has passed away' },
  'refused-visit': { th: 'ขอไม่รับการเยี่ยม', en: 'Would rather not be visited' },
  'attempts-used': { th: 'เครื่องยังเทียบไม่ได้ครบจำนวนครั้ง', en: 'The machine has used its attempts' },
  'budget-used': { th: 'ครบจำนวนครั้งของโครงการแล้ว', en: 'Attempts of this campaign are used' },
  'dignity-time': { th: 'ครบเวลาที่ไม่ควรรบกวน', en: 'The time that is fair to ask is over' },
  'officer-review': { th: 'ให้เจ้าหน้าที่ช่วยดู', en: 'Officers are to look' },
  'attack-check': { th: 'ให้เจ้าหน้าที่ช่วยดู', en: 'Officers are to look' },
  'not-acquired': { th: 'กล้องมองใบหน้าไม่ชัด', en: 'The camera could not see the face well' },
  'camera-unavailable': { th: 'กล้องใช้ไม่ได้', en: 'The camera is not available' },
  'staff-called': { th: 'ขอเจ้าหน้าที่', en: 'Staff were asked for' },
  'no-answer': { th: 'ยังไม่ได้ตอบ', en: 'No answer was given' },
  'engine-failed': { th: 'ระบบเทียบใบหน้าใช้ไม่ได้', en: 'The comparison is not available' },
  'biometric-declined': { th: 'ขอให้เจ้าหน้าที่ตรวจแทนเครื่อง', en: 'Asked for people instead of the machine' },
  'officers-disagree': { th: 'เจ้าหน้าที่สองคนเห็นต่างกัน', en: 'Two officers saw it differently' },
  'officers-unsure': { th: 'เจ้าหน้าที่ยังยืนยันไม่ได้', en: 'Officers could not confirm yet' },
};

/** What happens next, as one sentence to the citizen; place and date are told beside it. */
export const NEXT_STEP_WORDS: Readonly<Record<NextStepId, Words>> = {
  'all-done': { th: 'เสร็จแล้ว ท่านไม่ต้องทำอะไรเพิ่ม', en: 'All done. There is nothing more to do.' },
  'renew-card': {
    th: 'กรุณาทำบัตรใหม่ที่อำเภอ แล้วมาอีกครั้ง',
    en: 'Please get a new card at the district office, then come again.',
  },
  'bring-thai-id': { th: 'กรุณานำบัตรประชาชนไทยมาอีกครั้ง', en: 'Please come again with a Thai ID card.' },
  'officer-will-check': { th: 'เจ้าหน้าที่จะตรวจให้ท่านเอง', en: 'An officer will check for you.' },
  'may-come-back': { th: 'ท่านกลับมาใช้บริการได้ทุกเมื่อ', en: 'You may come back at any time.' },
  'team-returns': { th: 'เจ้าหน้าที่จะมาเยี่ยมอีกครั้ง', en: 'The team will come again.' },
  'come-to-centre': { th: 'กรุณามาที่ศูนย์ช่วยเหลือตำบล', en: 'Please come to the tambon centre.' },
  'guardian-comes': { th: 'ให้ผู้ปกครองมาพร้อมสูติบัตร', en: 'The guardian comes with the birth certificate.' },
  'office-will-call': { th: 'อำเภอจะโทรหาท่าน', en: 'The district office will call.' },
  'register-is-updated': { th: 'เจ้าหน้าที่จะปรับปรุงทะเบียนให้', en: 'The office will update the register.' },
};

/** A coded reason with its words; codes that this version does not know stay codes. */
export function reasonWords(code: string | null): { readonly code: string; readonly words: Words } | null {
  if (code === null) return null;
  const words = Object.hasOwn(REASON_WORDS, code) ? REASON_WORDS[code as ReasonCode] : { th: code, en: code };
  return { code, words };
}
