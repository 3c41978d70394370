import type { Words } from '../visit/reasons.ts';

/** One piece of a document. What it looks like on a slip or a page is the layout's business. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly words: Words }
  /** Thai, and English smaller below. */
  | { readonly kind: 'words'; readonly words: Words; readonly isLarge: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly style: TextStyle; readonly align: Align }
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  /** @property isWhole it begins on a new page rather than being cut, unless it is longer than a page */
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      readonly isWhole: boolean;
    }
  /** @property mostMm longest side, quiet zone included */
  | { readonly kind: 'qr'; readonly text: string; readonly caption: Words | null; readonly mostMm: number }
  | { readonly kind: 'rule'; readonly style: 'solid' | 'tear' }
  | { readonly kind: 'space'; readonly mm: number }
  | { readonly kind: 'page-break' }
  /** Two stacks next to each other; `share` of the width is the right one's. Never cut between two pages. */
  | {
      readonly kind: 'beside';
      readonly left: readonly Block[];
      readonly right: readonly Block[];
      readonly share: number;
    }
  /** One box for each character. `groups` = how many in each group, as in 1-4-5-2-1. */
  | { readonly kind: 'boxes'; readonly label: Words; readonly groups: readonly number[] }
  /** Boxes to tick. */
  | {
      readonly kind: 'choices';
      readonly label: Words | null;
      readonly choices: readonly Words[];
      readonly columns: number;
    }
  /** Lines to write on. */
  | { readonly kind: 'blank'; readonly label: Words; readonly lines: number }
  | { readonly kind: 'signatures'; readonly of: readonly Words[] }
  | { readonly kind: 'bars'; readonly title: Words; readonly bars: readonly Bar[] }
  | {
      readonly kind: 'curves';
      readonly title: Words;
      readonly labels: readonly string[];
      readonly curves: readonly Curve[];
    };

export type Align = 'left' | 'centre' | 'right';
export type TextStyle = 'small' | 'body' | 'bold' | 'large';

export interface Fact {
  readonly label: Words;
  readonly value: string;
}

export interface Column {
  readonly head: Words;
  /** Part of the width, in relation to the other columns. */
  readonly share: number;
  readonly align: Align;
}

export interface Bar {
  readonly label: string;
  readonly value: number;
}

export interface Curve {
  readonly name: Words;
  /** One for each label. */
  readonly values: readonly number[];
}

/** A whole document. */
export interface Doc {
  /** What a PDF reader shows as its name. */
  readonly title: string;
  /** RFC 3339; the same document at the same time has the same bytes. */
  readonly at: string;
  /** At the foot of every page, before the page's number; `null` = no foot. */
  readonly foot: string | null;
  readonly blocks: readonly Block[];
}
