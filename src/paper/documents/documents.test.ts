import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayOf,
  formsOf,
  PAPER_AT,
  receiptStation,
  referralsOf,
  slipOf,
  TYPICAL_FACTS,
} from '../../../tests/fixtures/paper.ts';
import { REASON_WORDS } from '../../visit/reasons.ts';
import { csvOf } from '../csv.ts';
import { dayText } from '../dates.ts';
import { openPress } from '../drivers/press/press.ts';
import { Typeface } from '../drivers/press/typeface.ts';
import { A4, layOut, roll } from '../layout.ts';
import { ABOVE, BELOW, type Mark } from '../marks.ts';
import { dayReport, dayReportCsv } from './day-report.ts';
import { explainSlip, lineFriendSlip } from './explain-slip.ts';
import { formsPack } from './forms-pack.ts';
import { receiptSlip } from './receipt-slip.ts';
import { referralList, referralListCsv } from './referral-list.ts';

const typeface = new Typeface();
const measure = (text: string, size: number, isBold: boolean) => typeface.width(text, size, isBold);
const { signer } = receiptStation();
const mark = { sha256: 'ab'.repeat(32), qrText: 'x'.repeat(330) };
const line = { name: 'ศูนย์ตำบลตัวอย่าง', qrText: 'https://line.me/R/ti/p/@example' };
const explained = {
  name: { th: 'โครงการตัวอย่าง', en: 'Sample programme' },
  explain: [{ words: { th: 'ใช้ได้ที่ร้านในตำบล', en: 'In the shops of the tambon' } }],
  line,
};
const documents = {
  ...Object.fromEntries(
    TYPICAL_FACTS.map((facts, i) => [
      `slip ${i} ${facts.outcome}`,
      receiptSlip(slipOf(facts, signer, 'https://example.org/verify/')),
    ]),
  ),
  explain: explainSlip(explained, PAPER_AT),
  friend: lineFriendSlip(line, PAPER_AT),
  day: dayReport(dayOf(85), mark),
  referrals: referralList(referralsOf(14)),
  forms: formsPack(formsOf(3)),
};

test.each(Object.entries(documents))('%s stays on its paper: A4, 80 mm and 58 mm', (_, doc) => {
  for (const sheet of [A4, roll(576), roll(384)])
    for (const { width, height, marks } of layOut(doc, sheet, measure))
      for (const one of marks) {
        const [left, top, right, bottom] = edges(one);
        expect(left, JSON.stringify(one).slice(0, 200)).toBeGreaterThanOrEqual(-0.01);
        expect(right, JSON.stringify(one).slice(0, 200)).toBeLessThanOrEqual(width + 0.01);
        expect(top).toBeGreaterThanOrEqual(-0.01);
        expect(bottom).toBeLessThanOrEqual(height + 0.01);
      }
});

function edges(one: Mark): readonly [left: number, top: number, right: number, bottom: number] {
  switch (one.kind) {
    case 'text':
      return [one.x, one.y - ABOVE * one.size, one.x + measure(one.text, one.size, one.isBold), one.y + 0.3 * one.size];
    case 'box':
      return [one.x, one.y, one.x + one.width, one.y + one.height];
    case 'line':
      return [
        Math.min(...one.points.map(([x]) => x)),
        Math.min(...one.points.map(([, y]) => y)),
        Math.max(...one.points.map(([x]) => x)),
        Math.max(...one.points.map(([, y]) => y)),
      ];
    case 'modules':
      return [one.x, one.y, one.x + one.module * one.rows.length, one.y + one.module * one.rows.length];
  }
}

test('a paper form is one page, with its number and every coded reason but those of the machine', () => {
  const pages = layOut(formsPack(formsOf(3)), A4, measure);
  expect(pages).toHaveLength(4);
  const texts = pages.slice(1).map(({ marks }) => marks.map((one) => (one.kind === 'text' ? one.text : '')).join(''));
  for (const [i, text] of texts.entries()) expect(text).toContain(`STTEST00000${i + 1}`);
  const machine =
    /^(card-photo-unreadable|representative-card-expired|attempts-used|budget-used|dignity-time|officer-review|attack-check|not-acquired)$/;
  const plain = texts[0]?.replaceAll(/\s/g, '');
  for (const [code, { th }] of Object.entries(REASON_WORDS))
    if (!machine.test(code)) expect(plain, code).toContain(th.replaceAll(/\s/g, ''));
});

test('where a table is cut its head comes again, and a village is kept together', () => {
  const pages = layOut(dayReport(dayOf(85), mark), A4, measure);
  const heads = pages.map(({ marks }) => marks.filter((one) => one.kind === 'text' && one.text === 'หมู่บ้าน').length);
  expect(heads.filter((count) => count > 0).length).toBeGreaterThan(1);
  const [first] = layOut(referralList(referralsOf(14)), A4, measure);
  const said = first?.marks.map((one) => (one.kind === 'text' ? one.text : '')) ?? [];
  for (const village of [1, 2, 3, 4])
    if (said.includes(`หมู่ ${village} บ้านตัวอย่าง`))
      expect(said.filter((text) => /ใจดี/.test(text) && Number(/\d+$/.exec(text)?.[0]) % 4 === village % 4).length).toBe(
        village < 3 ? 4 : 3,
      );
});

test('every mark above and below a Thai letter stays in its line', async () => {
  const press = openPress();
  const texts = [
    'น้ำ',
    'ที่',
    'ผู้ใหญ่',
    'ปู่',
    'กตัญญู',
    'ฐานันดร',
    'ป้ำ',
    'ฎุ',
    'ปึ้',
    'ฬื้',
    ...Object.values(REASON_WORDS).map(({ th }) => th),
  ];
  const SIZE = 100;
  for (const isBold of [false, true])
    for (const text of texts) {
      const ys = [
        ...typeface.outline(text, SIZE, isBold, { x: 0, y: 0, scale: 1 }).matchAll(/(-?[\d.]+) (-?[\d.]+)/g),
      ].map(([, , y]) => Number(y));
      expect(Math.min(...ys), text).toBeGreaterThanOrEqual(-ABOVE * SIZE);
      expect(Math.max(...ys), text).toBeLessThanOrEqual(BELOW * SIZE);
    }
  const doc = { title: 't', at: PAPER_AT, foot: null, blocks: [] };
  expect(await press.raster(doc, 384)).toMatchObject({ width: 384 });
});

test('the same report is the same bytes, and a PDF has its letters in it', async () => {
  const press = openPress();
  const [one, two] = [await press.pdf(documents.day), await openPress().pdf(documents.day)];
  expect(createHash('sha256').update(one).digest('hex')).toBe(createHash('sha256').update(two).digest('hex'));
  expect(Buffer.from(one).toString('latin1')).toMatch(/^%PDF[\s\S]*NotoSansThaiLooped-Regular[\s\S]*%%EOF\s*$/);
});

test('a day report says who was there and comes to its count, with those who are on no list', async () => {
  const day = dayOf(3);
  const counts = { ...day.counts, visits: day.counts.visits + 2 };
  const said = (report: typeof day) => JSON.stringify(dayReport(report, mark));
  expect(said(day)).not.toContain('นอกรายชื่อ');
  expect(said({ ...day, counts })).toMatch(/"นอกรายชื่อ · On no list","2","0","0","0"/);
  expect(Buffer.from(dayReportCsv({ ...day, counts })).toString()).toContain('village,,นอกรายชื่อ · On no list,2,0,0,0');
  for (const told of ['กำนัน กำนันตัวอย่าง', 'ปลัดตัวอย่าง สมมุติ', 'Closed at']) expect(said(day)).toContain(told);
  expect(said({ ...day, state: 'open' })).not.toContain('Closed at');
});

test('CSV opens in Excel with Thai, keeps numbers, and runs nothing', () => {
  const text = Buffer.from(dayReportCsv(dayOf(3))).toString();
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text).toContain('village,99010101,หมู่ 1 บ้านตัวอย่าง ต.สมมุติ 1,0,0,1,1\r\n');
  expect(Buffer.from(csvOf([['=1+1', '+2', '-3', '@a', '\t=1', 'a"b', 'c,d', 5]])).toString()).toBe(
    `\uFEFF'=1+1,'+2,'-3,'@a,'\t=1,"a""b","c,d",5\r\n`,
  );
  expect(
    Buffer.from(referralListCsv(referralsOf(2)))
      .toString()
      .split('\r\n'),
  ).toHaveLength(4);
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('=', '"', ',', ' ', '\n', '\r', 'ก') }),
  );
  fc.assert(
    fc.property(fc.array(fc.array(anyText, { minLength: 1, maxLength: 4 })), (rows) => {
      const text = Buffer.from(csvOf(rows)).toString().slice(1);
      const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)].map(([, cell = '']) =>
        cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
      );
      // As a spreadsheet reads it: the same texts in the same rows, at most with an apostrophe before them, and no formula.
      expect(cells).toHaveLength(rows.flat().length);
      for (const [n, cell] of cells.entries()) expect([rows.flat()[n], `'${rows.flat()[n]}`]).toContain(cell);
      expect(text.replaceAll(/"(?:[^"]|"")*"/g, '').split('\r\n').length - 1).toBe(rows.length);
      for (const cell of cells) expect(cell).not.toMatch(/^[\s\p{Cc}]*[=+@＝＋－＠-]/u);
    }),
  );
});

test('days are told in the Buddhist and the common era, as they are in Thailand', () => {
  expect(dayText('2026-11-30')).toBe('30 พฤศจิกายน 2569 · 30 November 2026');
  expect(dayText('2026-12-31T18:00:00.000Z')).toBe('1 มกราคม 2570 · 1 January 2027');
});

test('a day that was closed on a later one says on which', () => {
  const closed = (at: string) => JSON.stringify(dayReport({ ...dayOf(2), day: '2026-11-22', at }, mark).blocks[1]);
  expect(closed('2026-11-22T10:05:00.000Z')).toContain('"value":"17:05"');
  expect(closed('2026-11-23T00:30:00.000Z')).toContain('"value":"23 พฤศจิกายน 2569 07:30"');
});
