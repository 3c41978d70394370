import { resolve } from 'node:path';
import type { HubDatabase } from './port.ts';

/**
 * Opens the hub's database: a PostgreSQL by its URL, anything else is the folder of an embedded one.
 * @throws StationFault `HUB_DATABASE_BUSY`
 */
export async function openDatabase(where: string): Promise<HubDatabase> {
  if (/^postgres(ql)?:\/\//.test(where)) return (await import('./drivers/postgres/postgres.ts')).openPostgres(where);
  return (await import('./drivers/pglite/pglite.ts')).openPglite(resolve(where));
}
