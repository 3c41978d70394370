import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SOURCE = fileURLToPath(new URL('../../../../../hardware/virtual-reader/vpcd-shim.c', import.meta.url));
const BUILD_LIMIT_MS = 20_000;

/**
 * Compiles the shim for the vpcd driver into `outDir`.
 * @returns the path of the library, or `undefined` where there is no C compiler: the reader then works, but slowly
 */
export async function buildShim(outDir: string): Promise<string | undefined> {
  const library = join(outDir, 'vpcd-shim.so');
  try {
    const run = promisify(execFile);
    await run('cc', ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl'], { timeout: BUILD_LIMIT_MS });
    return library;
  } catch {
    return undefined;
  }
}
