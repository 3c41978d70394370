import { asFault, type StationFault } from '../../../shared/fault.ts';

/** Primary result codes of SQLite (low byte of the extended ones): 13 FULL, 11 CORRUPT, 26 NOTADB. */
const FULL = 13;
const CORRUPT: readonly number[] = [11, 26];

/** An error of SQLite, or of the file system below it, as a fault with a code. */
export function journalFault(error: unknown, path: string): StationFault {
  const { errcode, code } = error as { readonly errcode?: number; readonly code?: string };
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  if (primary === FULL || code === 'ENOSPC' || code === 'EDQUOT') return asFault(error, 'DISK_FULL', path);
  if (primary !== undefined && CORRUPT.includes(primary)) return asFault(error, 'JOURNAL_CORRUPT', path);
  return asFault(error, 'INTERNAL', path);
}
