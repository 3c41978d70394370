import { join } from 'node:path';
import type { ListStore } from '../roster/port.ts';

/** The file that knows where lists are kept. */

/** @param dataKey the station's, 32 bytes */
export async function openListStore(dataDir: string, dataKey: Uint8Array): Promise<ListStore> {
  const { KeptLists } = await import('../roster/drivers/kept/kept-lists.ts');
  return new KeptLists(join(dataDir, 'lists'), dataKey);
}
