import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStationKeys, type StationKeys } from '../identity/station-keys.ts';
import type { JournalKeys } from '../journal/port.ts';

/** What of the station's keys the journal works with. */
export function journalKeys({ signer, own, dataKey, trust }: StationKeys): JournalKeys {
  return { signer, own, dataKey, sealing: trust?.sealing ?? null, server: trust?.keys ?? null };
}

/** The keys of the station in `dataDir`, for tools: a demonstration's server is believed where there was a demonstration, and never made. */
export function openKnownKeys(dataDir: string, station: string): StationKeys {
  return openStationKeys({ dir: dataDir, station, isDemo: existsSync(join(dataDir, 'demo-server')) });
}
