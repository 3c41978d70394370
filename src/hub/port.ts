/** Runs statements inside one transaction. Parameters are numbers, strings, booleans or null; objects go as JSON text. */
export interface Sql {
  /** @throws {@link DatabaseAway}, {@link DatabaseRefused} */
  query<Row = Readonly<Record<string, unknown>>>(
    text: string,
    parameters?: readonly (string | number | boolean | null)[],
  ): Promise<readonly Row[]>;
}

/** Port: the hub's database, PostgreSQL or what speaks like it. */
export interface HubDatabase extends AsyncDisposable {
  /** Which one, for people: without a password. */
  readonly name: string;
  /**
   * Runs `work` in a transaction and resolves after its commit is on the disk. When it rejects, nothing of it is there, but for
   * one case: {@link DatabaseAway} at the commit itself leaves open whether it is. So whatever is committed must be safe to do again.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** The database cannot be had now, or would not do it now: the same work can be tried again later. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

/** The database is there and will not take this, however often it is asked. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}

/**
 * SQLSTATE of what does not fit, ever: data, keys, limits. Anything else may pass, or a person must mend it: a table that is
 * missing, a right that was taken. Then everything waits, which loses nothing.
 */
const REFUSING = /^(22|2350[235]|54)/;

/** Sorts an error of a driver by its SQLSTATE; without one it was the way to the database that failed. */
export function databaseError(error: unknown): DatabaseAway | DatabaseRefused {
  if (error instanceof DatabaseAway || error instanceof DatabaseRefused) return error;
  const { code } = error as { readonly code?: unknown };
  const isRefusal = typeof code === 'string' && code.length === 5 && REFUSING.test(code);
  // Messages of the database may quote values: only the code goes on.
  return isRefusal
    ? new DatabaseRefused(`SQLSTATE ${code}`, { cause: error })
    : new DatabaseAway(typeof code === 'string' ? code : 'no connection', { cause: error });
}
