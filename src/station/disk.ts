import { statfsSync } from 'node:fs';
import type { JournalConfig } from '../journal/config.ts';
import type { PartChange } from './parts.ts';

/** File systems that are gone at power-off (numbers of Linux `magic.h`): tmpfs, ramfs, and the overlay of a read-only root. */
const VOLATILE: readonly number[] = [0x01021994, 0x858458f6, 0x794c7630];

/** Is there room for results, and do they stay? Told early, because a full disk refuses even its own clean-up. */
export function diskState(
  folder: string,
  limits: Pick<JournalConfig, 'minFreeBytes' | 'warnFreeBytes'>,
  stat = statfsSync(folder),
): PartChange {
  const { bavail, bsize, type } = stat;
  const free = bavail * bsize;
  if (free < limits.minFreeBytes) return { state: 'faulty', name: folder, code: 'DISK_FULL' };
  if (free < limits.warnFreeBytes) return { state: 'degraded', name: folder, code: 'DISK_LOW' };
  // Told, not refused: in a container an overlay does outlive the program.
  if (VOLATILE.includes(type)) return { state: 'degraded', name: folder, code: 'STORE_VOLATILE' };
  return { state: 'ready', name: folder, code: null };
}
