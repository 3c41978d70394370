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
