import { StationFault } from '../../../shared/fault.ts';
import { unlock } from '../../at-rest.ts';
import type { StoredLink } from '../../chain.ts';
import type { JournalEvent, KeptEvent } from '../../port.ts';

/** A row of the view `kept`. */
export type Row = Readonly<Record<string, unknown>>;

/** What binds an event's bytes to its row. */
export function placeOf(epoch: string, seq: number): string {
  return `${epoch}:${seq}`;
}

export function toLink(row: Row, dataKey: Uint8Array): StoredLink & Pick<KeptEvent, 'delivery'> {
  const [epoch, seq] = [String(row['epoch']), Number(row['seq'])];
  const delivery = row['delivery'] as JournalEvent['delivery'];
  const [sealed, wrapped] = [row['sealed'], row['wrapped']];
  const isThere = sealed instanceof Uint8Array && wrapped instanceof Uint8Array;
  // Only what is settled may have been shredded: anything else that is gone is damage.
  const gone = delivery === 'settled' && sealed === null && wrapped === null ? null : undefined;
  return {
    seq,
    epoch,
    id: String(row['id']),
    type: String(row['type']),
    time: String(row['time']),
    prev: row['prev'] === null ? null : String(row['prev']),
    hash: String(row['hash']),
    body: isThere ? unlock({ sealed, wrapped }, dataKey, placeOf(epoch, seq)) : gone,
    delivery,
  };
}

/** @throws StationFault `JOURNAL_CORRUPT` when the bytes do not open */
export function toKept(row: Row, dataKey: Uint8Array, path: string): KeptEvent {
  const { prev: _, body, ...link } = toLink(row, dataKey);
  if (body === undefined) throw new StationFault('JOURNAL_CORRUPT', path, `event ${link.seq} cannot be opened`);
  return { ...link, body };
}

/** @throws StationFault `JOURNAL_CORRUPT` also when the event was shredded */
export function toEvent(row: Row, dataKey: Uint8Array, path: string): JournalEvent {
  const kept = toKept(row, dataKey, path);
  if (kept.body === null) throw new StationFault('JOURNAL_CORRUPT', path, `event ${kept.seq} is gone`);
  return { ...kept, body: kept.body };
}
