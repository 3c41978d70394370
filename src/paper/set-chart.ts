import type { Words } from '../visit/reasons.ts';
import type { Bar, Curve } from './blocks.ts';
import { ABOVE, type Band, band, type Mark, MM } from './marks.ts';
import { joined, type Setter, textBands, wordBands } from './set-text.ts';

/** Dashes tell curves apart on paper without colours. */
const DASHES = [null, 4, 1.2] as const;

/** Lying bars with their numbers: labels are long words in Thai. */
export function barBands(title: Words, bars: readonly Bar[], width: number, setter: Setter): readonly Band[] {
  const { small } = setter.sheet.sizes;
  const style = { size: small, isBold: false };
  const [left, right] = [width * 0.36, width * 0.12];
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return [
    ...titleBands(title, width, setter),
    ...bars.map(({ label, value }) => {
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
      return band(text.height, [...text.marks, bar, figure]);
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
  const [left, height] = [small * 3.5, Math.min(50 * MM, width * 0.45)];
  const most = Math.max(1, ...curves.flatMap(({ values }) => values));
  const xOf = (i: number) => left + ((width - left - 4 * MM) * i) / Math.max(1, labels.length - 1) + 1 * MM;
  const yOf = (value: number) => height - (height - small) * (value / most);
  const marks: Mark[] = [
    line(
      [
        [left, 0],
        [left, height],
        [width, height],
      ],
      0.8,
      null,
    ),
  ];
  for (const value of [0, most]) {
    const text = String(value);
    marks.push({
      kind: 'text',
      x: left - 1.5 * MM - setter.measure(text, small, false),
      y: yOf(value) + small * 0.35,
      text,
      size: small,
      isBold: false,
    });
  }
  curves.forEach(({ values }, i) => {
    marks.push(
      line(
        values.map((value, at) => [xOf(at), yOf(value)] as const),
        1.4,
        DASHES[i % DASHES.length] ?? null,
      ),
    );
  });
  const step = Math.max(1, Math.ceil((labels.length * small * 4) / (width - left)));
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
