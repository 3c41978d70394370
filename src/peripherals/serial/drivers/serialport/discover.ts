import { readdirSync } from 'node:fs';

/** Where udev keeps the names of serial devices that stay the same over replugging. */
export const BY_ID = '/dev/serial/by-id';

/** Names of the serial devices that are plugged in; none where the folder is missing. */
export function serialNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
