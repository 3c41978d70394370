import type { EntryLine } from '../../src/kiosk/desk-lines.ts';
import type { OutcomeKind } from '../../src/visit/types.ts';
import type { Story } from './lives.ts';

/** One visit as it was played, for the report; what the station made of it stands in its own books. */
export interface PlayedVisit {
  readonly day: number;
  readonly entry: string | null;
  readonly village: string;
  readonly story: Story | 'walk-in' | 'new-card';
  readonly outcome: OutcomeKind;
  readonly reason: string | null;
  /** At the reader, at the desk without a card, or from a paper form. */
  readonly way: 'card' | 'desk' | 'paper';
  /** From the card going in (or the tap) to the last word on the screen. */
  readonly seconds: number;
  /** Captures that were made. */
  readonly captures: number;
  readonly isOverride: boolean;
}

/** A trouble, and what it cost. */
export interface Trouble {
  readonly day: number;
  readonly kind: 'broker-away' | 'power-cut' | 'camera-pulled' | 'battery-flat';
  readonly figures: Readonly<Record<string, number>>;
}

export interface DayFigures {
  readonly day: string;
  readonly planned: number;
  readonly visits: number;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  readonly events: number;
  readonly superseded: number;
  readonly receipts: number;
  readonly isReconciled: boolean;
  readonly unsentAtEnd: number;
  readonly oldestUnsentS: number;
  /** Of the list, at the end of the day. */
  readonly standing: Readonly<Record<EntryLine['state'], number>>;
  readonly seconds: number;
}

/** What was played, as the campaign goes. */
export interface Book {
  readonly visits: PlayedVisit[];
  readonly troubles: Trouble[];
  readonly days: DayFigures[];
  /** One receipt of each outcome, as the citizen's screen showed it. */
  readonly receipts: Map<string, string>;
  readonly batch: { readonly asked: number; readonly rides: number; renewed: number; closedByCard: number }[];
  /** Verdicts that the station itself gave on receipts held before it. */
  abandoned: number;
}

export const emptyBook = (): Book => ({
  visits: [],
  troubles: [],
  days: [],
  receipts: new Map(),
  batch: [],
  abandoned: 0,
});
