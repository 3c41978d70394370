import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { trustSchema } from '../contract/trust.ts';
import { StationFault } from '../shared/fault.ts';
import { replaceFile } from './secret-file.ts';

/** What a station believes of its server, as its file says. */
type CheckedTrust = z.output<typeof trustSchema>;

/**
 * Reads and checks a trust file.
 * @returns `undefined` when there is none
 * @throws StationFault `CONFIG_INVALID` with the place in the file: a broken file is never taken for a missing one
 */
export function readTrust(path: string): CheckedTrust | undefined {
  if (!existsSync(path)) return undefined;
  let said: unknown;
  try {
    said = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new StationFault('CONFIG_INVALID', path, 'no JSON', { cause });
  }
  const parsed = trustSchema.safeParse(said);
  if (!parsed.success) throw new StationFault('CONFIG_INVALID', path, z.prettifyError(parsed.error));
  if (!parsed.data.server.some(({ kinds }) => kinds.includes('ack')))
    throw new StationFault('CONFIG_INVALID', path, 'no key that acknowledges: nothing would ever be settled');
  return parsed.data;
}

/** Keeps what {@link readTrust} has checked. */
export function writeTrust(path: string, trust: CheckedTrust): void {
  replaceFile(path, Buffer.from(`${JSON.stringify(trust, null, 2)}\n`));
}
