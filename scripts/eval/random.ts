import { createHash } from 'node:crypto';
import { randomOf } from '../fuzz/mutate.ts';

export type Random = () => number;

/** Numbers from 0 to 1 that depend on `words` alone. */
export function randomFor(...words: readonly (string | number)[]): Random {
  return randomOf(createHash('sha256').update(words.join('/')).digest().readUInt32LE());
}

/** Normal distribution, mean 0, standard deviation 1 (Box–Muller). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `count` of `items`, each at most once, in random order. */
export function sample<T>(items: readonly T[], count: number, random: Random): readonly T[] {
  const rest = [...items];
  const taken: T[] = [];
  while (taken.length < count && rest.length > 0) {
    taken.push(...rest.splice(Math.floor(random() * rest.length), 1));
  }
  return taken;
}
