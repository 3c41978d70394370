import type { Results } from './evaluate.ts';
import type { RunFacts } from './facts.ts';
import { type Estimates, mapped } from './figures.ts';

/** Figures of an earlier pipeline on the same split, kept beside the report. */
export interface Baseline {
  readonly date: string;
  readonly pipeline: string;
  readonly models: readonly string[];
  /** By protocol: TAR on half 2 at thresholds of half 1. */
  readonly figures: Readonly<Record<string, Estimates>>;
}

export function baselineOf({ date, pipeline, models }: RunFacts, { protocols }: Results): Baseline {
  const kept = (figures: Estimates): Estimates =>
    Object.fromEntries(
      Object.entries(figures)
        .filter(([name]) => /\.(threshold|everyone\.tar)$/.test(name))
        .map(([name, { value, low, high }]) => [name, { value: round(value), low: round(low), high: round(high) }]),
    );
  return { date, pipeline, models, figures: mapped(protocols, ({ split }) => kept(split)) };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
