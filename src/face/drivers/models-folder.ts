import { copyFile, mkdir, mkdtemp, open, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { StationFault } from '../../shared/fault.ts';
import { allModels, parseManifest } from '../manifest.ts';

const NAME = 'manifest.json';

/** A manifest as it lies in its file, checked for nothing but being a JSON object. */
export type RawManifest = Readonly<Record<string, unknown>>;

/** @throws StationFault `MANIFEST_INVALID` */
export async function readRawManifest(modelsDir: string): Promise<RawManifest> {
  const file = join(modelsDir, NAME);
  const invalid = (found: string, cause?: unknown) =>
    new StationFault('MANIFEST_INVALID', file, `${file}: expected a JSON object, found ${found}`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw invalid((cause as Error).message, cause);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw invalid('another value');
  return json as RawManifest;
}

/**
 * Replaces the manifest of a folder; the one before stays as `manifest.json.bak`. A power cut leaves the old one or the new one.
 * @throws StationFault `MANIFEST_INVALID` before anything is written
 */
export async function replaceManifest(modelsDir: string, manifest: RawManifest): Promise<void> {
  const file = join(modelsDir, NAME);
  const text = checkedText(manifest, file);
  await copyFile(file, `${file}.bak`);
  await writeDurably(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
  await syncPath(modelsDir);
}

/**
 * Makes a new models folder: a copy of another's models and cards with this manifest. It appears when it is complete.
 * @throws StationFault `USAGE` when something is there already, `MANIFEST_INVALID`, `MODEL_MISSING`
 */
export async function createModelsFolder(from: string, to: string, manifest: RawManifest): Promise<void> {
  const target = resolve(to);
  await requireNothing(target);
  const text = checkedText(manifest, join(target, NAME));
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    await mkdir(partial, { recursive: true });
    for (const { file, card } of allModels(parseManifest(text, NAME))) {
      await copyFile(join(from, file), join(partial, file)).catch((cause: unknown) => {
        throw new StationFault('MODEL_MISSING', file, `${join(from, file)}: cannot be copied to ${partial}`, { cause });
      });
      await mkdir(dirname(join(partial, card)), { recursive: true });
      // A card is for people to read: without it the model runs as well.
      await copyFile(join(from, card), join(partial, card)).catch(() => undefined);
    }
    await writeDurably(join(partial, NAME), text);
    await rename(partial, target);
    await syncPath(dirname(target));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Fails early when a new folder cannot be made there. @throws StationFault `USAGE` */
export async function requireNothing(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined)
    throw new StationFault('USAGE', path, `${path}: expected nothing there yet, found something`);
}

/** A folder that lasts as long as a trial: links to another's models, with a manifest of its own. */
export async function openTrialFolder(
  from: string,
  manifest: RawManifest,
): Promise<AsyncDisposable & { readonly path: string }> {
  const text = checkedText(manifest, join(from, NAME));
  const path = await mkdtemp(join(tmpdir(), 'thuengban-models-'));
  const close = () => rm(path, { recursive: true, force: true });
  try {
    const files = new Set(allModels(parseManifest(text, NAME)).map(({ file }) => file));
    for (const file of files) await symlink(resolve(from, file), join(path, file));
    await writeDurably(join(path, NAME), text);
    return { path, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

function checkedText(manifest: RawManifest, file: string): string {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  parseManifest(text, file);
  return text;
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncPath(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
