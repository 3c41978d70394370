import type { BelievedEvent } from '../contract/envelope/event.ts';
import { keyOf } from './chains.ts';
import type { PlacedBatch } from './place-batch.ts';
import { DatabaseRefused, type Sql } from './port.ts';

/** The watermark did not know of a place that is taken. */
export class PlacesDiffer extends Error {}

/** Writes events whose places are free. @throws PlacesDiffer when one is not, after all */
export async function insertEvents(
  sql: Sql,
  fresh: readonly BelievedEvent[],
  bodies: ReadonlyMap<BelievedEvent, string>,
  at: string,
  isThorough: boolean,
): Promise<void> {
  const rows = fresh.map((event) => eventRow(event, bodies.get(event) ?? ''));
  const [inserted] = await sql.query<{ n: string | number }>(INSERT_EVENTS, [JSON.stringify(rows), at]);
  if (Number(inserted?.n) === rows.length) return;
  throw isThorough ? new DatabaseRefused('a place is taken that is not there') : new PlacesDiffer();
}

/** One row as {@link INSERT_EVENTS} takes it. */
export function eventRow({ envelope, hash, kid }: BelievedEvent, body: string) {
  const { station, epoch, seq, prev, id, type, time, datacontenttype } = envelope;
  const is_sealed = datacontenttype === 'application/jose';
  return { station, epoch, seq, hash, prev, id, type, said_at: time, kid, is_sealed, body };
}

/** The place decides: an event whose place is taken is not written. $1 rows as JSON, $2 when they came. */
export const INSERT_EVENTS = `
  WITH fresh AS (
    SELECT * FROM json_to_recordset($1::json) AS row (station text, epoch text, seq bigint, hash text, prev text, id uuid,
      type text, said_at text, kid text, is_sealed boolean, body text)
  ), placed AS (
    INSERT INTO place (station, epoch, seq, hash, prev) SELECT station, epoch, seq, hash, prev FROM fresh
    ON CONFLICT DO NOTHING RETURNING station, epoch, seq
  ), written AS (
    INSERT INTO event (received_at, station, epoch, seq, id, type, said_at, kid, is_sealed, body)
    SELECT $2::timestamptz, station, epoch, seq, id, type, said_at, kid, is_sealed, body
    FROM fresh JOIN placed USING (station, epoch, seq)
  )
  SELECT count(*) AS n FROM placed`;

/** Keeps events that are signed and not believed, each once. */
export async function quarantine(
  sql: Sql,
  refused: PlacedBatch['refused'],
  bodies: ReadonlyMap<BelievedEvent, string>,
  at: string,
): Promise<void> {
  const rows = new Map<string, Readonly<Record<string, unknown>> & { readonly times: number }>();
  for (const { event, why } of refused) {
    const { station, epoch, seq } = event.envelope;
    const key = `${keyOf(event.envelope)} ${seq} ${event.hash}`;
    const times = (rows.get(key)?.times ?? 0) + 1;
    rows.set(key, {
      station,
      epoch,
      seq,
      hash: event.hash,
      code: why.code,
      detail: why.detail,
      body: bodies.get(event),
      times,
    });
  }
  await sql.query(
    `INSERT INTO quarantine AS known (station, epoch, seq, hash, code, detail, body, times, first_at, last_at)
     SELECT station, epoch, seq, hash, code, detail, body, times, $2::timestamptz, $2::timestamptz
     FROM json_to_recordset($1::json) AS row (station text, epoch text, seq bigint, hash text, code text, detail text, body text, times bigint)
     ON CONFLICT (station, epoch, seq, hash) DO UPDATE SET times = known.times + excluded.times, last_at = excluded.last_at`,
    [JSON.stringify([...rows.values()]), at],
  );
}
