import type { Block } from '../../src/paper/blocks.ts';
import { OUTCOME_WORDS } from '../../src/receipt/words.ts';
import type { OutcomeKind } from '../../src/visit/types.ts';
import { column, heading, type ReportOf, said } from './report-parts.ts';
import { TROUBLE_FIGURES, TROUBLE_WORDS } from './report-words.ts';
import { spreadOf } from './spread.ts';

const seconds = (value: number) => (value < 0.05 ? '< 0.1' : value.toFixed(1));

/** How long visits took, by outcome. */
export function times({ play }: ReportOf): readonly Block[] {
  const { visits } = play.book;
  const kinds = (Object.keys(OUTCOME_WORDS) as OutcomeKind[]).filter((kind) =>
    visits.some(({ outcome }) => outcome === kind),
  );
  const rows = kinds.flatMap((kind) =>
    (['card', 'desk', 'paper'] as const).flatMap((way) => {
      const those = visits.filter(({ outcome, way: one }) => outcome === kind && one === way);
      if (those.length === 0) return [];
      const { median, most } = spreadOf(those.map(({ seconds }) => seconds));
      const ways = { card: 'เสียบบัตร · card', desk: 'ที่จอเจ้าหน้าที่ · desk', paper: 'จากกระดาษ · paper' };
      return [[said(OUTCOME_WORDS[kind]), ways[way], String(those.length), seconds(median), seconds(most)]];
    }),
  );
  const speed = play.options.isWireSpeed
    ? { th: 'ชิปจำลองตอบช้าเท่าชิปจริง', en: 'The virtual chip answered as slowly as a real one.' }
    : {
        th: 'ชิปจำลองตอบทันที ชิปจริงใช้เวลาเพิ่มอีกหลายวินาที',
        en: 'The virtual chip answered at once: a real one adds seconds.',
      };
  return [
    heading('เวลาต่อการเยี่ยม', 'Time of a visit'),
    {
      kind: 'words',
      words: {
        th: `จากเสียบบัตรจนจอบอกผล ไม่รวมการเดินทางและการพูดคุย ${speed.th}`,
        en: `From the card going in to the last word on the screen, without roads and talk. ${speed.en}`,
      },
      isLarge: false,
    },
    {
      kind: 'table',
      columns: [
        column('ผล', 'Outcome', 4, 'left'),
        column('ทาง', 'Way', 2.6, 'left'),
        column('ครั้ง', 'Visits', 1),
        column('มัธยฐาน วินาที', 'Median, s', 1.4),
        column('นานสุด วินาที', 'Longest, s', 1.4),
      ],
      rows,
      isWhole: false,
    },
  ];
}

/** What failed, and what it cost. */
export function troubles({ play, findings }: ReportOf): readonly Block[] {
  const isAllThere = findings.checks
    .filter(({ id }) => id === 'server-has-everything' || id === 'vault-has-exactly-the-stations-visits')
    .every(({ isWell }) => isWell);
  const cost = (figures: Readonly<Record<string, number>>) =>
    Object.entries(figures)
      .map(([key, value]) => `${said(TROUBLE_FIGURES[key] ?? { th: key, en: key })}: ${value}`)
      .join('; ');
  return [
    heading('เหตุขัดข้อง และสิ่งที่เสียไป', 'Outages and what they cost'),
    {
      kind: 'table',
      columns: [
        column('วันที่', 'Day', 0.8, 'left'),
        column('เหตุ', 'What', 3.4, 'left'),
        column('สิ่งที่เสียไป', 'Cost', 5, 'left'),
      ],
      rows: play.book.troubles.map(({ day, kind, figures }) => [String(day), said(TROUBLE_WORDS[kind]), cost(figures)]),
      isWhole: true,
    },
    {
      kind: 'words',
      words: isAllThere
        ? { th: 'ไม่มีบันทึกใดหาย', en: 'No event was lost.' }
        : { th: 'มีบันทึกที่เซิร์ฟเวอร์ยังไม่มี โปรดดูการตรวจสอบ', en: 'The server does not have every event: see the checks.' },
      isLarge: false,
    },
  ];
}

/** Counts of each day. */
export function byDay({ play }: ReportOf): readonly Block[] {
  return [
    heading('รายวัน', 'By day'),
    {
      kind: 'table',
      columns: [
        column('วัน', 'Day', 2, 'left'),
        column('ตามแผน', 'Planned', 1.3),
        column('เยี่ยม', 'Visits', 1.2),
        column('บันทึก', 'Events', 1.2),
        column('แก้ทับ', 'Replaced', 1.4),
        column('ใบรับ', 'Receipts', 1.4),
        column('รอส่ง', 'Waiting', 1.3),
        column('ยอดตรง', 'Agrees', 1.3),
      ],
      rows: play.book.days.map((one) => [
        one.day,
        ...[one.planned, one.visits, one.events, one.superseded, one.receipts, one.unsentAtEnd].map(String),
        one.isReconciled ? 'ตรง' : 'ไม่ตรง',
      ]),
      isWhole: true,
    },
  ];
}

/** Where people of each tambon and village stand. */
export function byVillage({ play, findings }: ReportOf): readonly Block[] {
  const { villages } = play.order;
  const tambons = [...new Map(villages.map(({ tambon }) => [tambon.code, tambon])).values()];
  const columns = [
    column('หมู่บ้าน', 'Village', 4, 'left'),
    column('คน', 'People', 1.1),
    column('บริการแล้ว', 'Served', 1.4),
    column('ปิดเรื่อง', 'Closed', 1.3),
    column('ทำบัตรใหม่', 'New card', 1.5),
    column('มีนัด', 'To visit', 1.3),
  ];
  const counts = (codes: ReadonlySet<string>) => {
    const there = findings.people.filter(({ village }) => codes.has(village));
    const of = (...states: readonly string[]) => there.filter(({ state }) => states.includes(state)).length;
    return [there.length, of('served'), of('closed'), of('new-card'), of('left', 'due-today')].map(String);
  };
  const codesOf = (tambon: string) =>
    new Set(villages.filter((one) => one.tambon.code === tambon).map(({ code }) => code));
  return [
    heading('รายตำบล', 'By tambon'),
    {
      kind: 'table',
      columns: [column('ตำบล', 'Tambon', 4, 'left'), ...columns.slice(1)],
      rows: [
        ...tambons.map(({ code, name }) => [name, ...counts(codesOf(code))]),
        ['รวม · Total', ...counts(new Set(villages.map(({ code }) => code)))],
      ],
      isWhole: true,
    },
    heading('รายหมู่บ้าน', 'By village'),
    {
      kind: 'table',
      columns: [column('ตำบล', 'Tambon', 2.4, 'left'), ...columns],
      rows: tambons.flatMap((tambon) =>
        villages
          .filter((one) => one.tambon.code === tambon.code)
          .map(({ code, moo, name }) => [tambon.name, `ม.${moo} ${name}`, ...counts(new Set([code]))]),
      ),
      isWhole: false,
    },
  ];
}
