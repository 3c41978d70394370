import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HubDatabase } from './port.ts';

/** Programs with tables of their own: the vault's are not the ingest's to make or to read. */
export type Owner = 'hub' | 'vault';

/** Any number: processes that start together must not migrate together. */
const LOCK = 8_442_001;

/**
 * Brings the tables up to date: every file of `migrations/<owner>` once, in the order of its name, all of them or none.
 * @returns names of the files that were carried out
 */
export function migrate(database: HubDatabase, owner: Owner): Promise<readonly string[]> {
  const folder = fileURLToPath(new URL(`migrations/${owner}/`, import.meta.url));
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const table = owner === 'hub' ? 'migration' : 'vault.migration';
  return database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    // Asked first: a role that may make nothing can still find that nothing is to be made.
    const [row] = await sql.query<{ isThere: boolean }>('SELECT to_regclass($1) IS NOT NULL AS "isThere"', [table]);
    if (!row?.isThere) {
      if (owner === 'vault') await sql.query('CREATE SCHEMA IF NOT EXISTS vault');
      await sql.query(`CREATE TABLE ${table} (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`);
    }
    const done = new Set((await sql.query<{ name: string }>(`SELECT name FROM ${table}`)).map(({ name }) => name));
    const missing = files.filter((name) => !done.has(name));
    for (const name of missing) {
      for (const statement of statementsOf(readFileSync(`${folder}${name}`, 'utf8'))) await sql.query(statement);
      await sql.query(`INSERT INTO ${table} (name) VALUES ($1)`, [name]);
    }
    return missing;
  });
}

/** Statements of a file of ours: they end in a semicolon at the end of a line, and comments have lines of their own. */
function statementsOf(text: string): readonly string[] {
  return text
    .replace(/^--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
