import type { BelievedEvent } from '../contract/envelope/event.ts';
import { EVENTS } from '../contract/events.ts';
import type { Sql } from './port.ts';

/** Something that a person must look at. */
export interface Alarm {
  readonly kind: string;
  readonly station: string;
  readonly epoch: string;
  readonly seq: number;
  readonly detail: string;
}

const EPOCH_STARTED = 'th.thuengban.journal.epoch-started.v1';

/** Writes alarms, each once. @returns the kinds of those that are new */
export async function raise(sql: Sql, alarms: readonly Alarm[], at: string): Promise<readonly string[]> {
  if (alarms.length === 0) return [];
  const rows = await sql.query<{ kind: string }>(
    `INSERT INTO alarm (kind, station, epoch, seq, detail, at)
     SELECT kind, station, epoch, seq, detail, $2::timestamptz
     FROM json_to_recordset($1::json) AS row (kind text, station text, epoch text, seq bigint, detail text)
     ON CONFLICT (kind, station, epoch, seq) DO NOTHING RETURNING kind`,
    [JSON.stringify(alarms), at],
  );
  return rows.map(({ kind }) => kind);
}

/**
 * Alarms of journals that begin a new life: one that knows of none before though the hub does, one that remembers less than the
 * hub holds (an old image was restored), one that remembers another event than the hub holds.
 */
export async function epochAlarms(sql: Sql, fresh: readonly BelievedEvent[]): Promise<readonly Alarm[]> {
  const alarms: Alarm[] = [];
  for (const { envelope } of fresh) {
    if (envelope.type !== EPOCH_STARTED) continue;
    const { station, epoch, seq } = envelope;
    const { previous } = EVENTS[EPOCH_STARTED].data.parse(envelope.data);
    const detail = previous === null ? 'it names no epoch before' : `after ${previous.epoch} ${previous.seq}`;
    const raise = (kind: string) => alarms.push({ kind, station, epoch, seq, detail });
    const [row] = await sql.query<{ others: string | number; upto: string | number | null; hash: string | null }>(
      `SELECT (SELECT count(*) FROM watermark WHERE station = $1 AND epoch <> $2) AS others,
         (SELECT upto FROM watermark WHERE station = $1 AND epoch = $3) AS upto,
         (SELECT hash FROM place WHERE station = $1 AND epoch = $3 AND seq = $4) AS hash`,
      [station, epoch, previous?.epoch ?? '', previous?.seq ?? 0],
    );
    if (previous === null) {
      if (Number(row?.others) > 0) raise('epoch-without-origin');
    } else if (row?.hash && row.hash !== previous.head) raise('epoch-forked');
    else if (Number(row?.upto ?? 0) > previous.seq) raise('epoch-went-back');
  }
  return alarms;
}
