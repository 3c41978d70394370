import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LowSync } from 'lowdb';
import { z } from 'zod';
import { StationFault } from '../shared/fault.ts';
import { FsyncFile } from './fsync-file.ts';
import { type Settings, settingsSchema } from './settings.ts';

/** Settings as their file has them: what is left out is a default. */
export type RawSettings = Readonly<Record<string, unknown>>;

export interface LoadedSettings {
  readonly settings: Settings;
  readonly path: string;
  /** Why the `.bak` copy is in use, or `null` when the file itself is. */
  readonly fallback: string | null;
}

/**
 * Reads and checks `settings.json` of the data folder. A missing file means the defaults; a broken one falls back to
 * `.bak` and says so; if that is broken too nothing is guessed.
 * @throws StationFault `CONFIG_INVALID` with the file, the place in it and what was expected
 */
export function loadSettings(dataDir: string): LoadedSettings {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = new FsyncFile(join(dataDir, 'settings.json'));
  const db = new LowSync<unknown>(file, {});
  try {
    db.read();
    return { settings: checkSettings(db.data, file.path), path: file.path, fallback: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const backup = readBackup(file);
    if (backup === null) throw new StationFault('CONFIG_INVALID', file.path, why, { cause: error });
    return { settings: backup, path: file.backup, fallback: why };
  }
}

/** Checks, then writes durably; the file before is kept as `.bak`. */
export function saveSettings(dataDir: string, settings: unknown): void {
  const file = new FsyncFile(join(dataDir, 'settings.json'));
  const db = new LowSync<unknown>(file, {});
  db.data = checkSettings(settings, file.path);
  db.write();
}

/**
 * Changes settings without writing down the defaults of all others. A broken file is not replaced: its backup would be lost.
 * @param change from what the file says to what it shall say
 * @throws StationFault `CONFIG_INVALID`
 */
export function changeSettings(dataDir: string, change: (raw: RawSettings) => RawSettings): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = new FsyncFile(join(dataDir, 'settings.json'));
  let raw: unknown;
  try {
    raw = file.read() ?? {};
  } catch (cause) {
    throw new StationFault('CONFIG_INVALID', file.path, `${file.path}: ${(cause as Error).message}`, { cause });
  }
  checkSettings(raw, file.path);
  const changed = change(raw as RawSettings);
  checkSettings(changed, file.path);
  file.write(changed);
}

function readBackup(file: FsyncFile): Settings | null {
  try {
    const data = file.readBackup();
    return data === null ? null : checkSettings(data, file.backup);
  } catch {
    return null;
  }
}

/** @throws StationFault `CONFIG_INVALID` */
export function checkSettings(data: unknown, path: string): Settings {
  const parsed = settingsSchema.safeParse(data ?? {});
  if (parsed.success) return parsed.data;
  throw new StationFault('CONFIG_INVALID', path, `${path}: ${z.prettifyError(parsed.error)}`);
}
