import type { Doc } from './blocks.ts';

/** Black and white dots, row by row from the top. */
export interface Raster {
  /** Dots in a row: a multiple of 8. */
  readonly width: number;
  readonly height: number;
  /** `width / 8` bytes a row, the leftmost dot is the highest bit, 1 = black. */
  readonly bits: Uint8Array;
}

/** Printer dots across the paper: 72 mm of an 80 mm roll, 48 mm of a 58 mm roll, at 203 a inch. */
export type RollDots = 576 | 384;

/** Port: makes a document visible. */
export interface Press {
  /** A4 pages. */
  pdf(doc: Doc): Promise<Uint8Array>;
  /** One endless strip for a roll printer; page breaks become a gap to cut at. */
  raster(doc: Doc, dots: RollDots): Promise<Raster>;
}
