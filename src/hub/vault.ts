import { openEventData, readEvent } from '../contract/envelope/event.ts';
import type { OpeningKeys, Verifier } from '../contract/envelope/keys.ts';
import type { EventEnvelope } from '../contract/events.ts';
import { type Refused, refused } from '../contract/refusals.ts';
import { fromPublicJwk } from '../contract/trust.ts';
import { pause } from '../shared/wait.ts';
import { DatabaseAway, type HubDatabase, type Sql } from './port.ts';

export interface VaultOptions {
  readonly database: HubDatabase;
  readonly keys: OpeningKeys;
  /** Who opens, for the audit: name of machine and process. */
  readonly opener: string;
  readonly nowMs: () => number;
  /** Told after each batch: how many were opened, how many would not open. */
  report(counts: { readonly opened: number; readonly refused: number }): void;
}

/** Events of one transaction. */
const BATCH = 200;
/** How long to wait when there is nothing to open, ms. */
const IDLE_MS = 1_000;

interface SealedRow {
  readonly station: string;
  readonly epoch: string;
  readonly seq: string | number;
  readonly received_at: Date;
  readonly body: string;
  readonly kid: string;
  readonly x: string | null;
}

/**
 * Opens what is sealed, with the programme's key, into the schema `vault`: one record and one line of audit each, in one
 * transaction. It reads the ingest's tables and writes none of them.
 * @param isOnce ends when there is nothing left to open
 */
export async function runVault(options: VaultOptions, isOnce: boolean, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const counts = await openBatch(options).catch((error) => {
      if (!(error instanceof DatabaseAway) || isOnce) throw error;
      return undefined;
    });
    if (counts && counts.opened + counts.refused > 0) options.report(counts);
    else if (counts?.isAhead) continue;
    else if (isOnce) return;
    else await pause(IDLE_MS, signal);
  }
}

/**
 * Opens the next events of one station's chain.
 * @returns counts; `isAhead` = a chain was gone through that held nothing to open
 */
export function openBatch({ database, keys, opener, nowMs }: Omit<VaultOptions, 'report'>) {
  return database.transaction(async (sql) => {
    const chain = await nextChain(sql);
    if (!chain) return { opened: 0, refused: 0, isAhead: false };
    const { station, epoch } = chain;
    const rows = await sql.query<SealedRow>(
      `SELECT e.station, e.epoch, e.seq, e.received_at, e.body, e.kid, k.x FROM event e
       LEFT JOIN station_key k ON k.kid = e.kid AND k.station = e.station
       WHERE e.station = $1 AND e.epoch = $2 AND e.seq > $3 AND e.is_sealed
         AND NOT EXISTS (SELECT 1 FROM vault.opening o WHERE o.station = e.station AND o.epoch = e.epoch AND o.seq = e.seq)
       ORDER BY e.seq LIMIT ${BATCH}`,
      [station, epoch, Number(chain.upto)],
    );
    const opened = await Promise.all(rows.map(async (row) => ({ row, ...(await openRow(row, keys, nowMs())) })));
    const at = new Date(nowMs()).toISOString();
    if (opened.length > 0) await write(sql, opened, opener, at);
    // All of it was seen when fewer came than asked for: the next time begins behind what is whole.
    if (rows.length < BATCH)
      await sql.query('UPDATE vault.progress SET upto = $3, taken = $4 WHERE station = $1 AND epoch = $2', [
        station,
        epoch,
        chain.whole,
        chain.taken,
      ]);
    const count = opened.filter(({ result }) => result.kind === 'opened').length;
    return { opened: count, refused: opened.length - count, isAhead: true };
  });
}

interface ChainRow {
  readonly station: string;
  readonly epoch: string;
  readonly upto: string | number;
  /** Everything up to here is held. */
  readonly whole: number;
  readonly taken: number;
}

/** A chain of which more was taken than was gone through, locked; a second vault takes another one. */
async function nextChain(sql: Sql): Promise<ChainRow | undefined> {
  const [row] = await sql.query<{
    station: string;
    epoch: string;
    mark: string;
    taken: string;
    gaps: [number, number][];
  }>(
    `SELECT w.station, w.epoch, w.upto AS mark, w.taken, w.gaps FROM watermark w
     LEFT JOIN vault.progress p USING (station, epoch)
     WHERE w.taken <> coalesce(p.taken, 0)
       AND pg_try_advisory_xact_lock(hashtextextended(w.station || ' ' || w.epoch, 0)) LIMIT 1`,
  );
  if (!row) return undefined;
  const { station, epoch, gaps } = row;
  const [progress] = await sql.query<{ upto: string | number }>(
    `INSERT INTO vault.progress (station, epoch) VALUES ($1, $2)
     ON CONFLICT (station, epoch) DO UPDATE SET upto = vault.progress.upto RETURNING upto`,
    [station, epoch],
  );
  const whole = gaps[0] ? gaps[0][0] - 1 : Number(row.mark);
  return { station, epoch, upto: progress?.upto ?? 0, whole, taken: Number(row.taken) };
}

type Opened =
  | {
      readonly kind: 'opened';
      readonly envelope: EventEnvelope;
      readonly doc: string;
      readonly data: Readonly<Record<string, unknown>>;
    }
  | Refused;

async function openRow(row: SealedRow, keys: OpeningKeys, nowMs: number): Promise<{ readonly result: Opened }> {
  // The signature once more: between the ingest and here the row lay in a database that others may write.
  const known: Verifier | undefined =
    row.x === null
      ? undefined
      : {
          key: fromPublicJwk({ kid: row.kid, kty: 'OKP', crv: 'Ed25519', x: row.x }),
          station: row.station,
          kinds: ['event'],
          refusedFrom: null,
        };
  const event = readEvent(Buffer.from(row.body), { station: row.station, keys: () => known, nowMs });
  if (event.kind === 'refused') return { result: event };
  const { envelope } = event;
  if (envelope.epoch !== row.epoch || envelope.seq !== Number(row.seq))
    return { result: refused('tampered', 'the row is at another place than its event') };
  const read = await openEventData(envelope, keys);
  if (read.kind === 'refused') return { result: read };
  const doc = JSON.stringify(read.data);
  if (/\\u(?:0000|d[89a-f])/.test(doc))
    return { result: refused('invalid', 'letters that the database does not hold') };
  return { result: { kind: 'opened', envelope, doc, data: read.data } };
}

async function write(
  sql: Sql,
  opened: readonly { readonly row: SealedRow; readonly result: Opened }[],
  opener: string,
  at: string,
): Promise<void> {
  const lines = opened.map(({ row: { station, epoch, seq }, result }) => ({
    station,
    epoch,
    seq: Number(seq),
    result: result.kind === 'opened' ? 'opened' : result.code,
    detail: result.kind === 'opened' ? '' : result.detail,
  }));
  await sql.query(
    `INSERT INTO vault.opening (station, epoch, seq, result, detail, opener, at)
     SELECT station, epoch, seq, result, detail, $2, $3::timestamptz
     FROM json_to_recordset($1::json) AS row (station text, epoch text, seq bigint, result text, detail text)`,
    [JSON.stringify(lines), opener, at],
  );
  const records = opened.flatMap(({ row: { station, epoch, seq, received_at }, result }) =>
    result.kind !== 'opened'
      ? []
      : [
          {
            station,
            epoch,
            seq: Number(seq),
            received_at,
            id: result.envelope.id,
            type: result.envelope.type,
            said_at: result.envelope.time,
            subject: textOf(result.data['subject']),
            outcome: textOf(result.data['outcome']),
            doc: result.doc,
          },
        ],
  );
  await sql.query(
    `INSERT INTO vault.record (station, epoch, seq, id, type, said_at, received_at, subject, outcome, doc, opened_at)
     SELECT station, epoch, seq, id, type, said_at, received_at, subject, outcome, doc::jsonb, $2::timestamptz
     FROM json_to_recordset($1::json) AS row (station text, epoch text, seq bigint, id uuid, type text, said_at text,
       received_at timestamptz, subject text, outcome text, doc text)
     ON CONFLICT (station, epoch, seq) DO NOTHING`,
    [JSON.stringify(records), at],
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
