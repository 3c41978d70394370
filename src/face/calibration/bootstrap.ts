/** Numbers from 0 to 1, 1 excluded. */
export type Random = () => number;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Numbers that depend on the seed alone: the same pictures give the same interval (mulberry32, public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How often each person counts when as many are drawn as there are, with replacement. */
export function drawPeople(count: number, random: Random): Float64Array {
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const person = Math.floor(random() * count);
    weights[person] = (weights[person] as number) + 1;
  }
  return weights;
}

/** Middle 95 % of the numbers among the values. */
export function interval(values: readonly number[]): Range {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}
