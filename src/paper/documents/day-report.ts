import { OUTCOME_WORDS } from '../../receipt/words.ts';
import type { Words } from '../../visit/reasons.ts';
import type { OutcomeKind, Witness } from '../../visit/types.ts';
import type { Block, Doc, Fact } from '../blocks.ts';
import { csvOf } from '../csv.ts';
import { dayText, timeText } from '../dates.ts';
import { ROLE_WORDS } from '../words.ts';

/** A day as it is reported; its shape is that of the day on the operator's screen, and who reports. */
export interface DayReport {
  readonly station: string;
  readonly programme: string | null;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly state: 'not-opened' | 'open' | 'closed';
  /** When it was closed, or when it stood so, RFC 3339. */
  readonly at: string;
  readonly operator: string | null;
  /** Who attended. */
  readonly present: readonly { readonly role: Witness['role']; readonly name: string }[];
  readonly counts: {
    readonly visits: number;
    readonly outcomes: Readonly<Record<OutcomeKind, number>>;
    readonly events: number;
    readonly superseded: number;
    readonly receipts: number;
    readonly settled: number;
  };
  readonly isReconciled: boolean;
  readonly villages: readonly {
    readonly village: string;
    readonly name: string;
    readonly served: number;
    readonly left: number;
    readonly newCard: number;
    readonly visits: number;
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly words: Words;
    readonly state: 'well' | 'trouble' | 'to-be-looked-at';
  }[];
  /** `issued` = `entered` + `spoilt` + `left`; `ofOthers` = entered here, given out by another station. */
  readonly paperForms: Readonly<Record<'issued' | 'entered' | 'spoilt' | 'left' | 'ofOthers', number>>;
}

/** The report's signature: over the CSV file, which lies beside it. */
export interface ReportMark {
  /** Lower-case hex SHA-256 of {@link dayReportCsv}'s bytes. */
  readonly sha256: string;
  /** The station's signed statement of it. */
  readonly qrText: string;
}

/** The day report: A4, or a strip of the station's printer. */
export function dayReport(report: DayReport, mark: ReportMark): Doc {
  const { station, day, at, counts, villages } = report;
  const title = {
    th: `รายงานประจำวัน ${dayText(day).split(' · ')[0]}`,
    en: `Day report, ${dayText(day).split(' · ')[1]}`,
  };
  return {
    title: `Day report ${station} ${day}`,
    at,
    foot: `${station} · ${day} · ${mark.sha256.slice(0, 12)}`,
    blocks: [
      { kind: 'heading', level: 1, words: title },
      {
        kind: 'facts',
        rows: [
          { label: { th: 'สถานี', en: 'Station' }, value: station },
          ...(report.programme === null
            ? []
            : [{ label: { th: 'โครงการ', en: 'Programme' }, value: report.programme }]),
          {
            label:
              report.state === 'closed'
                ? { th: 'ปิดวันเวลา', en: 'Closed at' }
                : { th: 'ยังไม่ปิดวัน ณ เวลา', en: 'Not closed yet, at' },
            // A day may be closed on a later one.
            value: dayText(at) === dayText(day) ? timeText(at) : `${dayText(at).split(' · ')[0]} ${timeText(at)}`,
          },
          ...peopleOf(report),
        ],
      },
      {
        kind: 'bars',
        title: { th: `ผลการเยี่ยม ${counts.visits} ราย`, en: `Outcomes of ${counts.visits} visits` },
        bars: (Object.keys(OUTCOME_WORDS) as OutcomeKind[]).map((kind) => ({
          label: OUTCOME_WORDS[kind].th,
          value: counts.outcomes[kind],
        })),
      },
      ...reconciliation(report),
      { kind: 'heading', level: 2, words: { th: 'รายหมู่บ้าน', en: 'By village' } },
      {
        kind: 'table',
        columns: [
          { head: { th: 'หมู่บ้าน', en: 'Village' }, share: 3.7, align: 'left' },
          { head: { th: 'เยี่ยม', en: 'Visits' }, share: 1.4, align: 'right' },
          { head: { th: 'แล้ว', en: 'Served' }, share: 1.7, align: 'right' },
          { head: { th: 'เหลือ', en: 'Left' }, share: 1.3, align: 'right' },
          { head: { th: 'ทำบัตร', en: 'Card' }, share: 1.4, align: 'right' },
        ],
        rows: [...villages, ...elsewhere(report), totalOf([...villages, ...elsewhere(report)])].map(rowOf),
        isWhole: false,
      },
      { kind: 'heading', level: 2, words: { th: 'การตรวจก่อนเปิด', en: 'Opening check' } },
      {
        kind: 'table',
        columns: [
          { head: { th: 'รายการ', en: 'Item' }, share: 3, align: 'left' },
          { head: { th: 'ผล', en: 'State' }, share: 2, align: 'left' },
        ],
        rows: report.checks.map(({ words, state }) => [`${words.th} · ${words.en}`, CHECK_WORDS[state]]),
        isWhole: true,
      },
      {
        kind: 'signatures',
        of: [
          { th: 'เจ้าหน้าที่ผู้ใช้เครื่อง', en: 'Operator' },
          { th: 'เจ้าหน้าที่คนที่สอง', en: 'Second officer' },
          { th: 'กำนันหรือผู้ใหญ่บ้าน', en: 'Kamnan or village head' },
          { th: 'ปลัดอำเภอหรือผู้แทน', en: 'For the district' },
        ],
      },
      {
        kind: 'beside',
        share: 0.3,
        left: [
          {
            kind: 'words',
            words: {
              th: 'ลายมือชื่อของสถานีต่อไฟล์ CSV ของรายงานนี้',
              en: "The station's signature of this report's CSV file",
            },
            isLarge: false,
          },
          {
            kind: 'text',
            text: `SHA-256 ${mark.sha256.replaceAll(/(.{8})(?!$)/g, '$1 ')}`,
            style: 'small',
            align: 'left',
          },
        ],
        right: [{ kind: 'qr', text: mark.qrText, caption: null, mostMm: 45 }],
      },
      { kind: 'space', mm: 4 },
    ],
  };
}

function peopleOf({ operator, present }: DayReport): readonly Fact[] {
  const attended = present.map(({ role, name }) => `${ROLE_WORDS[role].th} ${name}`);
  return [
    ...(operator === null ? [] : [{ label: { th: 'ผู้รายงาน', en: 'Reported by' }, value: operator }]),
    ...(attended.length === 0 ? [] : [{ label: { th: 'ผู้ร่วมงาน', en: 'Attended' }, value: attended.join('\n') }]),
  ];
}

const CHECK_WORDS = {
  well: 'เรียบร้อย · well',
  trouble: 'มีปัญหา · trouble',
  'to-be-looked-at': 'ยังไม่ได้ดู · not looked at',
} as const;

function reconciliation({ counts, isReconciled, paperForms }: DayReport): readonly Block[] {
  const { issued, entered, spoilt, left, ofOthers } = paperForms;
  const fact = (th: string, en: string, value: number | string) => ({ label: { th, en }, value: String(value) });
  const outcomes = Object.values(counts.outcomes).reduce((sum, value) => sum + value, 0);
  return [
    {
      kind: 'heading',
      level: 2,
      words: isReconciled
        ? { th: 'ยอดตรงกันทุกรายการ', en: 'All counts agree' }
        : { th: 'ยอดไม่ตรงกัน โปรดตรวจ', en: 'Counts do not agree: please look' },
    },
    {
      kind: 'facts',
      rows: [
        fact('เยี่ยม / ผล', 'Visits / outcomes', `${counts.visits} / ${outcomes}`),
        fact('บันทึก / แก้ทับ', 'Events / superseded', `${counts.events} / ${counts.superseded}`),
        fact('ใบรับ', 'Receipts', counts.receipts),
        fact('ถึงเซิร์ฟเวอร์แล้ว', 'At the server', counts.settled),
        fact('แบบกระดาษ ออก / ป้อนแล้ว', 'Paper forms issued / entered', `${issued} / ${entered}`),
        fact('แบบกระดาษ เสีย / เหลือ', 'Paper forms spoilt / left', `${spoilt} / ${left}`),
        ...(ofOthers > 0 ? [fact('ป้อนแบบของสถานีอื่น', "Other stations' forms entered", ofOthers)] : []),
      ],
    },
  ];
}

type VillageRow = DayReport['villages'][number];

function rowOf({ name, visits, served, left, newCard }: VillageRow): readonly string[] {
  return [name, ...[visits, served, left, newCard].map(String)];
}

/** Visits of people who are in no village of the lists: without them the table would not come to the day's count. */
function elsewhere({ counts, villages }: DayReport): readonly VillageRow[] {
  const visits = counts.visits - villages.reduce((all, one) => all + one.visits, 0);
  const name = 'นอกรายชื่อ · On no list';
  return visits > 0 ? [{ village: '', name, visits, served: 0, left: 0, newCard: 0 }] : [];
}

function totalOf(villages: readonly VillageRow[]): VillageRow {
  const sum = (key: 'visits' | 'served' | 'left' | 'newCard') => villages.reduce((all, one) => all + one[key], 0);
  return {
    village: '',
    name: 'รวม · Total',
    visits: sum('visits'),
    served: sum('served'),
    left: sum('left'),
    newCard: sum('newCard'),
  };
}

/** The report's data as a table that spreadsheets open; these bytes are what is signed. */
export function dayReportCsv(report: DayReport): Uint8Array {
  const { counts, villages, checks, paperForms } = report;
  const rest = ['', '', ''];
  return csvOf([
    ['ส่วน section', 'รหัส code', 'ชื่อ name', 'จำนวน count', 'แล้ว served', 'เหลือ left', 'ทำบัตรใหม่ new card'],
    ['report', 'station', report.station, '', ...rest],
    ['report', 'programme', report.programme ?? '', '', ...rest],
    ['report', 'day', report.day, '', ...rest],
    ['report', report.state === 'closed' ? 'closed-at' : 'not-closed-at', report.at, '', ...rest],
    ...(Object.keys(OUTCOME_WORDS) as OutcomeKind[]).map((kind) => [
      'outcome',
      kind,
      OUTCOME_WORDS[kind].th,
      counts.outcomes[kind],
      ...rest,
    ]),
    ...(['visits', 'events', 'superseded', 'receipts', 'settled'] as const).map((key) => [
      'count',
      key,
      '',
      counts[key],
      ...rest,
    ]),
    ['count', 'reconciled', report.isReconciled ? 'yes' : 'no', '', ...rest],
    ['count', 'paper-forms-issued', '', paperForms.issued, ...rest],
    ['count', 'paper-forms-entered', '', paperForms.entered, ...rest],
    ['count', 'paper-forms-spoilt', '', paperForms.spoilt, ...rest],
    ['count', 'paper-forms-left', '', paperForms.left, ...rest],
    ['count', 'paper-forms-of-others', '', paperForms.ofOthers, ...rest],
    ...[...villages, ...elsewhere(report)].map(({ village, name, visits, served, left, newCard }) => [
      'village',
      village,
      name,
      visits,
      served,
      left,
      newCard,
    ]),
    ...checks.map(({ id, state }) => ['check', id, state, '', ...rest]),
  ]);
}
