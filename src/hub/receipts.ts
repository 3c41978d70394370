import type { Receipt } from '../contract/down.ts';
import { messageHash, payloadOf } from '../contract/envelope/jws.ts';
import { keyOf } from './chains.ts';
import type { HubDatabase } from './port.ts';

/** A place in a chain, and which event is thought to be there; `null` = whichever it is. */
export interface AskedPlace {
  readonly station: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string | null;
}

interface HeldRow {
  readonly station: string;
  readonly epoch: string;
  readonly seq: string | number;
  readonly hash: string;
  readonly received_at: Date;
  readonly body: string;
}

/**
 * What the hub can give a receipt for, by chain and seq: events that are held, byte for byte. None is given for an event that lies in
 * quarantine, whose place another has, whose month was cleared away, or whose row no longer is what was taken.
 * @throws DatabaseAway
 */
export async function receiptsFor(database: HubDatabase, asked: readonly AskedPlace[]): Promise<readonly Receipt[]> {
  if (asked.length === 0) return [];
  const rows = await database.transaction((sql) => sql.query<HeldRow>(HELD, [JSON.stringify(asked)]));
  const receipts = new Map<string, Receipt>();
  for (const { station, epoch, seq, hash, received_at, body } of rows) {
    const message = Buffer.from(body, 'latin1');
    if (messageHash(message) !== hash) continue;
    const { id } = payloadOf(message) as { readonly id: string };
    const committedAt = received_at.toISOString();
    receipts.set(`${keyOf({ station, epoch })} ${seq}`, { station, epoch, seq: Number(seq), id, hash, committedAt });
  }
  return [...receipts.values()];
}

const HELD = `
  SELECT p.station, p.epoch, p.seq, p.hash, e.received_at, e.body
  FROM json_to_recordset($1::json) AS asked (station text, epoch text, seq bigint, hash text)
  JOIN place p USING (station, epoch, seq) JOIN event e USING (station, epoch, seq)
  WHERE asked.hash IS NULL OR asked.hash = p.hash
  ORDER BY p.station, p.epoch, p.seq`;
