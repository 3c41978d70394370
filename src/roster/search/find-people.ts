import { boundFor, prefixDistance } from './edit-distance.ts';
import { foldSounded, foldThai, plainThai, withoutTitle } from './fold-thai.ts';

/** What is searched of somebody. */
export interface Searchable {
  readonly entries: readonly string[];
  readonly name: { readonly given: string; readonly family: string };
  readonly house: string | null;
  readonly village: string;
}

interface Word {
  readonly plain: string;
  /** Folded, and once more with silent letters sounded where that differs. */
  readonly folds: readonly string[];
  /** A bit for each letter: words that lack too many of the typed ones are passed over at once. */
  readonly letters: number;
}

interface Indexed<T> {
  readonly one: T;
  /** Places of given name, family name, and both written together. */
  readonly words: readonly number[];
}

export interface SearchIndex<T extends Searchable> {
  readonly people: readonly Indexed<T>[];
  readonly words: readonly Word[];
  /** Places of words by how they are written. */
  readonly places: ReadonlyMap<string, number>;
  readonly villages: ReadonlyMap<string, string>;
}

/** Village names are matched from this many letters on: every name begins with the same word. */
const LEAST_VILLAGE = 4;
const FAR = 99;
const COST = { plain: 0, plainPrefix: 1, fold: 2, foldPrefix: 3, wrongLetter: 4, village: 8 } as const;

/**
 * @param villages names by code
 * @param before an index of older people: its words are not folded again
 */
export function indexPeople<T extends Searchable>(
  people: readonly T[],
  villages: ReadonlyMap<string, string>,
  before?: SearchIndex<T>,
): SearchIndex<T> {
  const words: Word[] = [];
  const places = new Map<string, number>();
  const placeOf = (text: string, make: () => Word) => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, words.length);
    words.push(before?.words[before.places.get(text) ?? -1] ?? make());
    return words.length - 1;
  };
  const indexed = people.map((one): Indexed<T> => {
    const names = [one.name.given, one.name.family].filter((text) => text !== '');
    const parts = names.map((text) => placeOf(text, () => wordOf(text)));
    if (parts.length < 2) return { one, words: parts };
    const together = placeOf(names.join(' '), () => joined(parts.map((place) => words[place] as Word)));
    return { one, words: [...parts, together] };
  });
  const folded = new Map([...villages].map(([code, name]) => [code, villageFold(name)]));
  return { people: indexed, words, places, villages: folded };
}

function wordOf(text: string): Word {
  const fold = foldThai(text);
  const folds = text.includes('\u0e4c') ? [...new Set([fold, foldSounded(text)])] : [fold];
  return { plain: letters(text), folds, letters: maskOf(folds.join('')) };
}

/** Given and family name written without a space. */
function joined(parts: readonly Word[]): Word {
  return {
    plain: parts.map(({ plain }) => plain).join(''),
    folds: [parts.map(({ folds }) => folds[0]).join('')],
    letters: parts.reduce((mask, word) => mask | word.letters, 0),
  };
}

/**
 * Finds people by name as it is heard, house number, entry or village; every typed word must fit.
 * @returns best first
 */
export function findPeople<T extends Searchable>(index: SearchIndex<T>, text: string, limit: number): readonly T[] {
  const typed = plainThai(text).trim();
  if (typed === '') return [];
  const byEntry = index.people.filter(({ one }) => one.entries.some((entry) => isEntry(entry, typed)));
  const readings = [...new Set([typed, withoutTitle(typed)])].map((reading) => reading.split(/\s+/));
  const found: { readonly one: T; readonly cost: number }[] = [];
  const costs = readings.map((words) => words.map((word) => costsOf(index, word)));
  for (const { one, words } of index.people) {
    let best = FAR;
    for (const reading of costs) {
      let sum = 0;
      for (const cost of reading) sum += cost(one, words);
      if (sum < best) best = sum;
    }
    if (best < FAR) found.push({ one, cost: best });
  }
  const exact = new Set(byEntry.map(({ one }) => one));
  return [
    ...exact,
    ...found
      .sort((a, b) => a.cost - b.cost || compare(a.one, b.one))
      .filter(({ one }) => !exact.has(one))
      .map(({ one }) => one),
  ].slice(0, limit);
}

/** What one typed word costs with each person, {@link FAR} = it does not fit. */
function costsOf<T extends Searchable>(
  { words, villages }: SearchIndex<T>,
  typed: string,
): (one: T, words: readonly number[]) => number {
  const house = /^\d{1,5}(\/\d{0,5})?$/.test(typed) ? typed : undefined;
  if (house !== undefined)
    return ({ house: has }) => (has === house ? COST.plain : has?.startsWith(house) ? COST.plainPrefix : FAR);
  const [plain, folds] = [letters(typed), [...new Set([foldThai(typed), foldSounded(typed)])]];
  const [first = ''] = folds;
  const bound = boundFor(first.length);
  const wanted = maskOf(first);
  const cost = words.map((word) => wordCost(word, { plain, folds, bound, wanted }));
  const village = villageFold(typed);
  const there = new Set(
    first.length < LEAST_VILLAGE
      ? []
      : [...villages].filter(([, name]) => name.startsWith(village)).map(([code]) => code),
  );
  return (one, places) => {
    let best = there.has(one.village) ? COST.village : FAR;
    for (const place of places) best = Math.min(best, cost[place] ?? FAR);
    return best;
  };
}

function wordCost(
  word: Word,
  typed: { readonly plain: string; readonly folds: readonly string[]; readonly bound: number; readonly wanted: number },
): number {
  if (typed.plain === '') return FAR;
  if (word.plain === typed.plain) return COST.plain;
  if (word.plain.startsWith(typed.plain)) return COST.plainPrefix;
  let best = FAR;
  for (const fold of word.folds)
    for (const said of typed.folds) {
      if (said === '') continue;
      if (fold === said) return COST.fold;
      if (fold.startsWith(said)) best = COST.foldPrefix;
    }
  if (best < FAR || typed.bound === 0) return best;
  if (bitsOf(typed.wanted & ~word.letters) > typed.bound) return FAR;
  for (const fold of word.folds) {
    const wrong = prefixDistance(typed.folds[0] ?? '', fold, typed.bound);
    if (wrong <= typed.bound) best = Math.min(best, COST.wrongLetter + wrong);
  }
  return best;
}

function isEntry(entry: string, typed: string): boolean {
  const said = entry.toLowerCase();
  return said === typed || (typed.length >= 4 && /\d/.test(typed) && /[^\d/]/.test(typed) && said.startsWith(typed));
}

function villageFold(name: string): string {
  return foldThai(plainThai(name).replace(/^(บ้าน|หมู่บ้าน)/, ''));
}

/** Letters, marks and digits only. */
function letters(text: string): string {
  return plainThai(text).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

function maskOf(text: string): number {
  let mask = 0;
  for (let at = 0; at < text.length; at++) mask |= 1 << (text.charCodeAt(at) & 31);
  return mask;
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function compare(a: Searchable, b: Searchable): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function keyOf({ name, entries }: Searchable): string {
  return `${name.given} ${name.family} ${entries[0] ?? ''}`;
}
