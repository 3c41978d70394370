import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Made by our udev rule for the board that a technician has marked as the panel. */
const MARKED = '/dev/thuengban-panel';

/**
 * Names under `/dev/serial/by-id` of boards that are nothing but an Arduino. Bare USB-serial chips (CH340, CP210x, FT232R)
 * are left out: face scanners have the same, and must not be written to by guess. Such a panel is marked by the udev rule.
 */
const FINGERPRINTS: readonly RegExp[] = [
  /^usb-Arduino__www\.arduino\.cc__(0043|0001|0243)_/, // Uno R3 and R2
  /^usb-Arduino_LLC_Arduino_Uno_/,
  /^usb-Arduino_Srl_Arduino_Uno_/,
];

/** The panel's serial port by the marked name, then by fingerprint; `undefined` = none is plugged in. */
export function findPanelPort(folder = '/dev/serial/by-id', marked = MARKED): string | undefined {
  if (existsSync(marked)) return marked;
  try {
    const name = readdirSync(folder)
      .sort()
      .find((entry) => FINGERPRINTS.some((pattern) => pattern.test(entry)));
    return name === undefined ? undefined : join(folder, name);
  } catch {
    return undefined;
  }
}
