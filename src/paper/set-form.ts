import type { Words } from '../visit/reasons.ts';
import { type Band, band, type Mark, MM } from './marks.ts';
import { besides, joined, type Setter, textBands } from './set-text.ts';

const EDGE = 0.6;

/** Boxes for one character each, large enough for a hand that shakes. */
export function boxBands(label: Words, groups: readonly number[], width: number, setter: Setter): readonly Band[] {
  const [count, gap] = [groups.reduce((sum, one) => sum + one, 0), 2 * MM];
  const side = Math.min(6.2 * MM, (width - gap * groups.length) / Math.max(1, count));
  const marks: Mark[] = [];
  let x = 0;
  for (const group of groups) {
    for (let i = 0; i < group; i++, x += side)
      marks.push({ kind: 'box', x, y: 0, width: side, height: side * 1.15, edge: EDGE });
    x += gap;
  }
  return [...labelBands(label, width, setter), band(side * 1.15 + 2 * MM, marks)];
}

export function choiceBands(
  label: Words | null,
  choices: readonly Words[],
  columns: number,
  width: number,
  setter: Setter,
): readonly Band[] {
  const small = setter.sheet.sizes.small * 0.9;
  const [box, gap, share] = [3.4 * MM, 1.4 * MM, width / columns];
  const rows: Band[] = [];
  for (let i = 0; i < choices.length; i += columns)
    rows.push(
      besides(
        choices.slice(i, i + columns).map((words, column) => {
          const square: Mark = { kind: 'box', x: 0, y: small * 0.2, width: box, height: box, edge: EDGE };
          const text = joined(
            textBands(
              `${words.th} · ${words.en}`,
              share - box - 2 * gap,
              { size: small, isBold: false },
              'left',
              setter,
            ),
          );
          const item = besides([{ x: box + gap, band: text }]);
          return { x: column * share, band: band(Math.max(item.height, box + 1), [square, ...item.marks]) };
        }),
      ),
    );
  return [...(label === null ? [] : labelBands(label, width, setter)), ...rows, band(0.6 * MM, [])];
}

/** A label and dotted lines to write on: the first goes on behind the label. */
export function blankBands(label: Words, lines: number, width: number, setter: Setter): readonly Band[] {
  const { small } = setter.sheet.sizes;
  const said = `${label.th} · ${label.en}`;
  const used = setter.measure(said, small, false);
  const height = 7.5 * MM;
  const line = (x: number): Mark => ({
    kind: 'line',
    points: [
      [x, height - 1.5 * MM],
      [width, height - 1.5 * MM],
    ],
    width: 0.5,
    dash: 1.2,
  });
  if (used > width * 0.6) return [...labelBands(label, width, setter), ...ruler(Math.max(lines, 1))];
  const text: Mark = { kind: 'text', x: 0, y: height - 2 * MM, text: said, size: small, isBold: false };
  return [band(height, [text, line(used + 2 * MM)]), ...ruler(lines - 1)];

  function ruler(count: number): readonly Band[] {
    return Array.from({ length: Math.max(0, count) }, () => band(height, [line(0)]));
  }
}

/** Lines to sign on, two next to each other where the paper is wide. */
export function signatureBands(of: readonly Words[], width: number, setter: Setter): readonly Band[] {
  const { small } = setter.sheet.sizes;
  const columns = Math.min(of.length, Math.max(1, Math.floor(width / (44 * MM))));
  const [share, gap, room] = [width / columns, 4 * MM, 10 * MM];
  const rows: Band[] = [];
  for (let i = 0; i < of.length; i += columns)
    rows.push(
      besides(
        of.slice(i, i + columns).map((words, column) => {
          const inner = share - gap;
          const line: Mark = {
            kind: 'line',
            points: [
              [0, room],
              [inner, room],
            ],
            width: 0.6,
            dash: null,
          };
          const under = joined(
            textBands(`${words.th} · ${words.en}`, inner, { size: small, isBold: false }, 'centre', setter),
          );
          return { x: column * share, band: joined([band(room + 1, [line]), under]) };
        }),
      ),
    );
  return rows;
}

function labelBands({ th, en }: Words, width: number, setter: Setter): readonly Band[] {
  const style = { size: setter.sheet.sizes.small * 1.05, isBold: true };
  return textBands(`${th} · ${en}`, width, style, 'left', setter).map((one) => ({ ...one, isWithNext: true }));
}
