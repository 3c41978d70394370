import sharp from 'sharp';
import { DOTS_PER_INCH } from '../../layout.ts';
import { ABOVE, BELOW, type Mark, type Page } from '../../marks.ts';
import type { Raster, RollDots } from '../../port.ts';
import { runs } from './pdf.ts';
import type { Typeface } from './typeface.ts';

const SCALE = DOTS_PER_INCH / 72;
/** Rows that are drawn at once: a picture is limited, a roll is not. */
const STRIP = 4_096;
/** Darker than this is a black dot: thin strokes of small letters stay whole. */
const THRESHOLD = 150;

/** A roll's page as printer dots. */
export async function rasterOf(page: Page, dots: RollDots, typeface: Typeface): Promise<Raster> {
  const height = Math.max(1, Math.ceil(page.height * SCALE));
  const bits = new Uint8Array((dots / 8) * height);
  for (let top = 0; top < height; top += STRIP) {
    const rows = Math.min(STRIP, height - top);
    const marks = page.marks.filter((mark) => mark.kind !== 'modules' && isWithin(mark, top, rows));
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${dots}" height="${rows}" viewBox="0 ${top} ${dots} ${rows}">${marks.map((mark) => svgOf(mark, typeface)).join('')}</svg>`;
    const { data } = await sharp(Buffer.from(svg), { limitInputPixels: false })
      .flatten({ background: 'white' })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < dots; x++) if ((data[y * dots + x] ?? 255) < THRESHOLD) set(bits, (top + y) * dots + x);
  }
  // Straight into the dots: a module that is smoothed at its edge is harder to read.
  for (const mark of page.marks) if (mark.kind === 'modules') dotModules(mark, bits, dots);
  return { width: dots, height, bits };
}

function set(bits: Uint8Array, dot: number): void {
  bits[dot >> 3] = (bits[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
}

function dotModules({ x, y, module, rows }: Mark & { readonly kind: 'modules' }, bits: Uint8Array, dots: number): void {
  const side = Math.max(1, Math.round(module * SCALE));
  const [left, top] = [Math.round(x * SCALE), Math.round(y * SCALE)];
  for (const [row, modules] of rows.entries())
    for (const [from, length] of runs(modules))
      for (let down = 0; down < side; down++)
        for (let across = 0; across < length * side; across++)
          set(bits, (top + row * side + down) * dots + left + from * side + across);
}

function isWithin(mark: Mark, top: number, rows: number): boolean {
  const [from, upto] = spanOf(mark);
  return upto * SCALE >= top && from * SCALE <= top + rows;
}

function spanOf(mark: Mark): readonly [from: number, upto: number] {
  switch (mark.kind) {
    case 'text':
      return [mark.y - mark.size * ABOVE, mark.y + mark.size * BELOW];
    case 'box':
      return [mark.y - 1, mark.y + mark.height + 1];
    case 'line': {
      const ys = mark.points.map(([, y]) => y);
      return [Math.min(...ys) - mark.width, Math.max(...ys) + mark.width];
    }
    case 'modules':
      return [mark.y, mark.y + mark.module * mark.rows.length];
  }
}

function svgOf(mark: Mark, typeface: Typeface): string {
  const dot = (value: number) => (value * SCALE).toFixed(2);
  switch (mark.kind) {
    case 'text':
      return `<path d="${typeface.outline(mark.text, mark.size, mark.isBold, { x: mark.x, y: mark.y, scale: SCALE })}"/>`;
    case 'box': {
      const look =
        mark.edge === null ? '' : ` fill="none" stroke="#000" stroke-width="${dot(Math.max(mark.edge, 0.5))}"`;
      return `<rect x="${dot(mark.x)}" y="${dot(mark.y)}" width="${dot(mark.width)}" height="${dot(mark.height)}"${look}/>`;
    }
    case 'line': {
      const points = mark.points.map(([x, y]) => `${dot(x)},${dot(y)}`).join(' ');
      const dash = mark.dash === null ? '' : ` stroke-dasharray="${dot(mark.dash)}"`;
      return `<polyline points="${points}" fill="none" stroke="#000" stroke-width="${dot(Math.max(mark.width, 0.5))}"${dash}/>`;
    }
    case 'modules':
      return '';
  }
}
