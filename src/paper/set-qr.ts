import { encode } from 'uqr';
import type { Words } from '../visit/reasons.ts';
import { type Band, band, type Mark, MM } from './marks.ts';
import { joined, type Setter, wordBands } from './set-text.ts';

/** Light modules around a QR code (ISO/IEC 18004, 5.3.8). */
export const QUIET = 4;
/** Largest module, so that a short text makes no poster. */
const LARGEST_MM = 0.75;

/** Modules of a QR code without its quiet zone; error correction L, since a slip is new when it is read. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  return encode(text, { ecc: 'L', border: 0 }).data;
}

/**
 * Side of a module that fits, in points; whole printer dots where there are dots, so that every module is the same.
 * @param most longest side of the code with its quiet zone
 */
export function moduleSide(modules: number, most: number, dot: number | null): number {
  const side = Math.min(most / (modules + 2 * QUIET), LARGEST_MM * MM);
  return dot === null ? side : Math.max(1, Math.floor(side / dot + 1e-6)) * dot;
}

export function qrBands(
  { text, caption, mostMm }: { readonly text: string; readonly caption: Words | null; readonly mostMm: number },
  width: number,
  setter: Setter,
): readonly Band[] {
  const { dot, isCentred, sizes } = setter.sheet;
  const rows = qrModules(text);
  const module = moduleSide(rows.length, Math.min(width, mostMm * MM), dot);
  const side = module * (rows.length + 2 * QUIET);
  const free = isCentred ? Math.max(0, (width - side) / 2) : 0;
  const mark: Mark = { kind: 'modules', x: free + module * QUIET, y: module * QUIET, module, rows };
  const below =
    caption === null
      ? []
      : wordBands(caption, width, { size: sizes.small, isBold: false }, isCentred ? 'centre' : 'left', setter);
  return [joined([band(side, [mark]), ...below])];
}
