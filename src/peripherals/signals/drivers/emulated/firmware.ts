import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StationFault } from '../../../../shared/fault.ts';

const HOME = fileURLToPath(new URL('../../../../../', import.meta.url));
const BUILD = join(HOME, 'hardware', 'firmware', 'build');
/** Where `npm run firmware` puts it. */
const BUILT = join(HOME, 'dist', 'firmware', 'panel.hex');
const PART = 'panel firmware';

/** Why the firmware cannot be built here, or `null`. */
export function whyNotBuilt(): string | null {
  if (spawnSync('avr-gcc', ['--version']).status !== 0) return 'it needs the Debian packages gcc-avr and avr-libc';
  return existsSync('/usr/lib/avr/include/avr/io.h') ? null : 'it needs the Debian package avr-libc';
}

/** Builds the firmware as it is in the tree. @returns Intel HEX  @throws StationFault `SIMULATOR_UNAVAILABLE` */
export function buildFirmware(): string {
  const folder = mkdtempSync(join(tmpdir(), 'thuengban-firmware-'));
  try {
    const { status, stderr } = spawnSync(BUILD, [folder], { encoding: 'utf8' });
    if (status !== 0) throw unavailable(`it does not build: ${stderr}`);
    return readFileSync(join(folder, 'panel.hex'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The firmware to run: built from the tree, else the one that was built before.
 * @throws StationFault `SIMULATOR_UNAVAILABLE` when there is neither
 */
export function panelFirmware(): string {
  const why = whyNotBuilt();
  if (why === null) return buildFirmware();
  if (existsSync(BUILT)) return readFileSync(BUILT, 'utf8');
  throw unavailable(`${why}, or a dist/firmware/panel.hex built elsewhere`);
}

function unavailable(why: string): StationFault {
  return new StationFault('SIMULATOR_UNAVAILABLE', PART, why);
}
