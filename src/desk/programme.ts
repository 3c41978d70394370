import type { Programme } from './people.ts';

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
        words: {
          th: 'เครื่องจะเทียบใบหน้าของท่านกับรูปในบัตร ภาพลบทันที เก็บเฉพาะผลตรวจไว้จนจบโครงการ',
          en: 'The machine compares your face with the photo on your card. Pictures are deleted at once; only the result is kept until the programme ends.',
        },
      },
    ],
    explain: [
      {
        picture: 'people',
        words: { th: 'เรามาลงทะเบียนให้ท่านรับความช่วยเหลือ ไม่มีค่าใช้จ่าย', en: 'We register you for help. It costs nothing.' },
        audio: 'explain.what',
      },
      {
        picture: 'card',
        words: { th: 'ใช้บัตรประชาชนใบเดียว บัตรอยู่กับท่านเสมอ', en: 'One ID card is enough, and it stays with you.' },
        audio: 'explain.card',
      },
      {
        picture: 'shield',
        words: {
          th: 'ไม่เก็บรูปหน้า ท่านไม่ยินยอมก็ได้ ไม่เสียสิทธิ',
          en: 'No picture of your face is kept. You may say no and lose nothing.',
        },
        audio: 'explain.privacy',
      },
      {
        picture: 'phone',
        words: {
          th: 'มีคำถาม ถามผู้ใหญ่บ้าน อสม. หรือศูนย์ช่วยเหลือตำบล',
          en: 'Questions? Ask the village head, the health volunteer or the tambon centre.',
        },
        audio: 'explain.ask',
      },
    ],
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
