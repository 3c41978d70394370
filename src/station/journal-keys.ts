import type { StationKeys } from '../identity/station-keys.ts';
import type { JournalKeys } from '../journal/port.ts';

/** What of the station's keys the journal works with. */
export function journalKeys({ signer, own, dataKey, trust }: StationKeys): JournalKeys {
  return { signer, own, dataKey, sealing: trust?.sealing ?? null, server: trust?.keys ?? null };
}
