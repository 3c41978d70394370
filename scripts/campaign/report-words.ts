import type { Words } from '../../src/visit/reasons.ts';
import type { Trouble } from './book.ts';

/** What each check says to people. */
export const CHECK_WORDS: Readonly<Record<string, Words>> = {
  'everybody-has-an-end-or-a-next-step': {
    th: 'ทุกคนในบัญชีเสร็จสิ้น หรือมีขั้นต่อไปที่มีวันหรือสถานที่',
    en: 'Everybody on the list is done, or has a next step with a day or place',
  },
  'budgets-kept': {
    th: 'ไม่มีใครถูกถ่ายเกินจำนวนครั้งของโครงการ',
    en: 'Nobody was captured more often than the campaign allows',
  },
  'days-reconciled': { th: 'ยอดของทุกวันตรงกัน', en: "Every day's counts agree" },
  'every-played-visit-is-booked': { th: 'ทุกการเยี่ยมอยู่ในสมุดของสถานี', en: "Every visit is in the station's books" },
  'receipts-genuine': { th: 'ใบรับตัวอย่างตรวจแล้วเป็นของจริง', en: 'Receipts of every outcome verify' },
  'server-has-everything': { th: 'เซิร์ฟเวอร์ได้รับครบทุกบันทึก', en: 'The server has acknowledged every event' },
  'journal-whole': { th: 'สมุดบันทึกของสถานีครบถ้วน', en: "The station's journal is whole" },
  'vault-has-exactly-the-stations-visits': {
    th: 'คลังข้อมูลมีการเยี่ยมตรงกับสถานีทุกรายการ',
    en: "The vault holds exactly the station's visits",
  },
  'outcomes-agree': { th: 'จำนวนแต่ละผลตรงกันทั้งสองฝั่ง', en: 'Counts of each outcome agree on both sides' },
  'outcomes-as-they-were-seen': { th: 'ผลตรงกับที่เห็นบนจอ', en: 'Outcomes are those that the screens showed' },
  'visits-outcomes-events-receipts': {
    th: 'การเยี่ยม = ผล = บันทึก − แก้ทับ = ใบรับ',
    en: 'Visits = outcomes = events − superseded = receipts',
  },
  'nobody-doubled': { th: 'ไม่มีใครถูกนับสองครั้ง', en: 'Nobody is counted twice' },
  'nobody-named': { th: 'ไม่มีชื่อหรือเลขบัตรในล็อกหรือข้อความ', en: 'No name or citizen number in logs or messages' },
  'troubles-came': { th: 'เหตุขัดข้องตามแผนเกิดขึ้นจริง', en: 'The planned troubles did come' },
};

export const TROUBLE_WORDS: Readonly<Record<Trouble['kind'], Words>> = {
  'broker-away': { th: 'เครือข่ายล่มหนึ่งวันครึ่ง', en: 'No network for a day and a half' },
  'power-cut': { th: 'ไฟดับกลางการเยี่ยม', en: 'Power cut in the middle of a visit' },
  'camera-pulled': { th: 'สายกล้องหลุด', en: 'Camera unplugged' },
  'battery-flat': { th: 'แบตเตอรี่หมด ใช้แบบกระดาษ', en: 'Battery flat: paper forms' },
};

export const TROUBLE_FIGURES: Readonly<Record<string, Words>> = {
  waitingEvents: { th: 'บันทึกที่รอ', en: 'events waited' },
  oldestHours: { th: 'เก่าสุดเมื่อเย็นวันก่อน (ชม.)', en: 'oldest the evening before, h' },
  secondsToReady: { th: 'วินาทีจนพร้อมใช้', en: 's until ready' },
  visitsAgain: { th: 'เริ่มใหม่ (ราย)', en: 'visits begun anew' },
  byOfficers: { th: 'เจ้าหน้าที่ยืนยันแทน (ราย)', en: 'confirmed by officers' },
  seconds: { th: 'วินาทีของรายนั้น', en: 's of that visit' },
  forms: { th: 'แบบกระดาษที่ป้อน', en: 'forms entered' },
  villages: { th: 'หมู่บ้าน', en: 'villages' },
};

/** What each state of the list is called. */
export const STANDING_WORDS = {
  served: { th: 'ได้รับบริการแล้ว', en: 'Served' },
  closed: { th: 'ปิดเรื่อง (ไม่ประสงค์ ย้าย เสียชีวิต)', en: 'Closed: declined, moved, passed away' },
  'new-card': { th: 'รอทำบัตรใหม่', en: 'Needs a new card' },
  left: { th: 'มีนัดครั้งต่อไป', en: 'To be visited' },
} as const;
