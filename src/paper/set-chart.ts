import type { Words } from '../visit/reasons.ts';
import type { Bar, Curve } from './blocks.ts';
import { ABOVE, type Band, band, type Mark, MM } from './marks.ts';
import { joined, type Setter, textBands, wordBands } from './set-text.ts';

/** Dashes tell curves apart on paper without colours. */
const DASHES = [null, 4, 1.2] as const;
/** Side of a figure's dot, points. */
const DOT = 3.2;

/** Lying bars with their numbers: labels are long words in Thai. */
export function barBands(title: Words, bars: readonly Bar[], width: number, setter: Setter): readonly Band[] {
  const { small } = setter.sheet.sizes;
  const style = { size: small, isBold: false };
  const [left, right] = [width * 0.36, width * 0.12];
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return [
    ...titleBands(title, width, setter),
    ...bars.map(({ label, value }, at) => {
      const text = joined(textBands(label, left - 2 * MM, style, 'left', setter));
      const long = ((width - left - right) * Math.max(0, value)) / most;
      const y = small * 0.45;
      const bar: Mark = { kind: 'box', x: left, y, width: Math.max(long, 0.4), height: small * 0.85, edge: null };
      const figure: Mark = {
        kind: 'text',
        x: left + long + 1.2 * MM,
        y: small * ABOVE,
        text: String(value),
        size: small,
        isBold: true,
      };
      // A chart that is torn in two tells nothing: it stays on one page.
      return band(text.height, [...text.marks, bar, figure], at < bars.length - 1);
    }),
    band(2 * MM, []),
  ];
}

/** Curves over labels, e.g. days; the axis begins at zero. */
export function curveBands(
  title: Words,
  labels: readonly string[],
  curves: readonly Curve[],
  width: number,
  setter: Setter,
): readonly Band[] {
  const { small } = setter.sheet.sizes;
  const [left, height, right] = [small * 3.5, Math.min(50 * MM, width * 0.45), small * 3];
  const ticks = ticksUpTo(Math.max(1, ...curves.flatMap(({ values }) => values)));
  const most = ticks.at(-1) ?? 1;
  const wide = width - left - right - 4 * MM;
  const xOf = (i: number) => left + 3 * MM + (wide * i) / Math.max(1, labels.length - 1);
  const yOf = (value: number) => height - (height - small) * (value / most);
  const axis: readonly (readonly [number, number])[] = [
    [left, 0],
    [left, height],
    [width - right, height],
  ];
  const marks: Mark[] = [line(axis, 0.8, null)];
  const write = (text: string, x: number, y: number, isBold: boolean) =>
    marks.push({ kind: 'text', x, y: y + small * 0.35, text, size: small, isBold });
  for (const value of ticks) {
    const across = [left, width - right].map((x) => [x, yOf(value)] as const);
    if (value > 0) marks.push(line(across, 0.25, null));
    write(String(value), left - 1.5 * MM - setter.measure(String(value), small, false), yOf(value), false);
  }
  curves.forEach(({ values }, i) => {
    const points = values.map((value, at) => [xOf(at), yOf(value)] as const);
    marks.push(line(points, 1.4, DASHES[i % DASHES.length] ?? null));
    // Where curves cross, the dots say which of their bends are figures.
    for (const [x, y] of points)
      marks.push({ kind: 'box', x: x - DOT / 2, y: y - DOT / 2, width: DOT, height: DOT, edge: null });
  });
  const ends = curves.flatMap(({ values }) => values.at(-1) ?? []);
  const places = apart(ends.map(yOf), small * 1.1, height);
  ends.forEach((value, i) => void write(String(value), xOf(labels.length - 1) + 2 * MM, places[i] ?? 0, true));
  const step = Math.max(1, Math.ceil((labels.length * small * 4) / wide));
  const under = labels.flatMap((text, i): readonly Mark[] => {
    if (i % step !== 0) return [];
    const x = Math.min(
      width - setter.measure(text, small, false),
      Math.max(0, xOf(i) - setter.measure(text, small, false) / 2),
    );
    return [{ kind: 'text', x, y: small * ABOVE, text, size: small, isBold: false }];
  });
  return [
    ...titleBands(title, width, setter),
    joined([band(height + 1, marks), band(small * 1.6, under), ...curves.flatMap(legend)]),
    band(2 * MM, []),
  ];

  function legend({ name }: Curve, i: number): readonly Band[] {
    const sample = line(
      [
        [0, small * 0.8],
        [10 * MM, small * 0.8],
      ],
      1.4,
      DASHES[i % DASHES.length] ?? null,
    );
    const text: Mark = {
      kind: 'text',
      x: 12 * MM,
      y: small * ABOVE,
      text: `${name.th} · ${name.en}`,
      size: small,
      isBold: false,
    };
    return [band(small * 1.6, [sample, text])];
  }
}

/** Round numbers from zero, the last not below the most. */
export function ticksUpTo(most: number): readonly number[] {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((times) => times * power >= rough) ?? 10) * power);
  const whole = Number.isInteger(step) ? step : Math.ceil(step);
  return Array.from({ length: Math.ceil(most / whole) + 1 }, (_, i) => i * whole);
}

/** Heights moved until none lies on another; what is pushed off the bottom pushes the others up. */
function apart(wanted: readonly number[], least: number, bottom: number): readonly number[] {
  const order = wanted.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
  const places: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, i } of order) {
    last = Math.max(at, last + least);
    places[i] = last;
  }
  const over = Math.max(0, last - bottom);
  return places.map((at) => at - over);
}

function line(points: readonly (readonly [number, number])[], width: number, dash: number | null): Mark {
  return { kind: 'line', points, width, dash };
}

function titleBands(title: Words, width: number, setter: Setter): readonly Band[] {
  const { body } = setter.sheet.sizes;
  return wordBands(title, width, { size: body, isBold: true }, 'left', setter).map((one) => ({
    ...one,
    isWithNext: true,
  }));
}
