/**
 * Log-odds of one class against all others, straight from the logits: ln(p / (1 − p)) after softmax.
 * Taken from the logits it stays finite where the probability itself would round to 0 or 1.
 */
export function logOdds(logits: ArrayLike<number>, index: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) if (i !== index) largest = Math.max(largest, logits[i] as number);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) if (i !== index) sum += Math.exp((logits[i] as number) - largest);
  return (logits[index] as number) - (largest + Math.log(sum));
}

/** What makes a probability of a model's output; `none`: it is one already. */
export type Activation = 'softmax' | 'sigmoid' | 'none';

/** A probability is taken for no more certain than this, so that its log-odds stay finite. */
const LEAST_SHARE = 1e-6;

/** Log-odds of bona fide, ln(p / (1 − p)). */
export function bonaFideLogOdds(output: ArrayLike<number>, index: number, activation: Activation): number {
  if (activation === 'softmax') return logOdds(output, index);
  const value = output[index] as number;
  if (activation === 'sigmoid') return value;
  const share = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, value));
  return Math.log(share / (1 - share));
}

/** Probability of bona fide, 0..1; with `none` whatever the model gives. */
export function bonaFideShare(output: ArrayLike<number>, index: number, activation: Activation): number {
  if (activation === 'none') return output[index] as number;
  return 1 / (1 + Math.exp(-bonaFideLogOdds(output, index, activation)));
}

/** Length of a vector: of a raw template it is the unified quality score. */
export function length(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

/** Brings a vector to length 1, in place; a vector of zeros stays as it is. */
export function normalise(vector: Float32Array): Float32Array {
  const size = length(vector);
  if (size > 0) for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / size;
  return vector;
}
