import { compareTemplates } from '../../src/face/compare.ts';
import type { Template } from '../../src/face/port.ts';
import { binOf, NO_SCORE } from './rates.ts';

/** One side of a comparison. */
export interface Sample {
  /** Index of the person. */
  readonly person: number;
  /** One an attempt: the best of them counts. Empty = failure to acquire. */
  readonly attempts: readonly Template[];
  /** Shortest raw template of it, `undefined` when none was made. */
  readonly templateLength: number | undefined;
}

/** Who is compared with whom. Impostors are all samples of different people against each other. */
export interface Trials {
  readonly references: readonly Sample[];
  readonly probes: readonly Sample[];
  /** Comparisons of a person with themselves, as indices. */
  readonly genuine: readonly { readonly reference: number; readonly probe: number }[];
}

/** A genuine comparison, scored. */
export interface GenuineScore {
  readonly person: number;
  /** {@link NO_SCORE} when a side was not acquired: an error at every threshold. */
  readonly bin: number;
  /** The shorter raw template of the two; 0 when a side was not acquired. */
  readonly templateLength: number;
}

/** Scores the genuine comparisons by the product's own function. */
export function scoreGenuine(trials: Trials): readonly GenuineScore[] {
  return trials.genuine.map((pair) => {
    const reference = trials.references[pair.reference] as Sample;
    const probe = trials.probes[pair.probe] as Sample;
    if (reference.person !== probe.person) throw new Error('a genuine comparison is of one person');
    return {
      person: probe.person,
      bin: bestBin(reference, probe),
      templateLength: Math.min(reference.templateLength ?? 0, probe.templateLength ?? 0),
    };
  });
}

function bestBin(reference: Sample, probe: Sample): number {
  const scores = reference.attempts.flatMap((one) => probe.attempts.map((other) => compareTemplates(other, one)));
  return scores.length === 0 ? NO_SCORE : binOf(Math.max(...scores));
}

/**
 * Hands every impostor comparison, as its bin, to `visit`, one probe after the other. A matrix product stands in for
 * {@link compareTemplates}, which would take several times as long; a sample of pairs proves that both agree.
 * @throws Error when they do not
 */
export function eachImpostor(
  trials: Trials,
  visit: (probe: number, references: Int32Array, bins: Int32Array, count: number) => void,
): void {
  const acquired = trials.references.flatMap(({ attempts: [template] }, index) =>
    template === undefined ? [] : [{ index, template }],
  );
  const [first] = acquired;
  if (first === undefined) return;
  const dim = first.template.vector.length;
  const packed = new Float32Array(acquired.length * dim);
  for (const [row, { template }] of acquired.entries()) {
    if (template.vector.length !== dim || template.model !== first.template.model) {
      throw new Error('the templates of one evaluation come from one recogniser');
    }
    packed.set(template.vector, row * dim);
  }
  const people = Int32Array.from(acquired, ({ index }) => (trials.references[index] as Sample).person);
  const indices = Int32Array.from(acquired, ({ index }) => index);
  const [best, scores] = [new Float64Array(acquired.length), new Float64Array(acquired.length)];
  const [references, bins] = [new Int32Array(acquired.length), new Int32Array(acquired.length)];
  for (const [probe, { person, attempts }] of trials.probes.entries()) {
    if (attempts.length === 0) continue;
    best.fill(-1);
    for (const template of attempts) {
      multiply(packed, dim, template.vector, scores);
      const row = probe % acquired.length;
      requireAgreement(compareTemplates(template, (acquired[row] as typeof first).template), scores[row] as number);
      for (let i = 0; i < scores.length; i++)
        if ((scores[i] as number) > (best[i] as number)) best[i] = scores[i] as number;
    }
    let count = 0;
    for (let i = 0; i < best.length; i++) {
      if (people[i] === person) continue;
      references[count] = indices[i] as number;
      bins[count++] = binOf(best[i] as number);
    }
    visit(probe, references, bins, count);
  }
}

/** `out[row]` = packed[row] · vector; four rows at once, so that the sums do not wait for each other. */
export function multiply(packed: Float32Array, dim: number, vector: Float32Array, out: Float64Array): void {
  const rows = packed.length / dim;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const [at0, at1, at2, at3] = [row * dim, (row + 1) * dim, (row + 2) * dim, (row + 3) * dim] as const;
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let i = 0; i < dim; i++) {
      const value = vector[i] as number;
      sum0 += value * (packed[at0 + i] as number);
      sum1 += value * (packed[at1 + i] as number);
      sum2 += value * (packed[at2 + i] as number);
      sum3 += value * (packed[at3 + i] as number);
    }
    out[row] = sum0;
    out[row + 1] = sum1;
    out[row + 2] = sum2;
    out[row + 3] = sum3;
  }
  for (; row < rows; row++) {
    let sum = 0;
    for (let i = 0; i < dim; i++) sum += (vector[i] as number) * (packed[row * dim + i] as number);
    out[row] = sum;
  }
}

function requireAgreement(shipped: number, fast: number): void {
  if (Math.abs(shipped - fast) > 1e-6) {
    throw new Error(`the product compares these templates as ${shipped}, the matrix product as ${fast}`);
  }
}
