import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME } from './paths.ts';

/** The package's own version. */
export const VERSION: string = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')).version;
