import { unreachable } from '../shared/unreachable.ts';
import type { Block, Doc } from './blocks.ts';
import { ABOVE, type Band, band, type Mark, type Measure, MM, moved, type Page, type Sheet } from './marks.ts';
import type { RollDots } from './port.ts';
import { barBands, curveBands } from './set-chart.ts';
import { blankBands, boxBands, choiceBands, signatureBands } from './set-form.ts';
import { qrBands } from './set-qr.ts';
import { besides, factBands, joined, type Setter, tableBands, textBands, wordBands } from './set-text.ts';

/** Dots an inch of receipt printers. */
export const DOTS_PER_INCH = 203;

export const A4: Sheet = {
  width: 595.28,
  height: 841.89,
  margin: 12 * MM,
  sizes: { small: 8, body: 10, large: 12, heading: 16 },
  isCentred: false,
  dot: null,
};

/** A roll: letters as large as on the screens' help line where the paper allows it. */
export function roll(dots: RollDots): Sheet {
  const dot = 72 / DOTS_PER_INCH;
  const sizes =
    dots === 576
      ? { small: 8.5, body: 10.5, large: 13, heading: 15 }
      : { small: 7.5, body: 9, large: 11, heading: 12.5 };
  return { width: dots * dot, height: null, margin: 2 * dot, sizes, isCentred: true, dot };
}

/** Sets a document onto pages; a roll is one page as long as it takes. */
export function layOut(doc: Doc, sheet: Sheet, measure: Measure): readonly Page[] {
  const setter: Setter = { sheet, measure };
  const inner = sheet.width - 2 * sheet.margin;
  const strips = doc.blocks.flatMap((block): readonly Strip[] => {
    if (block.kind === 'page-break') return ['page-break'];
    const bands = blockBands(block, inner, setter);
    return [...bands, { ...band(sheet.sizes.small * 0.35, []), isWithNext: bands.at(-1)?.isWithNext ?? false }];
  });
  const foot = sheet.height === null || doc.foot === null ? 0 : sheet.sizes.small * 2;
  const pages = fill(strips, sheet, foot);
  return pages.map((page, i) =>
    foot === 0 || doc.foot === null ? page : withFoot(page, `${doc.foot} · ${i + 1}/${pages.length}`, setter),
  );
}

function blockBands(block: Exclude<Block, { kind: 'page-break' }>, width: number, setter: Setter): readonly Band[] {
  const { sizes, isCentred } = setter.sheet;
  const align = isCentred ? 'centre' : 'left';
  switch (block.kind) {
    case 'heading': {
      const size = block.level === 1 ? sizes.heading : sizes.large;
      const set = wordBands(block.words, width, { size, isBold: true }, align, setter);
      return set.map((one) => ({ ...one, isWithNext: true }));
    }
    case 'words':
      return wordBands(
        block.words,
        width,
        { size: block.isLarge ? sizes.large : sizes.body, isBold: block.isLarge },
        align,
        setter,
      );
    case 'text': {
      const size = { small: sizes.small, body: sizes.body, bold: sizes.body, large: sizes.heading * 1.35 }[block.style];
      const isBold = block.style === 'bold' || block.style === 'large';
      return textBands(block.text, width, { size, isBold }, block.align, setter);
    }
    case 'facts':
      return factBands(block.rows, width, setter);
    case 'table':
      return tableBands(block.columns, block.rows, block.isWhole, width, setter);
    case 'qr':
      return qrBands(block, width, setter);
    case 'rule': {
      const dash = block.style === 'tear' ? 3 : null;
      return [
        band(4 * MM, [
          {
            kind: 'line',
            points: [
              [0, 2 * MM],
              [width, 2 * MM],
            ],
            width: 0.7,
            dash,
          },
        ]),
      ];
    }
    case 'space':
      return [band(block.mm * MM, [])];
    case 'beside': {
      const all = [...block.left, ...block.right];
      // A roll is too narrow for two stacks.
      if (setter.sheet.height === null)
        return all.flatMap((one) => (one.kind === 'page-break' ? [] : blockBands(one, width, setter)));
      const right = width * block.share;
      const stack = (blocks: readonly Block[], wide: number) =>
        joined(blocks.flatMap((one) => (one.kind === 'page-break' ? [] : blockBands(one, wide, setter))));
      return [
        besides([
          { x: 0, band: stack(block.left, width - right - 3 * MM) },
          { x: width - right, band: stack(block.right, right) },
        ]),
      ];
    }
    case 'boxes':
      return boxBands(block.label, block.groups, width, setter);
    case 'choices':
      return choiceBands(block.label, block.choices, block.columns, width, setter);
    case 'blank':
      return blankBands(block.label, block.lines, width, setter);
    case 'signatures':
      return signatureBands(block.of, width, setter);
    case 'bars':
      return barBands(block.title, block.bars, width, setter);
    case 'curves':
      return curveBands(block.title, block.labels, block.curves, width, setter);
    default:
      return unreachable(block);
  }
}

type Strip = Band | 'page-break';

/** Stacks bands; a page ends before a band that does not fit, together with what has to stay with that band. */
function fill(strips: readonly Strip[], sheet: Sheet, foot: number): readonly Page[] {
  const end = sheet.height === null ? Number.POSITIVE_INFINITY : sheet.height - sheet.margin - foot;
  const pages: Page[] = [];
  let marks: Mark[] = [];
  let y = sheet.margin;
  const place = (one: Band) => {
    for (const mark of one.marks) marks.push(moved(mark, sheet.margin, y));
    y += one.height;
  };
  const close = () => {
    pages.push({ width: sheet.width, height: sheet.height ?? y + sheet.margin, marks });
    marks = [];
    y = sheet.margin;
  };
  strips.forEach((strip, i) => {
    if (strip !== 'page-break') {
      const together = needed(strips, i);
      // What would not fit on a whole page either is cut where it must be.
      const needs = together > end - sheet.margin ? strip.height : together;
      if (y + needs > end && y > sheet.margin) {
        close();
        if (strip.head) place(strip.head);
      }
      place(strip);
    } else if (sheet.height === null) {
      // A roll has no pages: a gap, by which it can be torn.
      y += 12 * MM;
    } else close();
  });
  close();
  return pages;
}

/** Height of a band and of all that has to stay with it. */
function needed(strips: readonly Strip[], from: number): number {
  let height = 0;
  for (let i = from; ; i++) {
    const strip = strips[i];
    if (strip === undefined || strip === 'page-break') return height;
    height += strip.height;
    if (!strip.isWithNext) return height;
  }
}

function withFoot(page: Page, text: string, { sheet, measure }: Setter): Page {
  const size = sheet.sizes.small * 0.9;
  const x = (page.width - measure(text, size, false)) / 2;
  const y = page.height - sheet.margin + size * (ABOVE - 1);
  return { ...page, marks: [...page.marks, { kind: 'text', x, y, text, size, isBold: false }] };
}
