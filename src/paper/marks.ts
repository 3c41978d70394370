/** Points (1/72 inch) from the left and the top. */
export type Mark =
  /** `y` is the baseline. */
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly isBold: boolean;
    }
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      /** Thickness of its edge, or `null` = filled. */
      readonly edge: number | null;
    }
  | {
      readonly kind: 'line';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly width: number;
      /** Length of dashes and gaps, or `null`. */
      readonly dash: number | null;
    }
  /** A QR code's modules, without its quiet zone. */
  | {
      readonly kind: 'modules';
      readonly x: number;
      readonly y: number;
      readonly module: number;
      readonly rows: readonly (readonly boolean[])[];
    };

/** A strip that is never cut between two pages; its marks are measured from its own top left corner. */
export interface Band {
  readonly height: number;
  readonly marks: readonly Mark[];
  /** Stays on the page of what follows. */
  readonly isWithNext: boolean;
  /** Drawn again at the top of the next page when the paper is cut right before this band. */
  readonly head: Band | null;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** Width of a text in points, as it will be drawn. */
export type Measure = (text: string, size: number, isBold: boolean) => number;

/** The paper, and how large letters are on it; points. */
export interface Sheet {
  readonly width: number;
  /** `null` = a roll. */
  readonly height: number | null;
  readonly margin: number;
  readonly sizes: { readonly small: number; readonly body: number; readonly large: number; readonly heading: number };
  /** Headings and QR codes stand in the middle. */
  readonly isCentred: boolean;
  /** Side of a printer's dot, to which modules are rounded; `null` = any size can be drawn. */
  readonly dot: number | null;
}

export const MM = 72 / 25.4;

/** Part of the letters' size above and below the baseline: every Thai mark of the typeface stays within it. */
export const ABOVE = 1.18;
export const BELOW = 0.49;

export function moved(mark: Mark, dx: number, dy: number): Mark {
  if (mark.kind === 'line') return { ...mark, points: mark.points.map(([x, y]) => [x + dx, y + dy] as const) };
  return { ...mark, x: mark.x + dx, y: mark.y + dy };
}

export function band(height: number, marks: readonly Mark[], isWithNext = false): Band {
  return { height, marks, isWithNext, head: null };
}
