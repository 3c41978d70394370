/** `npm run contract`: writes `docs/contract` (AsyncAPI, JSON Schemas, clauses) from `src/contract`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { contractFiles } from '../src/contract/contract-files.ts';

const folder = fileURLToPath(new URL('../docs/contract', import.meta.url));
const files = contractFiles((document) => stringify(document, { aliasDuplicateObjects: false, lineWidth: 120 }));
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
process.stdout.write(`docs/contract: ${Object.keys(files).length} files\n`);
