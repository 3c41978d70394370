import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the serial devices that are plugged in, stable over replugging; none where the folder is missing. */
export function serialDevices(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Where udev keeps the stable names. */
export const BY_ID = '/dev/serial/by-id';
