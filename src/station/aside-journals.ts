import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ASIDE = 'journal-aside-';
/** Written into the folder of a journal that was set aside, once what can be read of it was exported. */
export const RECOVERED_FILE = 'recovered.json';

/** Folders of journals that were set aside and not recovered yet, oldest first. */
export function asideJournals(dataDir: string): readonly string[] {
  if (!existsSync(dataDir)) return [];
  return readdirSync(dataDir)
    .filter((name) => name.startsWith(ASIDE))
    .sort()
    .map((name) => join(dataDir, name))
    .filter((folder) => !existsSync(join(folder, RECOVERED_FILE)));
}
