import type { Random } from './random.ts';
import {
  accuracyAt,
  addTo,
  emptyCounts,
  equalErrorRate,
  mostAccurateThreshold,
  NO_SCORE,
  type RateCurve,
  rateAt,
  rateCurve,
  scoreOf,
  thresholdFor,
} from './rates.ts';
import { genuineCounts, type Scope } from './scope.ts';

/** A threshold: fitted to an FMR on one of the fit scopes, or given. */
export interface ThresholdRule {
  readonly name: string;
  readonly rule: { readonly fmr: number; readonly on: string } | { readonly bin: number };
}

export type Scopes = Readonly<Record<string, Scope>>;
/** Named numbers: `eer`, `accuracy`, `<rule>.threshold`, `<rule>.<scope>.tar`, `<rule>.<scope>.fmr`. */
export type Figures = Readonly<Record<string, number>>;

export interface Estimate {
  readonly value: number;
  /** Bounds of the 95 % bootstrap interval over people. */
  readonly low: number;
  readonly high: number;
}
export type Estimates = Readonly<Record<string, Estimate>>;

interface Curves {
  readonly fmr: RateCurve;
  /** 1 − generalised false reject rate: failures to acquire are errors. */
  readonly tar: RateCurve;
  readonly knownFrom: number;
}

/** How often each person counts; an impostor comparison counts as often as both of its people together. */
export function curvesOf(scope: Scope, weights: Float64Array): Curves {
  const { tail, probesOf, referencesOf, knownFrom } = scope.impostors;
  const counts = emptyCounts();
  for (let i = 0; i < tail.bins.length; i++) {
    const weight = (weights[tail.probes[i] as number] as number) * (weights[tail.references[i] as number] as number);
    addTo(counts, tail.bins[i] as number, weight);
  }
  let [probes, references, same, genuine] = [0, 0, 0, 0];
  for (const person of scope.people) {
    const weight = weights[person] as number;
    probes += weight * (probesOf[person] as number);
    references += weight * (referencesOf[person] as number);
    same += weight * weight * (probesOf[person] as number) * (referencesOf[person] as number);
  }
  for (const { person } of scope.genuine) genuine += weights[person] as number;
  return {
    fmr: rateCurve(counts, probes * references - same),
    tar: rateCurve(genuineCounts(scope.genuine, weights), genuine),
    knownFrom,
  };
}

export interface Study {
  /** Where thresholds are fitted; `everyone` must be there. */
  readonly fit: Scopes;
  /** Where they are reported. */
  readonly report: Scopes;
  readonly rules: readonly ThresholdRule[];
}

/** All figures of a study, each person counted as often as the weights say. */
function figuresOf(study: Study, fitWeights: Float64Array, reportWeights: Float64Array): Figures {
  const fit = mapped(study.fit, (scope) => curvesOf(scope, fitWeights));
  const report = mapped(study.report, (scope, name) =>
    scope === study.fit[name] && fitWeights === reportWeights ? (fit[name] as Curves) : curvesOf(scope, reportWeights),
  );
  const figures: Record<string, number> = {};
  const { everyone: fitted } = fit;
  const { everyone } = report;
  if (fitted === undefined || everyone === undefined) throw new Error('a study has a scope "everyone"');
  figures['eer'] = equalErrorRate(everyone.fmr, everyone.tar, everyone.knownFrom);
  const accurate = mostAccurateThreshold(fitted.fmr, fitted.tar, fitted.knownFrom);
  figures['accuracy'] = accurate < everyone.knownFrom ? Number.NaN : accuracyAt(everyone.fmr, everyone.tar, accurate);
  for (const { name, rule } of study.rules) {
    const on = 'on' in rule ? fit[rule.on] : undefined;
    const bin = 'bin' in rule ? rule.bin : on === undefined ? NO_SCORE : thresholdFor(on.fmr, rule.fmr);
    if (bin === NO_SCORE) continue;
    figures[`${name}.threshold`] = scoreOf(bin);
    for (const [scope, curves] of Object.entries(report)) {
      figures[`${name}.${scope}.tar`] = rateAt(curves.tar, bin);
      figures[`${name}.${scope}.fmr`] = bin < curves.knownFrom ? Number.NaN : rateAt(curves.fmr, bin);
    }
  }
  return figures;
}

/**
 * All figures of a study with 95 % percentile intervals: each round draws as many people as there are, with replacement,
 * fits the thresholds again on the drawn people and reports on the drawn people.
 */
export function estimate(study: Study, peopleCount: number, rounds: number, random: Random): Estimates {
  const once = new Float64Array(peopleCount).fill(1);
  const point = figuresOf(study, once, once);
  const drawn: Record<string, number[]> = {};
  const isSplit = study.fit['everyone'] !== study.report['everyone'];
  for (let round = 0; round < rounds; round++) {
    const fitWeights = draw(study.fit['everyone'] as Scope, peopleCount, random);
    const reportWeights = isSplit ? draw(study.report['everyone'] as Scope, peopleCount, random) : fitWeights;
    for (const [name, value] of Object.entries(figuresOf(study, fitWeights, reportWeights))) {
      drawn[name] ??= [];
      drawn[name].push(value);
    }
  }
  return mapped(point, (value, name) => ({ value, ...interval(drawn[name] ?? []) }));
}

function draw(scope: Scope, peopleCount: number, random: Random): Float64Array {
  const weights = new Float64Array(peopleCount);
  const { people } = scope;
  for (let i = 0; i < people.length; i++) {
    const person = people[Math.floor(random() * people.length)] as number;
    addTo(weights, person, 1);
  }
  return weights;
}

/** Middle 95 % of the numbers among the values. */
export function interval(values: readonly number[]): { readonly low: number; readonly high: number } {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}

export function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From, name: string) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
