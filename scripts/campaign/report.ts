import type { Block, Doc } from '../../src/paper/blocks.ts';
import { dayText } from '../../src/paper/dates.ts';
import { OUTCOME_WORDS } from '../../src/receipt/words.ts';
import { NEXT_STEP_WORDS, reasonWords } from '../../src/visit/reasons.ts';
import type { NextStepId, OutcomeKind } from '../../src/visit/types.ts';
import { column, fact, heading, type ReportOf, said } from './report-parts.ts';
import { byDay, byVillage, times, troubles } from './report-tables.ts';
import { CHECK_WORDS, STANDING_WORDS } from './report-words.ts';
import { STATION } from './setting.ts';

/** The report of a campaign: counts, never a name. */
export function campaignReport(of: ReportOf): Doc {
  const { result, findings, play } = of;
  const { days, setting } = play.options;
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const [firstDay = ['', ''], lastDay = ['', '']] = [first, last].map((day) => dayText(day).split(' · '));
  const shown = [0, 1].map((i) => rangeText(firstDay[i] ?? '', lastDay[i] ?? '')).join(' · ');
  const tambons = new Set(setting.order.villages.map(({ tambon }) => tambon.code)).size;
  return {
    title: `Campaign report ${STATION} ${first} to ${last}`,
    at: `${last}T09:00:00.000Z`,
    foot: `${STATION} · ${first} – ${last} · seed ${result.seed}`,
    blocks: [
      {
        kind: 'heading',
        level: 1,
        words: { th: 'รายงานการออกเยี่ยมบ้านทั้งโครงการ', en: 'Report of a campaign of home visits' },
      },
      {
        kind: 'words',
        words: {
          th: 'การจำลอง: บุคคล หมู่บ้าน และเหตุการณ์ทั้งหมดสมมุติขึ้น โปรแกรมทุกส่วนเป็นของจริง',
          en: 'A simulation: people, villages and events are made up, the programs are the real ones.',
        },
        isLarge: false,
      },
      {
        kind: 'facts',
        rows: [
          fact('ช่วงเวลา', 'Days', shown),
          fact(
            'ประชาชน / หมู่บ้าน / ตำบล',
            'People / villages / tambons',
            `${result.people} / ${result.villages} / ${tambons}`,
          ),
          fact('สถานี / เจ้าหน้าที่', 'Stations / operators', '1 / 2'),
          fact('การเยี่ยม', 'Visits', result.visits),
          fact('เครื่องอ่านบัตร', 'Card reader', play.reader === 'pcsc' ? 'pcscd, virtual reader' : 'in-process'),
          fact('ฐานข้อมูล', 'Database', setting.databaseKind),
          fact('เวลาที่ใช้เล่นทั้งหมด', 'Time to play it all', `${result.seconds} s`),
        ],
      },
      {
        kind: 'words',
        words: result.reconciled
          ? {
              th: 'ยอดตรงกันทุกรายการ ทุกคนเสร็จสิ้นหรือมีขั้นต่อไป',
              en: 'All counts agree; everybody is done or has a next step.',
            }
          : { th: 'ยอดไม่ตรงกัน โปรดดูการตรวจสอบ', en: 'Counts do not agree: see the checks.' },
        isLarge: true,
      },
      ...progress(of),
      ...standing(of),
      ...referrals(of),
      ...officers(of),
      ...times(of),
      ...troubles(of),
      ...byDay(of),
      heading('การตรวจสอบ', 'Reconciliation'),
      {
        kind: 'table',
        columns: [column('ข้อ', 'Check', 6, 'left'), column('ผล', 'Result', 1.2, 'left')],
        rows: findings.checks.map(({ id, isWell }) => [
          said(CHECK_WORDS[id] ?? { th: id, en: id }),
          isWell ? 'ตรง · holds' : 'ไม่ตรง · NOT',
        ]),
        isWhole: false,
      },
      ...byVillage(of),
    ],
  };
}

/** e.g. `18–22 November 2026`. */
function rangeText(first: string, last: string): string {
  const [from = '', ...rest] = first.split(' ');
  return last.endsWith(rest.join(' ')) ? `${from}–${last}` : `${first} – ${last}`;
}

function progress({ play, result }: ReportOf): readonly Block[] {
  const { days } = play.book;
  return [
    {
      kind: 'curves',
      title: { th: 'ความคืบหน้ารายวัน (คน)', en: 'Progress by day (people)' },
      labels: days.map(({ day }) => `${Number(day.slice(8))}/${Number(day.slice(5, 7))}`),
      curves: [
        { name: STANDING_WORDS.served, values: days.map(({ standing }) => standing.served) },
        {
          name: { th: 'ยังต้องเยี่ยม', en: 'Still to be visited' },
          values: days.map(({ standing }) => standing.left + standing['due-today']),
        },
        { name: STANDING_WORDS['new-card'], values: days.map(({ standing }) => standing['new-card']) },
      ],
    },
    {
      kind: 'bars',
      title: { th: `ผลการเยี่ยม ${result.visits} ครั้ง`, en: `Outcomes of ${result.visits} visits` },
      bars: (Object.keys(OUTCOME_WORDS) as OutcomeKind[]).map((kind) => ({
        label: said(OUTCOME_WORDS[kind]),
        value: result.outcomes[kind],
      })),
    },
  ];
}

function standing({ findings }: ReportOf): readonly Block[] {
  const { standing: now, people } = findings;
  const open = people.filter(({ state }) => state !== 'served' && state !== 'closed');
  const rows = (Object.keys(findings.nextSteps) as NextStepId[]).map((id) => {
    const steps = open.flatMap(({ last }) => (last?.nextStep.id === id ? [last.nextStep] : []));
    const dues = steps.flatMap(({ due }) => due ?? []).sort();
    const places = [...new Set(steps.flatMap(({ where }) => where ?? []))].join(', ');
    return [
      said(NEXT_STEP_WORDS[id]),
      places || '–',
      dues.length > 0 ? [...new Set([dues[0], dues.at(-1)])].join(' – ') : '–',
      String(steps.length),
    ];
  });
  return [
    {
      kind: 'bars',
      title: { th: 'เมื่อจบโครงการ (คน รวมผู้ที่มาเอง)', en: 'At the end (people, walk-ins counted in)' },
      bars: [
        { label: said(STANDING_WORDS.served), value: now.served },
        { label: said(STANDING_WORDS.closed), value: now.closed },
        { label: said(STANDING_WORDS['new-card']), value: now['new-card'] },
        { label: said(STANDING_WORDS.left), value: now.left + now['due-today'] },
      ],
    },
    heading('ผู้ที่ยังมีขั้นต่อไป', 'Who still has a next step'),
    {
      kind: 'table',
      columns: [
        column('ขั้นต่อไป', 'Next step', 5, 'left'),
        column('ที่ไหน', 'Where', 2.2, 'left'),
        column('ภายใน', 'By', 2.6, 'left'),
        column('คน', 'People', 1),
      ],
      rows,
      isWhole: true,
    },
  ];
}

function referrals({ play, findings }: ReportOf): readonly Block[] {
  const all = findings.people.flatMap(({ referral }) => referral ?? []);
  const [batch] = play.book.batch;
  return [
    heading('ส่งทำบัตรใหม่ และวันทำบัตรรวม', 'Referrals and batch day'),
    {
      kind: 'facts',
      rows: [
        fact('ส่งทำบัตรใหม่', 'Sent for a new card', all.length),
        fact(
          'ขอรถรับส่ง / เดินทางไม่ได้',
          'Need a ride / cannot travel',
          `${all.filter(({ transport }) => transport === 'needs-ride').length} / ${all.filter(({ transport }) => transport === 'cannot-travel').length}`,
        ),
        ...(batch
          ? [
              fact('วันทำบัตรรวม: นัด / มา', 'Batch day: asked / came', `${batch.asked} / ${batch.renewed}`),
              fact('ปิดเองเมื่ออ่านบัตรใหม่', 'Closed by reading the new card', batch.closedByCard),
            ]
          : []),
        fact('ยังเปิดอยู่', 'Still open', all.filter(({ closed }) => closed === null).length),
      ],
    },
  ];
}

function officers({ play }: ReportOf): readonly Block[] {
  const { visits } = play.book;
  const byCard = visits.filter(({ way }) => way === 'card');
  const overrides = visits.filter(({ isOverride }) => isOverride);
  const reasons = [...new Set(overrides.map(({ reason, outcome }) => reason ?? outcome))].sort();
  return [
    heading('เจ้าหน้าที่สองคนตัดสินแทนเครื่อง', 'Decided by two officers instead of the machine'),
    {
      kind: 'words',
      words: {
        th: `${overrides.length} จาก ${byCard.length} ครั้งที่เสียบบัตร ตัวเลขนี้วัดเครื่อง ไม่ใช่วัดเจ้าหน้าที่`,
        en: `${overrides.length} of ${byCard.length} visits with a card. The figure judges the machine, not the officers.`,
      },
      isLarge: false,
    },
    {
      kind: 'table',
      columns: [column('เหตุ', 'Reason', 5, 'left'), column('ครั้ง', 'Visits', 1), column('ยืนยันแล้ว', 'Confirmed', 1.4)],
      rows: reasons.map((code) => {
        const those = overrides.filter(({ reason, outcome }) => (reason ?? outcome) === code);
        const confirmed = those.filter(({ outcome }) => outcome !== 'undetermined').length;
        return [said(reasonWords(code)?.words ?? { th: code, en: code }), String(those.length), String(confirmed)];
      }),
      isWhole: true,
    },
    {
      kind: 'bars',
      title: { th: 'จำนวนครั้งที่ถ่ายต่อการเยี่ยมที่เสียบบัตร', en: 'Captures of each visit with a card' },
      bars: [0, 1, 2, 3].map((n) => ({
        label: n === 0 ? 'ไม่ได้ถ่าย · none' : `${n} ครั้ง · ${n} ${n === 1 ? 'capture' : 'captures'}`,
        value: byCard.filter(({ captures }) => captures === n).length,
      })),
    },
  ];
}
