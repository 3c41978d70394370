import { expect, test } from 'vitest';
import type { Doc } from '../../src/paper/blocks.ts';
import { htmlOf } from './html.ts';

const words = (th: string, en: string) => ({ th, en });
const DOC: Doc = {
  title: 'A <report>',
  at: '2026-11-22T00:00:00Z',
  foot: 'foot & end',
  blocks: [
    { kind: 'heading', level: 1, words: words('หัวเรื่อง', 'Heading') },
    { kind: 'facts', rows: [{ label: words('จำนวน', 'Count'), value: '<b>7</b>' }] },
    {
      kind: 'table',
      columns: [{ head: words('หมู่บ้าน', 'Village'), share: 1, align: 'right' }],
      rows: [['ม.1 "บ้าน"']],
      isWhole: false,
    },
    { kind: 'bars', title: words('ผล', 'Outcomes'), bars: [{ label: 'เสร็จ · done', value: 3 }] },
    {
      kind: 'curves',
      title: words('รายวัน', 'By day'),
      labels: ['1', '2'],
      curves: [{ name: words('แล้ว', 'Served'), values: [1, 5] }],
    },
  ],
};

test('a report is one page: nothing runs, nothing is fetched, what people wrote stays text, charts have names', () => {
  const html = htmlOf(DOC);
  expect(html).toContain('<title>A &lt;report&gt;</title>');
  expect(html).toContain('&lt;b&gt;7&lt;/b&gt;');
  expect(html).toContain('ม.1 &quot;บ้าน&quot;');
  expect(html).not.toMatch(/<script|https?:|<link|<img/);
  expect(html.match(/<svg [^>]*role="img" aria-label="[^"]+"><title>/g)).toHaveLength(2);
  expect(html).toContain('<polyline');
  expect(html.length).toBeLessThan(100_000);
});

test('a block that no report has is refused', () => {
  const doc: Doc = { ...DOC, blocks: [{ kind: 'blank', label: words('', ''), lines: 1 }] };
  expect(() => htmlOf(doc)).toThrow('blank');
});
