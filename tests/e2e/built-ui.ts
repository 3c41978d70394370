import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const UI = resolve(import.meta.dirname, '../../src/ui');

/** The screens, built from today's sources into a folder of their own (about a second); disposing removes it. */
export async function buildUi(): Promise<{ readonly uiDir: string } & AsyncDisposable> {
  const uiDir = await mkdtemp(join(tmpdir(), 'thuengban-ui-'));
  await build({
    root: UI,
    configFile: join(UI, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: uiDir, emptyOutDir: true },
  });
  return { uiDir, [Symbol.asyncDispose]: () => rm(uiDir, { recursive: true }) };
}
