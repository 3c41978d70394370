import type { Results } from './evaluate.ts';
import type { RunFacts } from './facts.ts';
import { type Estimates, mapped } from './figures.ts';

/** Figures of an earlier pipeline on the same split, kept beside the report. */
export interface Baseline {
  readonly date: string;
  readonly pipeline: string;
  readonly models: readonly string[];
  /** By protocol: thresholds and TAR over everyone, of the split and of the whole. */
  readonly figures: Readonly<Record<string, { readonly split: Estimates; readonly whole: Estimates }>>;
}

export function baselineOf({ date, pipeline, models }: RunFacts, { protocols }: Results): Baseline {
  const kept = (figures: Estimates): Estimates =>
    Object.fromEntries(
      Object.entries(figures)
        .filter(([name]) => /\.(threshold|everyone\.tar)$/.test(name))
        .map(([name, { value, low, high }]) => [name, { value: round(value), low: round(low), high: round(high) }]),
    );
  return {
    date,
    pipeline,
    models,
    figures: mapped(protocols, ({ split, whole }) => ({ split: kept(split), whole: kept(whole) })),
  };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
