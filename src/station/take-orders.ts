import type { KeyRegistry, OpeningKeys } from '../contract/envelope/keys.ts';
import { openOrders, unpackOrders } from '../contract/envelope/orders.ts';
import { type Refused, refused } from '../contract/refusals.ts';
import type { Changes, KeptList } from '../roster/kept-list.ts';
import type { Order } from '../roster/order.ts';
import type { ListStore } from '../roster/port.ts';
import type { Roster } from '../roster/roster.ts';
import { keepList } from './open-roster.ts';

/** By what way a work order came. */
export type OrdersSource = 'server' | 'stick' | 'qr' | 'file';

export interface TakeOrdersOptions {
  readonly station: string;
  /** Keys that the station believes; `null` = none: nothing is taken. */
  readonly keys: KeyRegistry | null;
  readonly opening: OpeningKeys;
  readonly store: ListStore;
  readonly roster: Roster;
  /** The clock, not before the newest time that the station has proof of, ms since 1970. */
  readonly nowMs: () => number;
}

/** A work order that was taken over, or was there already. What the event of it says stands beside the counts. */
export interface TakenOrders extends Changes {
  readonly kind: 'taken';
  readonly order: string;
  readonly rev: number;
  /** Of the sealed file, hex. */
  readonly sha256: string;
  readonly people: number;
  readonly from: OrdersSource;
  /** It was there already: nothing was written, and no event is due. */
  readonly isKnown: boolean;
}
export type TakeOrders = (bytes: Uint8Array, source: OrdersSource) => Promise<TakenOrders | Refused>;

/**
 * The one way into the roster: checks a sealed work order, merges it with what was recorded here, keeps it, and puts it into use. One at a
 * time; the same file twice changes nothing.
 * @throws StationFault `DISK_FULL`, `INTERNAL`: what was there before is still in use
 */
export function ordersTaker(options: TakeOrdersOptions): TakeOrders {
  let before: Promise<unknown> = Promise.resolve();
  return (bytes, source) => {
    const taken = before.then(() => take(bytes, source, options));
    before = taken.catch(() => undefined);
    return taken;
  };
}

async function take(
  given: Uint8Array,
  from: OrdersSource,
  { station, keys, opening, store, roster, nowMs }: TakeOrdersOptions,
): Promise<TakenOrders | Refused> {
  if (!keys) return refused('unknown-key', 'the station believes no server yet');
  // QR codes carry it without its base64.
  const bytes = from === 'qr' ? (unpackOrders(given) ?? given) : given;
  const lastRev = (id: string) => store.lastRev(id);
  const opened = await openOrders(bytes, { station, keys, opening, nowMs: nowMs(), lastRev });
  if (opened.kind === 'refused') return opened;
  const order: Order = opened.order;
  const takenAt = new Date(nowMs()).toISOString();
  const next: Omit<KeptList, 'struckOff'> = { order, from, sha256: opened.hash, takenAt };
  const merged = roster.merge(next);
  if (merged.kind === 'refused')
    return merged.why === 'clash'
      ? refused('invalid', `order ${order.id}: an entry is another person on another list`)
      : refused('replayed', `order ${order.id} rev ${order.rev}: ${merged.why}`);
  const isKnown = roster.lists().some(({ id, rev }) => id === order.id && rev === order.rev);
  if (!isKnown) keepList(roster, store, merged.list);
  const { id, rev, people } = order;
  return {
    kind: 'taken',
    order: id,
    rev,
    sha256: opened.hash,
    people: people.length,
    from,
    isKnown,
    ...merged.changes,
  };
}
