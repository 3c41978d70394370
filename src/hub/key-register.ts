import type { KeyRegistry, Verifier } from '../contract/envelope/keys.ts';
import { STATION_KINDS } from '../contract/messages.ts';
import { fromPublicJwk } from '../contract/trust.ts';
import type { HubDatabase } from './port.ts';
import { type Registered, readStations, registerState } from './stations-folder.ts';

/**
 * The keys of stations, as the database has them. Folders are only the way in: one of them on one machine reaches every ingest.
 * A key is refused from the earliest time that any of them ever said.
 */
export class KeyRegister {
  readonly #database: HubDatabase;
  readonly #dir: string;
  #known: ReadonlyMap<string, Verifier> = new Map();
  #stations: ReadonlySet<string> = new Set();
  #folder: string | undefined;

  constructor(database: HubDatabase, dir: string) {
    this.#database = database;
    this.#dir = dir;
  }

  readonly keys: KeyRegistry = (kid) => this.#known.get(kid);

  isRegistered(station: string): boolean {
    return this.#stations.has(station);
  }

  /** Takes over what is new in the folder, then reads what every ingest knows. @throws DatabaseAway */
  async refresh(): Promise<void> {
    const state = registerState(this.#dir);
    const fresh = state === this.#folder ? [] : readStations(this.#dir);
    const rows = await this.#database.transaction(async (sql) => {
      if (fresh.length > 0) await sql.query(TAKE_OVER, [JSON.stringify(rowsOf(fresh))]);
      return sql.query<KeyRow>('SELECT kid, station, x, refused_from FROM station_key');
    });
    this.#folder = state;
    this.#known = new Map(rows.map((row) => [row.kid, this.#verifierOf(row)]));
    this.#stations = new Set(rows.map(({ station }) => station));
  }

  #verifierOf({ kid, station, x, refused_from }: KeyRow): Verifier {
    const refusedFrom = refused_from?.toISOString() ?? null;
    const known = this.#known.get(kid);
    if (known && known.refusedFrom === refusedFrom) return known;
    const key = known?.key ?? fromPublicJwk({ kid, kty: 'OKP', crv: 'Ed25519', x });
    return { key, station, kinds: STATION_KINDS, refusedFrom };
  }
}

interface KeyRow {
  readonly kid: string;
  readonly station: string;
  readonly x: string;
  readonly refused_from: Date | null;
}

/** A key never changes its station: whoever was first has it. */
const TAKE_OVER = `
  INSERT INTO station_key AS known (kid, station, x, refused_from)
  SELECT kid, station, x, refused_from
  FROM json_to_recordset($1::json) AS fresh (kid text, station text, x text, refused_from timestamptz)
  ON CONFLICT (kid) DO UPDATE SET refused_from = LEAST(known.refused_from, excluded.refused_from)
  WHERE known.refused_from IS DISTINCT FROM LEAST(known.refused_from, excluded.refused_from)`;

function rowsOf(stations: readonly Registered[]) {
  return stations.flatMap(({ station, keys }) =>
    keys.map(({ kid, x, refusedFrom }) => ({ kid, station, x, refused_from: refusedFrom })),
  );
}
