import type { SealingKey } from '../contract/envelope/keys.ts';
import { seal } from '../contract/envelope/sealed.ts';
import { eventKind } from '../contract/events.ts';
import { StationFault } from '../shared/fault.ts';
import type { JournalEntry } from './port.ts';

/**
 * What stands in an event's `data`. Only kinds that are known to say nothing of a person stay open: one that this program does
 * not know is sealed.
 * @throws StationFault `TRUST_MISSING` when there is no key to seal to
 */
export async function sealEntry(
  { type, data }: JournalEntry,
  key: SealingKey | null,
): Promise<JournalEntry['data'] | string> {
  if (eventKind(type)?.isSealed === false) return data;
  if (!key)
    throw new StationFault('TRUST_MISSING', 'journal', `${type} must be sealed, and there is no key to seal it to`);
  return await seal(data, key);
}
