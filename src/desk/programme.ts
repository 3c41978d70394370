import type { ExplainPage } from '../kiosk/desk-protocol.ts';
import type { Programme } from './people.ts';

/** The programme in six pictures. `|` marks where a line may break on the glass; clips go by the id (hardware/audio). */
const EXPLAIN: readonly ExplainPage[] = [
  {
    picture: 'card',
    words: { th: 'ใช้สิทธิ์ด้วย ||บัตรประชาชน|ใบเดียว', en: 'Your ID card |is all you need' },
    audio: 'explain.card',
  },
  {
    picture: 'shop',
    words: { th: 'ใช้ซื้อของได้||ที่ร้าน|ที่ร่วมโครงการ', en: 'Pay in shops |that take part' },
    audio: 'explain.shop',
  },
  {
    picture: 'calendar',
    words: { th: 'ใช้ได้จนถึง|วันจบโครงการ', en: 'Use it until |the programme |ends' },
    audio: 'explain.calendar',
  },
  {
    picture: 'people',
    words: { th: 'ไปเองไม่ได้ ||ให้คนที่ไว้ใจ|ทำแทนได้', en: 'Somebody you trust ||may go for you' },
    audio: 'explain.people',
  },
  {
    picture: 'phone',
    words: { th: 'สงสัยเรื่องใด ||ถามผู้ใหญ่บ้าน|หรืออำเภอ', en: 'Questions? ||Ask the village head' },
    audio: 'explain.phone',
  },
  {
    picture: 'shield',
    words: { th: 'ไม่มีค่าใช้จ่าย ||ไม่ต้องบอกรหัส|กับใคร', en: 'It costs nothing. ||Keep your PIN.' },
    audio: 'explain.shield',
  },
];

/** What a station asks and tells before a work order names a programme: the registration itself, and nothing of money. */
export function ownProgramme(version: string, attemptsPerCampaign: number): Programme {
  return {
    id: 'registration',
    campaign: 'standing',
    name: { th: 'ลงทะเบียนรับความช่วยเหลือถึงบ้าน', en: 'Registration for help at your door' },
    purposes: [
      {
        id: 'face-comparison',
        version,
        // Word for word what the glass says (a test holds them together): its hash is the record of what was shown.
        words: {
          th: 'เครื่องจะเทียบใบหน้าของท่านกับรูปในบัตร ภาพลบทันที เก็บเฉพาะผลตรวจไว้จนจบโครงการ',
          en: 'We compare your face with your card photo. Picture deleted; result kept till programme ends.',
        },
        shortWords: { th: 'เทียบใบหน้ากับรูปในบัตร ภาพลบทันที', en: 'Face compared with card photo Picture deleted' },
      },
    ],
    explain: EXPLAIN,
    line: null,
    nextSteps: {
      'renew-card': { where: 'ที่ว่าการอำเภอ', days: 14 },
      'bring-thai-id': { where: null, days: 7 },
      'team-returns': { where: 'ที่บ้านของท่าน', days: 7 },
      'come-to-centre': { where: 'ศูนย์ช่วยเหลือตำบล', days: 7 },
      'guardian-comes': { where: 'ศูนย์ช่วยเหลือตำบล', days: 14 },
      'office-will-call': { where: null, days: 3 },
      'officer-will-check': { where: null, days: 1 },
      'register-is-updated': { where: null, days: 30 },
    },
    attemptsPerCampaign,
  };
}
