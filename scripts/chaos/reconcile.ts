import { openDatabase } from '../../src/hub/open-database.ts';
import type { Kept } from './stations.ts';

export interface Reconciled {
  /** Confirmed by a station, and neither among the server's events nor put aside there. */
  readonly lost: number;
  /** Places or ids of the server with more than one event. */
  readonly doubled: number;
  /** Confirmed events that the server has put aside because another event holds their place. */
  readonly quarantined: number;
  /** Every event of the server follows from the one before it, in every epoch, without a gap. */
  readonly chainWhole: boolean;
  /** Events on the server; more than confirmed where a station died between disk and word. */
  readonly events: number;
  readonly epochs: number;
  readonly duplicates: number;
}

/** Counts what stations have confirmed against what the server's database holds. Nothing may write to it meanwhile. */
export async function reconcile(databaseUrl: string, kept: readonly Kept[]): Promise<Reconciled> {
  await using database = await openDatabase(databaseUrl);
  const { placed, bodies, aside, marks } = await database.transaction(async (sql) => ({
    placed: await sql.query<{ station: string; epoch: string; seq: number; hash: string; prev: string | null }>(
      'SELECT station, epoch, seq, hash, prev FROM place ORDER BY station, epoch, seq',
    ),
    bodies: await sql.query<{ station: string; epoch: string; seq: number; id: string }>(
      'SELECT station, epoch, seq, id FROM event',
    ),
    aside: await sql.query<{ hash: string }>('SELECT hash FROM quarantine'),
    marks: await sql.query<{ duplicates: number }>('SELECT duplicates FROM watermark'),
  }));
  const held = new Set(placed.map(({ hash }) => hash));
  const asideHashes = new Set(aside.map(({ hash }) => hash));
  const places = new Set(bodies.map(({ station, epoch, seq }) => `${station} ${epoch} ${seq}`));
  const ids = new Set(bodies.map(({ id }) => id));
  const missing = kept.filter(({ hash }) => !held.has(hash));
  return {
    lost: missing.filter(({ hash }) => !asideHashes.has(hash)).length + placed.length - places.size,
    doubled: bodies.length - places.size + (bodies.length - ids.size),
    quarantined: missing.filter(({ hash }) => asideHashes.has(hash)).length,
    chainWhole: placed.every(({ seq, prev, epoch, station }, i) => {
      const before = placed[i - 1];
      const isFirst = before?.epoch !== epoch || before.station !== station;
      return isFirst
        ? Number(seq) === 1 && prev === null
        : Number(seq) === Number(before.seq) + 1 && prev === before.hash;
    }),
    events: bodies.length,
    epochs: new Set(placed.map(({ station, epoch }) => `${station} ${epoch}`)).size,
    duplicates: marks.reduce((sum, { duplicates }) => sum + Number(duplicates), 0),
  };
}
