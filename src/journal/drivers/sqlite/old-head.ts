import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Head } from './sqlite-journal.ts';

/** Last event of a journal of any format, as far as it can be read; also brings what its log holds into the file. */
export function headOf(path: string): Head | undefined {
  if (!existsSync(path)) return undefined;
  try {
    using db = new DatabaseSync(path);
    const row = db.prepare('SELECT epoch, seq, hash FROM event ORDER BY seq DESC LIMIT 1').get();
    return row && { epoch: String(row['epoch']), seq: Number(row['seq']), hash: String(row['hash']) };
  } catch {
    return undefined;
  }
}
