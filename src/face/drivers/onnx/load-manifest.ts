import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StationFault } from '../../../shared/fault.ts';
import { type FaceModels, parseManifest } from '../../manifest.ts';

/**
 * Reads and checks the manifest of a models folder.
 * @throws StationFault `MANIFEST_INVALID`
 */
export async function loadManifest(modelsDir: string): Promise<FaceModels> {
  return parseManifest(...(await read(modelsDir)));
}

async function read(modelsDir: string): Promise<[text: string, file: string]> {
  const file = join(modelsDir, 'manifest.json');
  try {
    return [await readFile(file, 'utf8'), file];
  } catch (cause) {
    throw new StationFault('MANIFEST_INVALID', file, `${file}: expected the model manifest, found no readable file`, {
      cause,
    });
  }
}
