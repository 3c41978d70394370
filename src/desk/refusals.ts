import type { Refusal } from '../kiosk/desk-protocol.ts';
import type { Words } from '../kiosk/protocol.ts';
import { FAULTS, type FaultCode } from '../shared/faults.ts';

const WORDS: Readonly<Record<Exclude<Refusal['refused'], 'fault'>, Words>> = {
  'sign-in-first': { th: 'กรุณาเข้าสู่ระบบก่อน', en: 'Please sign in first.' },
  'no-right': {
    th: 'หน้าที่หรือพื้นที่ของท่านทำรายการนี้ไม่ได้ กรุณาให้ผู้มีหน้าที่ในพื้นที่นี้ทำ',
    en: 'Your role, or your area, does not cover this; ask somebody whose does.',
  },
  'wrong-pin': { th: 'รหัสไม่ตรง ลองอีกครั้ง', en: 'That PIN does not fit. Try again.' },
  wait: { th: 'กรุณารอสักครู่แล้วลองใหม่', en: 'Please wait a moment, then try again.' },
  unknown: { th: 'ไม่พบรายการนี้ อาจถูกเปลี่ยนไปแล้ว', en: 'This is not known here; it may have changed.' },
  'not-now': { th: 'ตอนนี้ยังทำรายการนี้ไม่ได้', en: 'This cannot be done just now.' },
  'same-officer': { th: 'ต้องเป็นเจ้าหน้าที่อีกคนหนึ่ง', en: 'This has to be another officer.' },
  'photograph-first': {
    th: 'กรุณาถ่ายภาพหนังสือมอบอำนาจก่อน หรือเลือกให้เจ้าหน้าที่รับรองแทน',
    en: 'Photograph the paper first, or choose that an officer attests instead.',
  },
  'no-camera': {
    th: 'ถ่ายภาพไม่ได้ กรุณาตรวจกล้อง หรือเลือกให้เจ้าหน้าที่รับรองแทน',
    en: 'No picture could be taken. Look at the camera, or choose that an officer attests instead.',
  },
  'form-unknown': {
    th: 'นี่ไม่ใช่เลขที่แบบ กรุณาดูเลขที่บนหัวกระดาษอีกครั้ง หรือสแกน QR ของแบบ',
    en: 'This is not the number of a form. Look at the head of the sheet again, or scan its QR.',
  },
  'form-not-issued': {
    th: 'สถานีนี้ไม่ได้ออกแบบเลขที่นี้ กรุณาเทียบเลขกับกระดาษอีกครั้ง หรือสแกน QR ของแบบ',
    en: 'This station has not given out this number. Compare it with the sheet again, or scan its QR.',
  },
  'form-entered': {
    th: 'แบบเลขที่นี้ลงข้อมูลแล้ว แบบหนึ่งใบลงได้ครั้งเดียว กรุณาหยิบใบถัดไป',
    en: 'This form is entered already; each goes in once. Take the next one.',
  },
  'form-spoilt': {
    th: 'แบบเลขที่นี้แจ้งว่าเสียแล้ว หากมีการเยี่ยมจริง กรุณาลงผลจากหน้าของผู้รับบริการ',
    en: "This form was reported as spoilt. If the visit took place, record it from the person's page.",
  },
  'form-day': {
    th: 'วันที่เยี่ยมต้องไม่หลังวันนี้ และไม่ก่อนวันที่ออกแบบ กรุณาดูวันที่บนแบบอีกครั้ง',
    en: 'The day of the visit is after today, or before the form was given out. Look at the date on the form again.',
  },
  'nothing-scanned': {
    th: 'ยังไม่ได้อ่านป้ายหรือบัตร กรุณาแตะอีกครั้ง',
    en: 'No badge or card was read yet. Hold it before the scanner again.',
  },
};

/** Why something was not done, in words for staff. */
export function refuse(refused: keyof typeof WORDS, waitS: number | null = null): Refusal {
  return { refused, words: WORDS[refused], waitS };
}

/** A fault of the station kept it from being done: its cause and what to do. */
export function refuseFault(code: FaultCode): Refusal {
  const { cause, mend } = FAULTS[code];
  return { refused: 'fault', words: { th: `${cause.th} · ${mend.th}`, en: `${cause.en}. ${mend.en}` }, waitS: null };
}
