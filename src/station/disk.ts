import { statfsSync } from 'node:fs';
import type { JournalConfig } from '../journal/config.ts';
import type { PartChange } from './parts.ts';

/** Is there room for results? Told early, because a full disk refuses even its own clean-up. */
export function diskState(folder: string, limits: JournalConfig): PartChange {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < limits.minFreeBytes) return { state: 'faulty', name: folder, code: 'DISK_FULL' };
  if (free < limits.warnFreeBytes) return { state: 'degraded', name: folder, code: 'DISK_LOW' };
  return { state: 'ready', name: folder, code: null };
}
