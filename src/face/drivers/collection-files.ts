import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { StationFault } from '../../shared/fault.ts';
import type { CalibrationGroup } from '../calibration/calibrate.ts';
import {
  type Collection,
  collectionOfPairs,
  isCard,
  isPicture,
  type Picture,
  parseGroups,
} from '../calibration/collection.ts';
import { type Pair, parsePair } from '../pairs.ts';

/** An agency's pictures and groups, as files. */
export interface OpenCollection extends Collection {
  readonly groups: readonly CalibrationGroup[];
}

/**
 * Reads what pictures there are; none is opened yet.
 * @param path a folder with a folder for each person (`card*.jpg` and others), or a file of pairs as `face score` takes it
 * @param groupsPath a groups file; `undefined`: `groups.csv` beside the pictures, if there is one
 * @throws StationFault `USAGE`
 */
export async function openCollection(path: string, groupsPath: string | undefined): Promise<OpenCollection> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new StationFault('USAGE', path, `${path}: expected a folder or a pairs file, found nothing readable`, {
      cause,
    });
  });
  const collection = info.isDirectory() ? await fromFolder(path) : await fromPairs(path);
  const own = join(info.isDirectory() ? path : dirname(path), 'groups.csv');
  return { ...collection, groups: await readGroups(groupsPath ?? own, groupsPath !== undefined, collection.people) };
}

async function fromFolder(folder: string): Promise<Collection> {
  const people: string[] = [];
  const [references, probes]: [Picture[], Picture[]] = [[], []];
  for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) continue;
    const files = (await readdir(join(folder, entry.name))).filter(isPicture).toSorted();
    if (files.length === 0) continue;
    const person = people.push(entry.name) - 1;
    for (const file of files) {
      const picture = { person, path: join(folder, entry.name, file) };
      (isCard(file) ? references : probes).push(picture);
    }
  }
  return { people, references, probes, pairs: undefined };
}

async function fromPairs(file: string): Promise<Collection> {
  const pairs: Pair[] = [];
  let lineNumber = 0;
  for await (const line of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const pair = parsePair(line, ++lineNumber, file);
    if (pair !== undefined) pairs.push(pair);
  }
  return collectionOfPairs(pairs, (picture) => basename(dirname(picture)));
}

async function readGroups(path: string, isAsked: boolean, people: readonly string[]) {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (!isAsked && (cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new StationFault('USAGE', path, `${path}: the groups file cannot be read`, { cause });
  }
  return parseGroups(text, path, people);
}
