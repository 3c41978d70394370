import { OUTCOME_WORDS } from '../../receipt/words.ts';
import { REASON_WORDS, type ReasonCode, type Words } from '../../visit/reasons.ts';
import type { Block, Doc } from '../blocks.ts';
import { dayText } from '../dates.ts';
import { NEXT_STEP_SHORT, RELATION_WORDS, SCOPE_WORDS } from '../words.ts';

/** Numbered forms for the day on which the station is dead. */
export interface FormsPack {
  readonly station: string;
  readonly programme: string | null;
  /** RFC 3339. */
  readonly at: string;
  /** `qrText` = `TB1:F:…`, which the station's scanner reads when the form is entered. */
  readonly forms: readonly { readonly serial: string; readonly qrText: string }[];
  /** Whom to call, or `null`. */
  readonly ask: string | null;
}

/** Outcomes of a visit without a station, and the coded reasons of each. Nothing can be `verified` on paper. */
const REASONS: readonly (readonly [keyof typeof OUTCOME_WORDS, readonly ReasonCode[]])[] = [
  ['confirmed-by-officer', ['camera-unavailable', 'engine-failed', 'staff-called', 'biometric-declined']],
  [
    'referred',
    [
      'card-expired',
      'card-cancelled',
      'card-damaged',
      'card-unreadable',
      'no-card',
      'not-thai-id',
      'child',
      'representative-card-expired',
    ],
  ],
  ['not-served', ['not-at-home', 'in-hospital', 'moved', 'deceased', 'refused-visit']],
  ['undetermined', ['officers-disagree', 'officers-unsure', 'no-answer']],
];

/** A cover page with what to do, then one page for each form. */
export function formsPack(pack: FormsPack): Doc {
  const first = pack.forms.at(0)?.serial ?? '';
  const last = pack.forms.at(-1)?.serial ?? '';
  return {
    title: `Paper forms ${first} – ${last}`,
    at: pack.at,
    foot: `${pack.station} · ${first} – ${last}`,
    blocks: [
      ...cover(pack, first, last),
      ...pack.forms.flatMap((form) => [{ kind: 'page-break' } as const, ...page(pack, form)]),
    ],
  };
}

function cover({ station, forms, at, ask }: FormsPack, first: string, last: string): readonly Block[] {
  const steps: readonly Words[] = [
    {
      th: '1. แจ้งประชาชนว่าเครื่องใช้ไม่ได้ วันนี้ใช้แบบกระดาษแทน ไม่มีใครเสียสิทธิ',
      en: 'Tell people that the station cannot be used and paper is used instead. Nobody loses anything.',
    },
    {
      th: '2. ใช้แบบตามลำดับเลขที่ หนึ่งใบต่อหนึ่งคน ใบที่เขียนผิดให้ขีดฆ่าแล้วเก็บไว้ ห้ามทิ้ง',
      en: 'Take the forms in order, one for each person. Strike out and keep one that went wrong; throw none away.',
    },
    {
      th: '3. อ่านข้อความยินยอมให้ฟัง ถามความสมัครใจ แล้วทำเครื่องหมาย ไม่ถ่ายรูปหน้าหรือบัตร',
      en: 'Read the consent aloud, ask, and mark the answer. Photograph neither face nor card.',
    },
    {
      th: '4. เจ้าหน้าที่สองคนดูบัตรและใบหน้า ต่างคนต่างตัดสิน แล้วลงชื่อทั้งสองคน',
      en: 'Two officers look at card and face, judge each for themselves, and both sign.',
    },
    {
      th: '5. เขียนขั้นต่อไป สถานที่ และวันที่ ฉีกส่วนล่างให้ประชาชนเก็บไว้',
      en: 'Write down what is next, where and when. Tear off the lower part for the citizen.',
    },
    {
      th: '6. เก็บแบบในซองปิดผนึก มีข้อมูลส่วนบุคคล ห้ามถ่ายเอกสาร',
      en: 'Keep the forms in a sealed envelope: they name people. Make no copies.',
    },
    {
      th: '7. เมื่อเครื่องกลับมาใช้ได้ ให้สแกน QR ของแต่ละใบแล้วป้อนข้อมูลตามแบบ ภายในวันทำการถัดไป',
      en: 'When the station is back, scan the QR of each form and enter it by the next working day.',
    },
    {
      th: '8. ป้อนครบแล้ว นับแบบให้เท่ากับรายงานประจำวัน ส่งอำเภอพร้อมแบบที่ไม่ได้ใช้',
      en: 'Then count the forms against the day report and hand all of them, unused ones too, to the district.',
    },
  ];
  return [
    {
      kind: 'heading',
      level: 1,
      words: { th: 'แบบกระดาษสำรอง', en: 'Paper forms for when the station cannot be used' },
    },
    {
      kind: 'facts',
      rows: [
        { label: { th: 'สถานี', en: 'Station' }, value: station },
        { label: { th: 'เลขที่', en: 'Numbers' }, value: `${first} – ${last} (${forms.length})` },
        { label: { th: 'พิมพ์เมื่อ', en: 'Printed' }, value: dayText(at) },
        ...(ask === null ? [] : [{ label: { th: 'สอบถาม', en: 'Ask' }, value: ask }]),
      ],
    },
    { kind: 'rule', style: 'solid' },
    ...steps.flatMap((words) => [
      { kind: 'words', words, isLarge: false } as const,
      { kind: 'space', mm: 1.5 } as const,
    ]),
    { kind: 'space', mm: 6 },
    { kind: 'blank', label: { th: 'ใช้วันที่', en: 'Used on' }, lines: 1 },
    { kind: 'blank', label: { th: 'ใช้ไป / เสีย / เหลือ', en: 'Used / spoilt / left' }, lines: 1 },
    {
      kind: 'signatures',
      of: [
        { th: 'ผู้ใช้แบบ', en: 'Used by' },
        { th: 'ผู้ป้อนข้อมูล', en: 'Entered by' },
      ],
    },
  ];
}

function page({ station, programme }: FormsPack, { serial, qrText }: FormsPack['forms'][number]): readonly Block[] {
  const reasons = REASONS.map(
    ([outcome, codes]): Block => ({
      kind: 'choices',
      label: OUTCOME_WORDS[outcome],
      choices: codes.map((code) => REASON_WORDS[code]),
      columns: Math.min(codes.length, 4),
    }),
  );
  return [
    {
      kind: 'beside',
      share: 0.2,
      left: [
        { kind: 'heading', level: 2, words: { th: 'แบบบันทึกการเยี่ยม', en: 'Record of a visit' } },
        { kind: 'text', text: `${serial}   ${station}   ${programme ?? ''}`, style: 'bold', align: 'left' },
        { kind: 'blank', label: { th: 'วันที่ เวลา', en: 'Date, time' }, lines: 1 },
        { kind: 'blank', label: { th: 'ชื่อ นามสกุล', en: 'Name' }, lines: 1 },
      ],
      right: [{ kind: 'qr', text: qrText, caption: null, mostMm: 24 }],
    },
    { kind: 'blank', label: { th: 'บ้านเลขที่ หมู่ ตำบล', en: 'House, village, tambon' }, lines: 1 },
    {
      kind: 'beside',
      share: 0.4,
      left: [{ kind: 'boxes', label: { th: 'เลขประจำตัวประชาชน', en: 'Citizen number' }, groups: [1, 4, 5, 2, 1] }],
      right: [
        {
          kind: 'choices',
          label: { th: 'ความยินยอม (อ่านให้ฟังแล้ว)', en: 'Consent (read aloud)' },
          choices: [
            { th: 'ยินยอม', en: 'Yes' },
            { th: 'ไม่ยินยอม', en: 'No' },
            { th: 'ด้วยวาจา', en: 'By voice' },
            { th: 'มีพยาน', en: 'Witnessed' },
          ],
          columns: 2,
        },
      ],
    },
    ...reasons,
    {
      kind: 'choices',
      label: OUTCOME_WORDS.represented,
      choices: Object.values(RELATION_WORDS),
      columns: 4,
    },
    {
      kind: 'beside',
      share: 0.4,
      left: [{ kind: 'blank', label: { th: 'ชื่อผู้แทน ถึงวันที่', en: 'Name, until' }, lines: 1 }],
      right: [{ kind: 'choices', label: null, choices: Object.values(SCOPE_WORDS), columns: 2 }],
    },
    {
      kind: 'choices',
      label: { th: 'ขั้นต่อไป', en: 'Next' },
      choices: Object.values(NEXT_STEP_SHORT),
      columns: 5,
    },
    { kind: 'blank', label: { th: 'สถานที่ และวันที่', en: 'Where and when' }, lines: 1 },
    {
      kind: 'signatures',
      of: [
        { th: 'เจ้าหน้าที่คนที่หนึ่ง', en: 'First officer' },
        { th: 'เจ้าหน้าที่คนที่สอง', en: 'Second officer' },
        { th: 'พยาน', en: 'Witness' },
        { th: 'ผู้รับบริการหรือผู้แทน', en: 'Citizen or representative' },
      ],
    },
    { kind: 'rule', style: 'tear' },
    {
      kind: 'beside',
      share: 0.2,
      left: [
        { kind: 'heading', level: 2, words: { th: `ใบรับ ${serial}`, en: 'Receipt: please keep it' } },
        { kind: 'blank', label: { th: 'ผล และขั้นต่อไป', en: 'Outcome and next step' }, lines: 1 },
        { kind: 'blank', label: { th: 'ที่ไหน เมื่อไร', en: 'Where, when' }, lines: 1 },
      ],
      right: [{ kind: 'qr', text: qrText, caption: null, mostMm: 24 }],
    },
  ];
}
