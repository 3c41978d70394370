import type { FaceThresholds } from '../../src/face/port.ts';
import type { Results } from './evaluate.ts';
import { curvesOf, type Estimates } from './figures.ts';
import { addTo, BIN_COUNT, emptyCounts, NO_SCORE, rateAt, rateCurve, scoreOf, thresholdFor } from './rates.ts';
import type { Scope } from './scope.ts';
import { type Chart, COLOURS, drawChart, type Point, type Series, type Tick } from './svg-plot.ts';

const [BLUE, RED, GREEN, PINK, AMBER] = COLOURS;

/** File name → SVG document. */
export function drawPlots(results: Results, shipped: FaceThresholds): ReadonlyMap<string, string> {
  const plots = new Map([
    ['det.svg', drawChart(detChart(results))],
    ['scores.svg', drawChart(scoreChart(results, shipped))],
  ]);
  if (results.roll) plots.set('roll.svg', drawChart(rollChart(results.roll)));
  if (results.quality) plots.set('discard.svg', drawChart(discardChart(results.quality.curve)));
  return plots;
}

/** Detection error trade-off (ISO/IEC 19795-1), both axes logarithmic. */
function detChart({ protocols }: Results): Chart {
  const curve = (name: string, scope: string, label: string, colour: string, dash?: string): Series[] => {
    const points = detPoints(protocols[name]?.scopes[`all/${scope}`]);
    return points.length === 0 ? [] : [{ label, colour, points, ...(dash === undefined ? {} : { dash }) }];
  };
  return {
    title: 'Detection error trade-off',
    note: 'Everyone, both halves. Bars: 95 % bootstrap intervals over people, chip photo against one frame.',
    x: { label: 'FMR', scale: 'log', from: 1e-5, to: 1e-1, ticks: powers(-5, -1) },
    y: {
      label: 'FNMR, failures to acquire counted',
      scale: 'log',
      from: 5e-4,
      to: 0.3,
      ticks: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2].map((at) => ({
        at,
        text: `${Math.round(at * 1e4) / 100} %`,
      })),
    },
    series: [
      ...curve('originals', 'everyone', 'originals, one frame', AMBER),
      ...curve('chip', 'everyone', 'chip photo, one frame', BLUE),
      ...curve('capture 3', 'everyone', 'chip photo, simulated capture', GREEN),
      ...curve('pictures 3', 'everyone', 'chip photo, three pictures', PINK),
      ...curve('chip', 'group', 'chip photo, one frame: group', RED, '6 3'),
    ],
    bars: detBars(protocols['chip']?.whole ?? {}),
  };
}

const DET_STEPS = 160;

function detPoints(scope: Scope | undefined): readonly Point[] {
  if (scope === undefined || scope.impostors.total === 0 || scope.genuine.length === 0) return [];
  const { counts, total, probesOf } = scope.impostors;
  const { tar } = curvesOf(scope, new Float64Array(probesOf.length).fill(1));
  const fmr = rateCurve(counts.slice(), total);
  const points: Point[] = [];
  for (let step = 0; step <= DET_STEPS; step++) {
    const target = 10 ** (-5 + (4 * step) / DET_STEPS);
    // Less than one false match is nothing that was measured.
    if (target * total < 1) continue;
    points.push([target, 1 - rateAt(tar, thresholdFor(fmr, target))]);
  }
  return points;
}

function detBars(whole: Estimates) {
  return ['1e-2', '1e-3', '1e-4', '1e-5'].flatMap((target) => {
    const tar = whole[`${target}.everyone.tar`];
    if (tar === undefined) return [];
    return [{ at: Number(target), low: 1 - tar.high, high: 1 - tar.low, colour: BLUE }];
  });
}

function scoreChart({ protocols }: Results, shipped: FaceThresholds): Chart {
  const scopes = protocols['chip']?.scopes ?? {};
  const of = (name: string) => scopes[`all/${name}`];
  const series = [
    { label: 'impostors, everyone', colour: GREEN, points: impostorShares(of('everyone')), isArea: true },
    { label: 'genuine, everyone', colour: BLUE, points: genuineShares(of('everyone')), isArea: true },
    { label: 'impostors, group', colour: RED, points: impostorShares(of('group')), dash: '6 3' },
    { label: 'genuine, group', colour: PINK, points: genuineShares(of('group')), dash: '6 3' },
  ].filter(({ points }) => points.length > 0);
  const highest = Math.max(...series.flatMap(({ points }) => points.map(([, share]) => share)));
  const step = highest > 0.16 ? 0.05 : 0.02;
  const top = Math.ceil(highest / step) * step;
  return {
    title: 'Comparison scores, chip photo against one frame',
    note: `Share of the comparisons in each step of ${STEP}. Group: both people from East or South-East Asia.`,
    x: {
      label: 'comparison score',
      scale: 'linear',
      from: -0.4,
      to: 1,
      ticks: evenly(-0.4, 1, 0.2, (at) => at.toFixed(1)),
    },
    y: { label: 'share', scale: 'linear', from: 0, to: top, ticks: evenly(0, top, step, percent) },
    series,
    marks: [
      { at: shipped.match, label: `match from ${shipped.match}`, dash: '2 3' },
      { at: shipped.review, label: `review from ${shipped.review}`, dash: '8 4' },
    ],
  };
}

const STEP = 0.02;

function impostorShares(scope: Scope | undefined): readonly Point[] {
  return shares(scope?.impostors.counts ?? emptyCounts());
}

function genuineShares(scope: Scope | undefined): readonly Point[] {
  const counts = emptyCounts();
  for (const { bin } of scope?.genuine ?? []) if (bin !== NO_SCORE) addTo(counts, bin, 1);
  return shares(counts);
}

/** Stairs: each step's share from its lower to its upper edge. */
function shares(counts: Float64Array): readonly Point[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  const width = Math.round(STEP * ((BIN_COUNT - 1) / 2));
  const points: Point[] = [];
  for (let start = 0; start < BIN_COUNT - 1; start += width) {
    const share = counts.subarray(start, start + width).reduce((sum, count) => sum + count, 0) / total;
    points.push([scoreOf(start), share], [scoreOf(start + width), share]);
  }
  return points;
}

function rollChart({ pairs, figures }: NonNullable<Results['roll']>): Chart {
  const series = (label: string, colour: string, value: (at: (typeof figures)[number]) => number): Series => ({
    label,
    colour,
    points: figures.map((one) => [one.degrees, value(one)]),
    hasDots: true,
  });
  return {
    title: 'Turned faces',
    note: `${pairs} pairs, the live side turned clockwise within the picture; chip photo upright.`,
    x: { label: 'roll, degrees', scale: 'linear', from: -7.5, to: 352.5, ticks: evenly(0, 345, 45, (at) => `${at}°`) },
    y: { label: 'share of the pairs; score', scale: 'linear', from: 0, to: 1.02, ticks: evenly(0, 1, 0.1, percent) },
    series: [
      series('face acquired', AMBER, ({ acquired }) => acquired),
      series('TAR at the threshold for FMR 1e-3', BLUE, ({ at }) => at['1e-3']?.tar ?? Number.NaN),
      series('TAR at the shipped threshold', RED, ({ at }) => at['match']?.tar ?? Number.NaN),
      { ...series('median genuine score (1 = 100 %)', GREEN, ({ medianScore }) => medianScore), dash: '6 3' },
    ],
  };
}

function discardChart(curve: NonNullable<Results['quality']>['curve']): Chart {
  const series = (name: string, label: string, colour: string): Series => ({
    label,
    colour,
    points: curve.map(({ discarded, fnmr }) => [discarded, fnmr[name] as number]),
    hasDots: true,
  });
  const highest = Math.max(0.001, ...curve.flatMap(({ fnmr }) => Object.values(fnmr)));
  const step = highest > 0.05 ? 0.01 : 0.005;
  const top = Math.ceil(highest / step) * step;
  return {
    title: 'Errors left after discarding the shortest templates',
    note: 'Half 2, chip photo against one frame; the shorter raw template of the pair decides.',
    x: {
      label: 'discarded share of the comparisons',
      scale: 'linear',
      from: 0,
      to: 0.5,
      ticks: evenly(0, 0.5, 0.1, percent),
    },
    y: {
      label: 'FNMR of the rest',
      scale: 'linear',
      from: 0,
      to: top,
      ticks: evenly(0, top, step, (at) => `${(at * 100).toFixed(1)} %`),
    },
    series: [series('match', 'at the shipped threshold', RED), series('1e-3', 'at the threshold for FMR 1e-3', BLUE)],
  };
}

function powers(from: number, to: number): readonly Tick[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ at: 10 ** (from + i), text: `1e${from + i}` }));
}

function evenly(from: number, to: number, step: number, name: (at: number) => string): readonly Tick[] {
  return Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, i) => {
    const at = Math.round((from + i * step) * 1e6) / 1e6;
    return { at, text: name(at) };
  });
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
