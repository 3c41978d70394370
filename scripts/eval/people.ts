import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A person of the collection. Names stay in here: nothing that is written carries one. */
export interface Person {
  readonly half: Half;
  /** Listed in `group-east-southeast-asia.txt`. */
  readonly inGroup: boolean;
  /** Paths of the pictures, sorted. */
  readonly pictures: readonly string[];
}

/** Thresholds are fitted on half 1 and reported on half 2. */
export type Half = 1 | 2;

/** The frozen split: the lowest bit of the first byte of SHA-256 over the person's name, NFC, UTF-8; 0 is half 1. */
export function halfOf(name: string): Half {
  const [first = 0] = createHash('sha256').update(name.normalize('NFC')).digest();
  return (first & 1) === 0 ? 1 : 2;
}

/**
 * Reads a collection: a folder for each person, in `data` itself or in its folder `lfw-dev`.
 * @param limit that many people at most, spread evenly over the list and over the group; for a quick look
 * @returns `undefined` when there is no such folder
 */
export async function loadPeople(data: string, limit: number | undefined): Promise<readonly Person[] | undefined> {
  const folder = existsSync(join(data, 'lfw-dev')) ? join(data, 'lfw-dev') : data;
  if (!existsSync(folder)) return undefined;
  const group = new Set(lines(await readFile(join(data, 'group-east-southeast-asia.txt'), 'utf8').catch(() => '')));
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const people: Person[] = [];
  for (const name of thinned(names.toSorted(), group, limit)) {
    const files = (await readdir(join(folder, name))).filter((file) => /\.(jpe?g|png)$/i.test(file)).toSorted();
    if (files.length === 0) continue;
    const pictures = files.map((file) => join(folder, name, file));
    people.push({ half: halfOf(name), inGroup: group.has(name), pictures });
  }
  return people;
}

/** Every nth name, of the group and of the others alike. */
function thinned(names: readonly string[], group: ReadonlySet<string>, limit: number | undefined): readonly string[] {
  if (limit === undefined || limit >= names.length) return names;
  const part = (all: readonly string[]) => {
    const count = Math.ceil((limit * all.length) / names.length);
    return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] as string);
  };
  return [
    ...part(names.filter((name) => group.has(name))),
    ...part(names.filter((name) => !group.has(name))),
  ].toSorted();
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
