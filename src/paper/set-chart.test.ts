import { expect, test } from 'vitest';
import { A4 } from './layout.ts';
import { curveBands } from './set-chart.ts';

const setter = { sheet: A4, measure: (text: string, size: number) => text.length * size * 0.5 };
const words = { th: 'ความคืบหน้า', en: 'Progress' };

test.each([
  {
    values: [0, 31, 60, 88, 121],
    labels: ['18/11', '19/11', '20/11', '21/11', '22/11'],
    ticks: ['0', '50', '100', '150'],
  },
  { values: [3], labels: ['1'], ticks: ['0', '1', '2', '3'] },
  { values: [0, 0], labels: ['1', '2'], ticks: ['0', '1'] },
])('curves: figures $values stand on their paper, with round ticks and the last figure beside its end', (one) => {
  const curve = { name: words, values: one.values };
  const bands = curveBands(words, one.labels, [curve, { ...curve, values: one.values.map(() => 0) }], 400, setter);
  const marks = bands.flatMap((band) => band.marks);
  const texts = marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));
  expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining([...one.ticks, String(one.values.at(-1))]));
  for (const mark of marks) {
    const xs = mark.kind === 'line' ? mark.points.map(([x]) => x) : [mark.x];
    for (const x of xs) expect(x).toBeGreaterThanOrEqual(0);
    for (const x of xs) expect(x).toBeLessThanOrEqual(400);
  }
  // Two ends at nearly the same height: their figures do not lie on each other.
  const ends = texts.filter(({ isBold, x }) => isBold && x > 100).map(({ y }) => y);
  for (const [i, y] of ends.entries())
    for (const other of ends.slice(i + 1)) expect(Math.abs(y - other)).toBeGreaterThan(5);
});
