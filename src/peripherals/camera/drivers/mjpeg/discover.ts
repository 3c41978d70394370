import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first USB camera by its stable name, or `undefined`. `index0` is the picture; higher ones carry metadata.
 * @param part of the name that is wanted, `''` = any
 */
export function findUsbCamera(part = '', folder = '/dev/v4l/by-id'): string | undefined {
  try {
    const name = readdirSync(folder)
      .sort()
      .find((entry) => entry.endsWith('-video-index0') && entry.includes(part));
    return name === undefined ? undefined : join(folder, name);
  } catch {
    return undefined;
  }
}

/** True on a Raspberry Pi with the camera programs installed and a CSI sensor bound. */
export function hasCsiCamera(): boolean {
  return isOnPath('rpicam-vid') && hasEntry('/sys/bus/i2c/drivers', /^(imx|ov)\d+/);
}

/** Is `program` on the PATH and executable? */
export function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function hasEntry(folder: string, pattern: RegExp): boolean {
  try {
    return readdirSync(folder).some(
      (driver) => pattern.test(driver) && readdirSync(join(folder, driver)).some((entry) => /^\d+-/.test(entry)),
    );
  } catch {
    return false;
  }
}
