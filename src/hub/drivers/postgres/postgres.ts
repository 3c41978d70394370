import pg from 'pg';
import { DatabaseAway, DatabaseRefused, databaseError, type HubDatabase, type Sql } from '../../port.ts';

/** Connections of one process: one batch is committed while the next is judged; the rest is for keys and questions. */
const CONNECTIONS = 4;
const CONNECT_LIMIT_MS = 5_000;
/** A statement that takes longer is given up by both ends: nothing waits for ever. */
const STATEMENT_LIMIT_MS = 30_000;

/**
 * PostgreSQL 15 or newer by `pg`. Opens no connection before the first transaction.
 * @param url `postgresql://user:password@host/database`, or with `?host=/run/postgresql` for a socket
 */
export function openPostgres(url: string): HubDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    statement_timeout: STATEMENT_LIMIT_MS,
    query_timeout: STATEMENT_LIMIT_MS + 5_000,
    keepAlive: true,
    application_name: 'thuengban',
  });
  // An idle connection that dies is replaced at the next transaction; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    name: nameOf(url),
    async transaction(work) {
      let client: pg.PoolClient;
      try {
        client = await pool.connect();
      } catch (cause) {
        throw new DatabaseAway('no connection', { cause });
      }
      // A connection that dies between two statements says so here, and at the next statement too.
      const onError = () => undefined;
      client.on('error', onError);
      let isSound = false;
      try {
        // Whatever the server's default is: an acknowledgement is given for what is on the disk.
        await client.query('BEGIN; SET LOCAL synchronous_commit = on');
        const result = await work(sqlOf(client));
        const { command } = await client.query('COMMIT');
        // A transaction that failed before answers COMMIT with ROLLBACK, and no error.
        if (command !== 'COMMIT') throw new DatabaseRefused('the transaction was rolled back');
        isSound = true;
        return result;
      } catch (error) {
        isSound = await client.query('ROLLBACK').then(
          () => true,
          () => false,
        );
        throw isDatabaseError(error) ? databaseError(error) : error;
      } finally {
        client.removeListener('error', onError);
        client.release(!isSound);
      }
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
    },
  };
}

function sqlOf(client: pg.PoolClient): Sql {
  return {
    async query<Row>(text: string, parameters: readonly (string | number | boolean | null)[] = []) {
      try {
        const { rows } = await client.query(text, [...parameters]);
        return rows as Row[];
      } catch (error) {
        throw databaseError(error);
      }
    },
  };
}

/** An error of the work itself (a bug) is not the database's. */
function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && ('code' in error || /terminated|timeout|not queryable/i.test(error.message));
}

function nameOf(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    return `PostgreSQL ${searchParams.get('host') ?? hostname}${port ? `:${port}` : ''}${pathname}`;
  } catch {
    return 'PostgreSQL';
  }
}
