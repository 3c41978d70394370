import { MAX_GAPS } from '../contract/down.ts';
import type { BelievedEvent } from '../contract/envelope/event.ts';
import type { Signer } from '../contract/envelope/keys.ts';
import { signAcknowledgement } from '../contract/envelope/server-word.ts';
import { publishable, type Watermark } from '../contract/watermark.ts';
import type { DeadLetter, Judged } from './judge.ts';
import { type Chain, type HeldPlace, type PlacedBatch, placesToLookUp } from './place-batch.ts';
import type { Sql } from './port.ts';

/** What is to be told to one station about one life of its journal. */
export interface CommittedChain {
  readonly station: string;
  readonly epoch: string;
  readonly mark: Watermark;
  readonly head: string | null;
  readonly quarantined: readonly { readonly seq: number; readonly code: string }[];
  /** Lives of a journal in the order in which the hub met them. */
  readonly born: number;
}

/** A chain as its locked row says. */
export interface ChainRow {
  readonly station: string;
  readonly epoch: string;
  readonly upto: string | number;
  readonly head: string | null;
  readonly gaps: Watermark['gaps'];
  readonly is_marked: boolean;
  readonly born: string | number;
  readonly newest: string | number;
}

export type PlacedChain = PlacedBatch & { readonly row: ChainRow };

/** What a batch brings for one chain. */
export interface Group {
  readonly station: string;
  readonly epoch: string;
  readonly events: BelievedEvent[];
  readonly letters: DeadLetter[];
}

/** Events and vouched dead letters by chain. */
export function grouped(batch: readonly Judged[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  const groupOf = (station: string, epoch: string) => {
    const key = keyOf({ station, epoch });
    const group = groups.get(key) ?? { station, epoch, events: [], letters: [] };
    groups.set(key, group);
    return group;
  };
  for (const judged of batch) {
    if (judged.kind === 'event') {
      const { station, epoch } = judged.event.envelope;
      groupOf(station, epoch).events.push(judged.event);
    } else if (judged.kind === 'dead' && judged.place && judged.station !== null)
      groupOf(judged.station, judged.place.epoch).letters.push(judged);
  }
  return groups;
}

/** Station ids hold no space, so that no two chains share a key. */
export function keyOf({ station, epoch }: { readonly station: string; readonly epoch: string }): string {
  return `${station} ${epoch}`;
}

/** Locks the chains of a batch, always in the same order: another ingest that has the same station waits here. */
export async function lockChains(
  sql: Sql,
  groups: ReadonlyMap<string, Group>,
  at: string,
): Promise<readonly ChainRow[]> {
  const wanted = JSON.stringify([...groups.values()].map(({ station, epoch }) => ({ station, epoch })));
  const locked = await sql.query<ChainRow>(LOCK_CHAINS, [wanted]);
  if (locked.length === groups.size) return locked;
  await sql.query(
    `INSERT INTO watermark (station, epoch, first_at, last_at)
     SELECT station, epoch, $2::timestamptz, $2::timestamptz
     FROM json_to_recordset($1::json) AS wanted (station text, epoch text) ORDER BY station, epoch
     ON CONFLICT DO NOTHING`,
    [wanted, at],
  );
  return sql.query<ChainRow>(LOCK_CHAINS, [wanted]);
}

const LOCK_CHAINS = `
  SELECT w.station, w.epoch, w.upto, w.head, w.gaps, w.is_marked, w.born,
    (SELECT max(other.born) FROM watermark other WHERE other.station = w.station) AS newest
  FROM watermark w JOIN json_to_recordset($1::json) AS wanted (station text, epoch text) USING (station, epoch)
  ORDER BY w.station, w.epoch FOR UPDATE OF w`;

/** The chain that a row describes. */
export function chainOf({ upto, head, gaps }: ChainRow): Chain {
  return { mark: { upto: Number(upto), gaps }, head };
}

/** Places that are taken where the batch's events want to go, by chain. */
export async function heldPlaces(
  sql: Sql,
  rows: readonly ChainRow[],
  groups: ReadonlyMap<string, Group>,
  isThorough: boolean,
): Promise<ReadonlyMap<string, ReadonlyMap<number, HeldPlace>>> {
  const wanted = rows.flatMap((row) => {
    const { station, epoch } = row;
    const seqs = (groups.get(keyOf(row))?.events ?? []).map(({ envelope }) => envelope.seq);
    return [...placesToLookUp(chainOf(row), seqs, isThorough)].map((seq) => ({ station, epoch, seq }));
  });
  const held = new Map<string, Map<number, HeldPlace>>();
  if (wanted.length === 0) return held;
  const found = await sql.query<{
    station: string;
    epoch: string;
    seq: string | number;
    hash: string;
    prev: string | null;
  }>(
    `SELECT p.station, p.epoch, p.seq, p.hash, p.prev
     FROM json_to_recordset($1::json) AS wanted (station text, epoch text, seq bigint)
     JOIN place p USING (station, epoch, seq)`,
    [JSON.stringify(wanted)],
  );
  for (const { seq, hash, prev, ...chain } of found) {
    const places = held.get(keyOf(chain)) ?? new Map<number, HeldPlace>();
    held.set(keyOf(chain), places.set(Number(seq), { hash, prev }));
  }
  return held;
}

/** Whether something of the chain is, or now comes, in quarantine or among the dead letters. */
export function isMarked({ row, refused }: PlacedChain, groups: ReadonlyMap<string, Group>): boolean {
  return row.is_marked || refused.length > 0 || (groups.get(keyOf(row))?.letters.length ?? 0) > 0;
}

export async function updateChains(
  sql: Sql,
  placed: readonly PlacedChain[],
  marked: ReadonlySet<string>,
  at: string,
): Promise<void> {
  const rows = placed.map(({ row, mark, head, fresh, duplicates }) => ({
    station: row.station,
    epoch: row.epoch,
    upto: mark.upto,
    gaps: mark.gaps,
    head,
    taken: fresh.length,
    duplicates,
    is_marked: marked.has(keyOf(row)),
  }));
  await sql.query(
    `UPDATE watermark w SET upto = r.upto, gaps = r.gaps, head = r.head, taken = w.taken + r.taken,
       duplicates = w.duplicates + r.duplicates, is_marked = r.is_marked, last_at = $2::timestamptz
     FROM json_to_recordset($1::json) AS r (station text, epoch text, upto bigint, gaps jsonb, head text, taken bigint,
       duplicates bigint, is_marked boolean)
     WHERE w.station = r.station AND w.epoch = r.epoch`,
    [JSON.stringify(rows), at],
  );
}

/** What stations are told of a batch: its chains, and the newest life of each station's journal, which must be told last. */
export async function chainsToTell(
  sql: Sql,
  placed: readonly PlacedChain[],
  marked: ReadonlySet<string>,
): Promise<readonly CommittedChain[]> {
  const older = placed.filter(({ row }) => Number(row.newest) > Number(row.born)).map(({ row }) => row.station);
  const newest = older.length > 0 ? await newestChains(sql, older) : [];
  const rows = [...placed.map(({ row, mark, head }) => ({ row, mark, head })), ...newest];
  const withMark = rows.filter(({ row }) => row.is_marked || marked.has(keyOf(row))).map(({ row }) => row);
  const quarantined = withMark.length > 0 ? await quarantinedOf(sql, withMark) : new Map<string, never[]>();
  const told = rows.map(({ row, mark, head }) => ({
    station: row.station,
    epoch: row.epoch,
    mark: publishable(mark),
    // The head is that of the whole watermark: one that was cut has another.
    head: publishable(mark).upto === mark.upto ? head : null,
    quarantined: quarantined.get(keyOf(row)) ?? [],
    born: Number(row.born),
  }));
  return [...new Map(told.map((chain) => [keyOf(chain), chain])).values()].sort((a, b) => a.born - b.born);
}

async function newestChains(sql: Sql, stations: readonly string[]) {
  const rows = await sql.query<ChainRow>(
    `SELECT DISTINCT ON (station) station, epoch, upto, head, gaps, is_marked, born, born AS newest FROM watermark
     WHERE station IN (SELECT value FROM json_array_elements_text($1::json)) ORDER BY station, born DESC`,
    [JSON.stringify([...new Set(stations)])],
  );
  return rows.map((row) => ({ row, ...chainOf(row) }));
}

async function quarantinedOf(sql: Sql, rows: readonly ChainRow[]) {
  const found = await sql.query<{ station: string; epoch: string; seq: string | number; code: string }>(
    `WITH wanted AS (SELECT * FROM json_to_recordset($1::json) AS row (station text, epoch text))
     SELECT station, epoch, seq, code FROM quarantine JOIN wanted USING (station, epoch)
     UNION SELECT station, epoch, seq, code FROM dead_letter JOIN wanted USING (station, epoch) WHERE seq IS NOT NULL
     ORDER BY seq DESC LIMIT 100000`,
    [JSON.stringify(rows.map(({ station, epoch }) => ({ station, epoch })))],
  );
  const byChain = new Map<string, { readonly seq: number; readonly code: string }[]>();
  for (const { seq, code, ...chain } of found) {
    const list = byChain.get(keyOf(chain)) ?? [];
    byChain.set(keyOf(chain), list);
    if (list.length < MAX_GAPS && !list.some((one) => one.seq === Number(seq))) list.push({ seq: Number(seq), code });
  }
  return byChain;
}

/** What the hub says of a chain, signed. @param rateHint events a second that the station may send at most, or `null` */
export function signedWatermark(
  chain: CommittedChain,
  signer: Signer,
  rateHint: number | null,
  nowMs: number,
): Uint8Array {
  const { station, epoch, mark, head, quarantined } = chain;
  const gaps = mark.gaps.map(([first, last]): [number, number] => [first, last]);
  const at = new Date(nowMs).toISOString();
  return signAcknowledgement(
    { station, epoch, upto: mark.upto, gaps, head, quarantined: [...quarantined], rateHint, at },
    signer,
  );
}
