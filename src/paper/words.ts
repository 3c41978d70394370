import type { Words } from '../visit/reasons.ts';
import type { NextStepId, Relation, Representation, Witness } from '../visit/types.ts';

/** In what way somebody stands for the citizen, as papers say it. */
export const RELATION_WORDS: Readonly<Record<Relation, Words>> = {
  child: { th: 'บุตร', en: 'Child' },
  spouse: { th: 'คู่สมรส', en: 'Spouse' },
  parent: { th: 'บิดาหรือมารดา', en: 'Parent' },
  sibling: { th: 'พี่หรือน้อง', en: 'Brother or sister' },
  relative: { th: 'ญาติ', en: 'Relative' },
  guardian: { th: 'ผู้ปกครองตามกฎหมาย', en: 'Legal guardian' },
  caretaker: { th: 'ผู้ดูแล', en: 'Caretaker' },
  'village-head': { th: 'ผู้ใหญ่บ้าน', en: 'Village head' },
};

export const SCOPE_WORDS: Readonly<Record<Representation['scope'][number], Words>> = {
  register: { th: 'ลงทะเบียน', en: 'Register' },
  collect: { th: 'รับสิทธิ', en: 'Collect what is due' },
  'use-card': { th: 'ใช้บัตรแทน', en: 'Use the card' },
};

export const TRANSPORT_WORDS: Readonly<Record<'own' | 'needs-ride' | 'cannot-travel', Words>> = {
  own: { th: 'ไปเองได้', en: 'Comes by themselves' },
  'needs-ride': { th: 'ขอรถรับส่ง', en: 'Needs a ride' },
  'cannot-travel': { th: 'เดินทางไม่ได้', en: 'Cannot travel' },
};

/** In what office somebody attended. */
export const ROLE_WORDS: Readonly<Record<Witness['role'], Words>> = {
  kamnan: { th: 'กำนัน', en: 'Kamnan' },
  'village-head': { th: 'ผู้ใหญ่บ้าน', en: 'Village head' },
  'health-volunteer': { th: 'อสม.', en: 'Health volunteer' },
  officer: { th: 'เจ้าหน้าที่', en: 'Officer' },
  neighbour: { th: 'เพื่อนบ้าน', en: 'Neighbour' },
};

/** Next steps short enough for a box to tick. */
export const NEXT_STEP_SHORT: Readonly<Record<NextStepId, Words>> = {
  'all-done': { th: 'เสร็จแล้ว', en: 'All done' },
  'renew-card': { th: 'ทำบัตรใหม่', en: 'New card' },
  'bring-thai-id': { th: 'นำบัตรมา', en: 'Bring ID card' },
  'officer-will-check': { th: 'เจ้าหน้าที่ตรวจ', en: 'Officer checks' },
  'may-come-back': { th: 'กลับมาได้', en: 'May come back' },
  'team-returns': { th: 'เยี่ยมอีกครั้ง', en: 'Team returns' },
  'come-to-centre': { th: 'มาที่ศูนย์', en: 'Come to centre' },
  'guardian-comes': { th: 'ผู้ปกครองมา', en: 'Guardian comes' },
  'office-will-call': { th: 'อำเภอโทรหา', en: 'Office calls' },
  'register-is-updated': { th: 'ปรับทะเบียน', en: 'Register update' },
};
