import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StationFault } from '../shared/fault.ts';

const KEY_BYTES = 32;

/**
 * Reads a secret key of 32 bytes, making it on first use: mode 0600, durable before it is used. Two processes that
 * start together end up with the same key.
 * @throws StationFault `CONFIG_INVALID` when the file has another length; it is never replaced, since what was made with it would be lost
 */
export function keyFile(path: string): Uint8Array {
  const found = read(path);
  if (found) return found;
  const fresh = `${path}.${process.pid}.new`;
  const file = openSync(fresh, 'w', 0o600);
  writeSync(file, randomBytes(KEY_BYTES));
  fsyncSync(file);
  closeSync(file);
  try {
    // A hard link fails if another process was first; a rename would silently replace its key.
    linkSync(fresh, path);
    const folder = openSync(dirname(path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  return keyFile(path);
}

function read(path: string): Uint8Array | undefined {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    const key = readFileSync(path);
    if (key.length !== KEY_BYTES)
      throw new StationFault('CONFIG_INVALID', path, `the key has ${key.length} bytes, expected ${KEY_BYTES}`);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
