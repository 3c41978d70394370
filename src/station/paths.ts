import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout or of the installed package. */
export const HOME = fileURLToPath(new URL('../..', import.meta.url));
export const MODELS_DIR = join(HOME, 'models');
export const UI_DIR = join(HOME, 'dist', 'ui');

/** Where the station keeps what it must not lose: `--data`, else THUENGBAN_DATA, else `data` in the checkout. */
export function dataDirOf(flag: string | undefined): string {
  return flag ?? process.env['THUENGBAN_DATA'] ?? join(HOME, 'data');
}
export const journalPath = (dataDir: string) => join(dataDir, 'journal', 'journal.sqlite');
