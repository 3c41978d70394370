import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { OrdersPointer } from '../contract/down.ts';
import { messageHash } from '../contract/envelope/jws.ts';
import { sealOrders } from '../contract/envelope/orders.ts';
import { instant, sha256 } from '../contract/ids.ts';
import { orderSchema, type WorkOrder } from '../contract/orders.ts';
import { fromPublicJwk } from '../contract/trust.ts';
import { StationFault } from '../shared/fault.ts';
import { controllingSigner } from './server-keys.ts';
import { readStations } from './stations-folder.ts';
import { writeOnce } from './write-file.ts';

/** What is in force for one station: its newest file of each order, and the number of the last pointer. */
const stateSchema = z.object({
  rev: z.int().nonnegative(),
  orders: z.record(
    z.string(),
    z.object({ rev: z.int().positive(), sha256, size: z.int().positive(), validUntil: instant }),
  ),
});
type State = z.infer<typeof stateSchema>;

/** A work order that was sealed and signed. */
export interface SealedOrder {
  readonly order: WorkOrder;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** What is to be published, retained, so that the station fetches it. */
  readonly pointer: OrdersPointer;
}

const MOST_MORE = 20;
const folderOf = (dir: string) => join(dir, 'orders');

/** Where the sealed file of this hash lies. */
export function orderPath(dir: string, hash: string): string {
  return join(folderOf(dir), `${hash}.orders`);
}

/**
 * Checks a work order's document, seals it to the station and signs it. The file is kept for `hub serve-orders`.
 * @throws StationFault `HUB_ORDERS` with the place in the document, `HUB_KEYS`, `HUB_REGISTER`
 */
export async function makeOrders(dir: string, station: string, document: string, now: Date): Promise<SealedOrder> {
  const order = parseOrder(document, station);
  const registered = readStations(dir).find((one) => one.station === station);
  if (!registered) throw new StationFault('HUB_ORDERS', station, 'the station is not registered');
  const { receiving } = registered;
  if (!receiving)
    throw new StationFault('HUB_ORDERS', station, 'its document names no receiving key: register it anew');
  if (order.validUntil <= now.toISOString()) throw new StationFault('HUB_ORDERS', station, 'validUntil is past');
  const state = readState(dir, station);
  const last = state.orders[order.id];
  if (last && order.rev < last.rev)
    throw new StationFault('HUB_ORDERS', station, `revision ${order.rev} after ${last.rev}: raise rev`);
  const to = { kid: receiving.kid, key: fromPublicJwk(receiving) };
  const bytes = await sealOrders(order, to, controllingSigner(dir)).catch((cause: unknown) => {
    if (!(cause instanceof RangeError)) throw cause;
    throw new StationFault('HUB_ORDERS', station, cause.message, { cause });
  });
  const hash = messageHash(bytes);
  mkdirSync(folderOf(dir), { recursive: true, mode: 0o700 });
  writeOnce(orderPath(dir, hash), bytes, 0o600);
  const own = { rev: order.rev, sha256: hash, size: bytes.length, validUntil: order.validUntil };
  const inForce = Object.entries({ ...state.orders, [order.id]: own }).filter(
    ([, one]) => one.validUntil > now.toISOString(),
  );
  const next: State = { rev: state.rev + 1, orders: Object.fromEntries(inForce) };
  writeOnce(statePath(dir, station), `${JSON.stringify(next, null, 2)}\n`, 0o600);
  const more = inForce
    .filter(([id]) => id !== order.id)
    .slice(-MOST_MORE)
    .map(([, one]) => ({ sha256: one.sha256, size: one.size }));
  const pointer = { station, rev: next.rev, sha256: hash, size: bytes.length, more, at: now.toISOString() };
  return { order, bytes, sha256: hash, pointer };
}

const statePath = (dir: string, station: string) => join(folderOf(dir), `${station}.json`);

function parseOrder(document: string, station: string): WorkOrder {
  const order = readOrder(document, station);
  if (order.station !== station) throw new StationFault('HUB_ORDERS', station, 'the document is for another station');
  return order;
}

/**
 * Reads a work order's document.
 * @param part what it is called in a fault
 * @throws StationFault `HUB_ORDERS` with the places in the document
 */
export function readOrder(document: string, part: string): WorkOrder {
  let said: unknown;
  try {
    said = JSON.parse(document);
  } catch (cause) {
    throw new StationFault('HUB_ORDERS', part, 'no JSON', { cause });
  }
  const parsed = orderSchema.safeParse(said);
  // Places only: what stands there is of people.
  if (!parsed.success) {
    const places = parsed.error.issues
      .slice(0, 10)
      .map(({ path, message }) => `${path.join('.') || 'order'}: ${message}`);
    throw new StationFault('HUB_ORDERS', part, places.join('; '));
  }
  return parsed.data;
}

function readState(dir: string, station: string): State {
  const path = statePath(dir, station);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { rev: 0, orders: {} };
    throw new StationFault('HUB_ORDERS', path, 'it cannot be read', { cause });
  }
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new StationFault('HUB_ORDERS', path, 'not a file of this server', { cause });
  }
}
