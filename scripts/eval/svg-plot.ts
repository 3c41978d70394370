/** A place on an axis that is named. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Axis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
}

export type Point = readonly [x: number, y: number];

export interface Series {
  readonly label: string;
  readonly colour: string;
  readonly points: readonly Point[];
  readonly dash?: string;
  /** Filled down to the x axis. */
  readonly isArea?: boolean;
  readonly hasDots?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly note: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Upright lines, named in the legend. */
  readonly marks?: readonly { readonly at: number; readonly label: string; readonly dash: string }[];
  /** Intervals of y. */
  readonly bars?: readonly {
    readonly at: number;
    readonly low: number;
    readonly high: number;
    readonly colour: string;
  }[];
}

/** Told apart by people who see few colours, too (Okabe and Ito). */
export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

const WIDTH = 900;
const PLOT = { left: 72, top: 62, width: 520, height: 350 };
const HEIGHT = PLOT.top + PLOT.height + 62;
const LEGEND_X = PLOT.left + PLOT.width + 20;
const GREY = '#555';

/** Draws a chart as one self-contained SVG document: white ground, grid, ticks, legend on the right. */
export function drawChart(chart: Chart): string {
  const x = placer(chart.x, PLOT.left, PLOT.width);
  const y = placer(chart.y, PLOT.top + PLOT.height, -PLOT.height);
  const bottom = PLOT.top + PLOT.height;
  const right = PLOT.left + PLOT.width;
  const path = (points: readonly Point[]) =>
    points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${short(x(px))} ${short(y(py))}`).join('');
  const drawn = chart.series.filter(({ points }) => points.length > 0);
  const [first, last] = [(one: Series) => one.points[0] as Point, (one: Series) => one.points.at(-1) as Point];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="13" fill="#222">`,
    `<title>${escaped(chart.title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<clipPath id="plot"><rect x="${PLOT.left}" y="${PLOT.top}" width="${PLOT.width}" height="${PLOT.height}"/></clipPath>`,
    text(PLOT.left, 26, chart.title, 'font-size="17" font-weight="bold"'),
    text(PLOT.left, 46, chart.note, `fill="${GREY}"`),
    ...chart.x.ticks.map(
      ({ at, text: name }) =>
        `${line(x(at), PLOT.top, x(at), bottom, 'stroke="#ddd"')}${text(x(at), bottom + 18, name, 'text-anchor="middle"')}`,
    ),
    ...chart.y.ticks.map(
      ({ at, text: name }) =>
        `${line(PLOT.left, y(at), right, y(at), 'stroke="#ddd"')}${text(PLOT.left - 8, y(at) + 4, name, 'text-anchor="end"')}`,
    ),
    `<rect x="${PLOT.left}" y="${PLOT.top}" width="${PLOT.width}" height="${PLOT.height}" fill="none" stroke="#888"/>`,
    text(PLOT.left + PLOT.width / 2, bottom + 44, chart.x.label, 'text-anchor="middle"'),
    `<g transform="translate(18 ${PLOT.top + PLOT.height / 2}) rotate(-90)">${text(0, 0, chart.y.label, 'text-anchor="middle"')}</g>`,
    '<g clip-path="url(#plot)">',
    ...drawn
      .filter(({ isArea }) => isArea)
      .map(
        (one) =>
          `<path d="${path([[first(one)[0], chart.y.from], ...one.points, [last(one)[0], chart.y.from]])}Z" fill="${one.colour}" fill-opacity="0.14"/>`,
      ),
    ...(chart.marks ?? []).map(({ at, dash }) =>
      line(x(at), PLOT.top, x(at), bottom, `stroke="#222" stroke-dasharray="${dash}"`),
    ),
    ...drawn.map(
      ({ points, colour, dash }) =>
        `<path d="${path(points)}" fill="none" stroke="${colour}" stroke-width="2"${dashed(dash)}/>`,
    ),
    ...drawn.flatMap(({ points, colour, hasDots }) =>
      hasDots
        ? points.map(([px, py]) => `<circle cx="${short(x(px))}" cy="${short(y(py))}" r="3" fill="${colour}"/>`)
        : [],
    ),
    ...(chart.bars ?? []).map(({ at, low, high, colour }) =>
      [
        line(x(at), y(low), x(at), y(high), `stroke="${colour}" stroke-width="1.5"`),
        ...[low, high].map((end) =>
          line(x(at) - 5, y(end), x(at) + 5, y(end), `stroke="${colour}" stroke-width="1.5"`),
        ),
      ].join(''),
    ),
    '</g>',
    ...legend(chart),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function legend({ series, marks = [] }: Chart): readonly string[] {
  const entries = [
    ...series.map(({ label, colour, dash }) => ({
      label,
      stroke: `stroke="${colour}" stroke-width="2"${dashed(dash)}`,
    })),
    ...marks.map(({ label, dash }) => ({ label, stroke: `stroke="#222"${dashed(dash)}` })),
  ];
  return entries.map(({ label, stroke }, i) => {
    const at = PLOT.top + 12 + i * 24;
    return `${line(LEGEND_X, at, LEGEND_X + 26, at, stroke)}${text(LEGEND_X + 34, at + 4, label, '')}`;
  });
}

/** Value → pixel; what a log axis cannot show lies at its lower end. */
function placer({ scale, from, to }: Axis, start: number, length: number): (value: number) => number {
  const of = (value: number) => (scale === 'log' ? Math.log10(Math.max(value, from)) : value);
  return (value) => start + ((of(value) - of(from)) / (of(to) - of(from))) * length;
}

function line(x1: number, y1: number, x2: number, y2: number, attributes: string): string {
  return `<line x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}" ${attributes}/>`;
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${short(x)}" y="${short(y)}"${attributes === '' ? '' : ` ${attributes}`}>${escaped(content)}</text>`;
}

const dashed = (dash: string | undefined) => (dash === undefined ? '' : ` stroke-dasharray="${dash}"`);
const short = (value: number) => Math.round(value * 10) / 10;
const escaped = (content: string) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
