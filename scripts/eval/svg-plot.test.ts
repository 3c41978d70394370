import { expect, test } from 'vitest';
import { type Chart, drawChart } from './svg-plot.ts';

const chart: Chart = {
  title: 'Errors < 1 % & more',
  note: 'a note',
  x: {
    label: 'FMR',
    scale: 'log',
    from: 1e-4,
    to: 1,
    ticks: [
      { at: 1e-4, text: '1e-4' },
      { at: 1e-2, text: '1e-2' },
    ],
  },
  y: { label: 'share', scale: 'linear', from: 0, to: 1, ticks: [{ at: 0.5, text: '50 %' }] },
  series: [
    {
      label: 'a line',
      colour: '#123456',
      points: [
        [0, 0],
        [1e-2, 0.5],
        [1, 1],
      ],
      hasDots: true,
    },
    { label: 'nothing', colour: '#abcdef', points: [] },
  ],
  marks: [{ at: 0.1, label: 'a threshold', dash: '2 3' }],
  bars: [{ at: 0.1, low: 0.2, high: 0.4, colour: '#123456' }],
};

test('labels, ticks and legend are there, and text is escaped', () => {
  const svg = drawChart(chart);
  for (const text of [
    'Errors &lt; 1 % &amp; more',
    'a note',
    'FMR',
    'share',
    '1e-2',
    '50 %',
    'a line',
    'a threshold',
  ]) {
    expect(svg).toContain(`>${text}<`);
  }
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test('a log axis is even in powers of ten, and what it cannot show lies at its end', () => {
  const path = /<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+L([\d.]+) [\d.]+" fill="none"/.exec(drawChart(chart));
  const [start, middle, end] = path?.slice(1).map(Number) ?? [];
  expect((middle as number) - (start as number)).toBeCloseTo((end as number) - (middle as number), 6);
});
