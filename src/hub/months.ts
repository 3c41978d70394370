import type { HubDatabase } from './port.ts';

/** Any number: two ingests must not make the same partition at once. */
const LOCK = 8_442_002;

/** Makes the partitions of events: a month's is there before its first event, the next month's too. */
export class Months {
  readonly #database: HubDatabase;
  readonly #made = new Set<string>();

  constructor(database: HubDatabase) {
    this.#database = database;
  }

  /** @throws DatabaseAway */
  async ensure(nowMs: number): Promise<void> {
    const now = new Date(nowMs);
    const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
    for (const ahead of [0, 1]) {
      const first = new Date(Date.UTC(year, month + ahead, 1)).toISOString();
      if (this.#made.has(first)) continue;
      const after = new Date(Date.UTC(year, month + ahead + 1, 1)).toISOString();
      const name = `event_${first.slice(0, 7).replace('-', '_')}`;
      await this.#database.transaction(async (sql) => {
        await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
        await sql.query('SELECT make_event_month($1, $2, $3)', [name, first, after]);
      });
      this.#made.add(first);
    }
  }
}
