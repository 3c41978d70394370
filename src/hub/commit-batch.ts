import { type Alarm, epochAlarms, raise } from './alarms.ts';
import {
  type CommittedChain,
  chainOf,
  chainsToTell,
  grouped,
  heldPlaces,
  isMarked,
  keyOf,
  lockChains,
  updateChains,
} from './chains.ts';
import { keepDeadLetters } from './dead-letters.ts';
import { insertEvents, PlacesDiffer, quarantine } from './event-rows.ts';
import type { Judged } from './judge.ts';
import { placeBatch } from './place-batch.ts';
import type { HubDatabase, Sql } from './port.ts';
import { keepWords } from './station-words.ts';

/** Counts of one committed batch. */
export interface BatchCounts {
  readonly events: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly deadLetters: number;
  readonly putOff: number;
}

export interface Committed {
  readonly chains: readonly CommittedChain[];
  readonly counts: BatchCounts;
  /** Kinds of alarm that were raised anew. */
  readonly alarms: readonly string[];
}

/**
 * Commits a batch: events, quarantine, dead letters, words and watermarks together or not at all. Safe to do again.
 * @throws DatabaseAway, DatabaseRefused
 */
export function commitBatch(database: HubDatabase, batch: readonly Judged[], nowMs: number): Promise<Committed> {
  const at = new Date(nowMs).toISOString();
  return database
    .transaction((sql) => commit(sql, batch, at, false))
    .catch((error) => {
      // Places without their watermark: not of this program's making, a restored table perhaps. Look at every place.
      if (error instanceof PlacesDiffer) return database.transaction((sql) => commit(sql, batch, at, true));
      throw error;
    });
}

async function commit(sql: Sql, batch: readonly Judged[], at: string, isThorough: boolean): Promise<Committed> {
  const letters = batch.filter((judged) => judged.kind === 'dead');
  const groups = grouped(batch);
  const rows = groups.size > 0 ? await lockChains(sql, groups, at) : [];
  const held = await heldPlaces(sql, rows, groups, isThorough);
  const placed = rows.map((row) => {
    const key = keyOf(row);
    return { row, ...placeBatch(chainOf(row), held.get(key) ?? new Map(), groups.get(key)?.events ?? []) };
  });
  const fresh = placed.flatMap((chain) => chain.fresh);
  const bodies = new Map(batch.flatMap((judged) => (judged.kind === 'event' ? [[judged.event, judged.body]] : [])));
  if (fresh.length > 0) await insertEvents(sql, fresh, bodies, at, isThorough);
  const quarantined = placed.flatMap((chain) => chain.refused);
  if (quarantined.length > 0) await quarantine(sql, quarantined, bodies, at);
  if (letters.length > 0) await keepDeadLetters(sql, letters, at);
  await keepWords(sql, batch, at);
  const marked = new Set(placed.flatMap((chain) => (isMarked(chain, groups) ? [keyOf(chain.row)] : [])));
  if (placed.length > 0) await updateChains(sql, placed, marked, at);
  const alarms = await raise(
    sql,
    [
      ...quarantined.map(({ event: { envelope }, why }) => alarmOf(why.code, envelope, envelope.seq, why.detail)),
      ...placed
        .filter(({ putOff }) => putOff > 0)
        .map(({ row, putOff }) => alarmOf('too-many-gaps', row, 0, `${putOff} put off`)),
      ...(await epochAlarms(sql, fresh)),
    ],
    at,
  );
  return {
    chains: await chainsToTell(sql, placed, marked),
    alarms,
    counts: {
      events: fresh.length,
      duplicates: placed.reduce((sum, { duplicates }) => sum + duplicates, 0),
      quarantined: quarantined.length,
      deadLetters: letters.length,
      putOff: placed.reduce((sum, { putOff }) => sum + putOff, 0),
    },
  };
}

function alarmOf(
  kind: string,
  { station, epoch }: { readonly station: string; readonly epoch: string },
  seq: number,
  detail: string,
): Alarm {
  return { kind, station, epoch, seq, detail };
}
