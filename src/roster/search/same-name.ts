import { boundFor, prefixDistance } from './edit-distance.ts';
import { foldThai, withoutTitle } from './fold-thai.ts';

/**
 * Whether a card with this name may be that of somebody whom the lists name so: given or family name sounds the same, a letter or two
 * apart. People marry and change one of them; a spelling turns nobody away.
 * @param onCard title, given, middle and family name
 */
export function mayBeNamed(
  { given, family }: { readonly given: string; readonly family: string },
  onCard: string,
): boolean {
  const words = withoutTitle(onCard.trim()).split(/\s+/u).map(foldThai);
  const parts = [given, family].map(foldThai).filter((part) => part !== '');
  return parts.length === 0 || parts.some((part) => words.some((word) => isNear(part, word)));
}

function isNear(one: string, other: string): boolean {
  const bound = boundFor(one.length);
  return Math.abs(one.length - other.length) <= bound && prefixDistance(one, other, bound) <= bound;
}
