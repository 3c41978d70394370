import type { Words } from '../visit/reasons.ts';
import type { Align, Column, Fact } from './blocks.ts';
import { ABOVE, type Band, BELOW, band, type Mark, type Measure, moved, type Sheet } from './marks.ts';
import { splitLines } from './split-lines.ts';

/** What the setters of blocks work with. */
export interface Setter {
  readonly sheet: Sheet;
  readonly measure: Measure;
}

export interface Style {
  readonly size: number;
  readonly isBold: boolean;
}

/** Lines of text, a band each. */
export function textBands(
  text: string,
  width: number,
  style: Style,
  align: Align,
  { measure }: Setter,
): readonly Band[] {
  const { size, isBold } = style;
  const widthOf = (part: string) => measure(part, size, isBold);
  return splitLines(text, width, widthOf).map((line) => {
    const x = align === 'left' ? 0 : (width - widthOf(line)) / (align === 'right' ? 1 : 2);
    const mark: Mark = { kind: 'text', x, y: size * ABOVE, text: line, size, isBold };
    return band(size * (ABOVE + BELOW), line === '' ? [] : [mark]);
  });
}

/** Stacks bands into one that is not cut. */
export function joined(bands: readonly Band[]): Band {
  let height = 0;
  const marks: Mark[] = [];
  for (const one of bands) {
    for (const mark of one.marks) marks.push(moved(mark, 0, height));
    height += one.height;
  }
  return band(height, marks);
}

/** Puts bands next to each other, each at its own distance from the left. */
export function besides(parts: readonly { readonly x: number; readonly band: Band }[]): Band {
  return band(
    Math.max(0, ...parts.map((part) => part.band.height)),
    parts.flatMap((part) => part.band.marks.map((mark) => moved(mark, part.x, 0))),
  );
}

export function wordBands(words: Words, width: number, style: Style, align: Align, setter: Setter): readonly Band[] {
  const below: Style = { size: Math.max(setter.sheet.sizes.small, style.size * 0.72), isBold: false };
  const thai = textBands(words.th, width, style, align, setter).map((one) => ({ ...one, isWithNext: true }));
  return words.en === '' ? thai : [...thai, ...textBands(words.en, width, below, align, setter)];
}

/** Label at the left, value at the right of it; a long label takes the line above. */
export function factBands(rows: readonly Fact[], width: number, setter: Setter): readonly Band[] {
  const { small, body } = setter.sheet.sizes;
  const [gap, left] = [small * 0.6, width * 0.4];
  return rows.map(({ label, value }) => {
    const lines = [
      ...textBands(label.th, left, { size: small, isBold: false }, 'left', setter),
      ...textBands(label.en, left, { size: small * 0.88, isBold: false }, 'left', setter),
    ];
    const said = textBands(value, width - left - gap, { size: body, isBold: true }, 'left', setter);
    return besides([
      { x: 0, band: joined(lines) },
      { x: left + gap, band: joined(said) },
    ]);
  });
}

/** Rows are never cut; where the paper is, the head comes again. */
export function tableBands(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  isWhole: boolean,
  width: number,
  setter: Setter,
): readonly Band[] {
  const { small, body } = setter.sheet.sizes;
  const [all, gap] = [columns.reduce((sum, { share }) => sum + share, 0), small * 0.5];
  const xs: number[] = [];
  let x = 0;
  for (const { share } of columns) {
    xs.push(x);
    x += (share / all) * width;
  }
  const cell = (i: number, make: (inner: number, column: Column) => readonly Band[]) => {
    const column = columns[i];
    if (!column) throw new RangeError(`column ${i} of ${columns.length}`);
    const inner = (column.share / all) * width - gap;
    return { x: xs[i] ?? 0, band: joined(make(inner, column)) };
  };
  const headRow = besides(
    columns.map((_, i) =>
      cell(i, (inner, { head, align }) => wordBands(head, inner, { size: small, isBold: true }, align, setter)),
    ),
  );
  const head = { ...ruled(headRow, width, 0.9), isWithNext: true };
  const style = { size: (small + body) / 2, isBold: false };
  const set = rows.map((row, at) => {
    const made = besides(
      columns.map((_, i) => cell(i, (inner, { align }) => textBands(row[i] ?? '', inner, style, align, setter))),
    );
    return { ...ruled(made, width, 0.25), head, isWithNext: isWhole && at < rows.length - 1 };
  });
  return [head, ...set];
}

/** A band with a line below. */
function ruled(one: Band, width: number, thickness: number): Band {
  const y = one.height + 1;
  const line: Mark = {
    kind: 'line',
    points: [
      [0, y],
      [width, y],
    ],
    width: thickness,
    dash: null,
  };
  return band(y + 1.5, [...one.marks, line]);
}
