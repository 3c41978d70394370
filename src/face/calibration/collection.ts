import { StationFault } from '../../shared/fault.ts';
import { splitFields } from '../pairs.ts';
import type { CalibrationGroup } from './calibrate.ts';
import type { TrialPair } from './comparisons.ts';

/** One picture of a person, by the person's place in the list of people. */
export interface Picture {
  readonly person: number;
  readonly path: string;
}

/** An agency's pictures. Names of people stay in here: nothing that is written or told carries one. */
export interface Collection {
  /** Folder names, for the groups file alone. */
  readonly people: readonly string[];
  readonly references: readonly Picture[];
  readonly probes: readonly Picture[];
  /** `undefined`: every reference with every probe. */
  readonly pairs: readonly TrialPair[] | undefined;
}

/** A person's folder: pictures whose name starts with `card` are references, all others probes. */
export function isCard(fileName: string): boolean {
  return /^card/i.test(fileName);
}

export function isPicture(fileName: string): boolean {
  return /\.(jpe?g|png)$/i.test(fileName);
}

/**
 * A collection out of pairs of paths: a person is the folder that a picture lies in, so that pairs within one folder are genuine.
 * A picture with itself is no comparison and left out.
 * @param folderOf the folder of a path
 */
export function collectionOfPairs(
  pairs: readonly { readonly reference: string; readonly probe: string }[],
  folderOf: (path: string) => string,
): Collection {
  const people = new Map<string, number>();
  const placeOf = <Key>(places: Map<Key, number>, key: Key) => {
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place;
  };
  const [references, probes] = [new Map<string, number>(), new Map<string, number>()];
  const places = pairs
    .filter(({ reference, probe }) => reference !== probe)
    .map(
      ({ reference, probe }): TrialPair => ({
        reference: placeOf(references, reference),
        probe: placeOf(probes, probe),
      }),
    );
  const pictures = (paths: Map<string, number>) =>
    [...paths.keys()].map((path): Picture => ({ person: placeOf(people, folderOf(path)), path }));
  return {
    references: pictures(references),
    probes: pictures(probes),
    people: [...people.keys()],
    pairs: places,
  };
}

/**
 * Reads a groups file: `person,group` a line, one person in as many groups as there are lines for them.
 * @throws StationFault `USAGE` naming file and line, never the person
 */
export function parseGroups(text: string, file: string, people: readonly string[]): readonly CalibrationGroup[] {
  const places = new Map(people.map((name, place) => [name.normalize('NFC'), place]));
  const groups = new Map<string, Uint8Array>();
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || (at === 0 && line.trim() === 'person,group')) continue;
    const [person, group, ...rest] = splitFields(line) ?? [];
    const wrong = (found: string) =>
      new StationFault('USAGE', file, `${file} line ${at + 1}: expected "person,group", found ${found}`);
    if (!person || !group || rest.length > 0) throw wrong('something else');
    const place = places.get(person.normalize('NFC'));
    if (place === undefined) throw wrong('a person without a folder of pictures');
    const members = groups.get(group) ?? new Uint8Array(people.length);
    members[place] = 1;
    groups.set(group, members);
  }
  return [...groups].map(([name, members]) => ({ name, members }));
}
