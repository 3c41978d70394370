import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Reads a secret file, making it on first use: mode 0600, durable before it is used. Two processes that start together end
 * up with the same one.
 */
export function secretFile(path: string, make: () => Uint8Array): Uint8Array {
  const found = read(path);
  if (found) return found;
  const fresh = writeFresh(path, make());
  try {
    // A hard link fails if another process was first; a rename would silently replace its secret.
    linkSync(fresh, path);
    syncFolder(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  return secretFile(path, make);
}

/** Writes a file of mode 0600 in one step that a power cut leaves done or not done. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  renameSync(writeFresh(path, bytes), path);
  syncFolder(path);
}

function writeFresh(path: string, bytes: Uint8Array): string {
  const fresh = `${path}.${process.pid}.new`;
  const file = openSync(fresh, 'w', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return fresh;
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function read(path: string): Uint8Array | undefined {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
