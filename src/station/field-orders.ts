import type { Settings } from '../config/settings.ts';
import { QrCollector } from '../contract/qr-parts.ts';
import type { DeskOrders } from '../desk/port.ts';
import type { StationKeys } from '../identity/station-keys.ts';
import type { Scanned } from '../kiosk/desk-protocol.ts';
import type { Log } from '../observe/log.ts';
import type { ListStore } from '../roster/port.ts';
import type { Roster } from '../roster/roster.ts';
import type { EventWriter } from './event-writer.ts';
import { OrdersFetcher } from './fetch-orders.ts';
import { forgetEnded } from './open-roster.ts';
import type { PartBoard } from './parts.ts';
import { findSticks, isOnStick, ordersAt, readOrdersFile } from './sticks.ts';
import { ordersTaker, type TakenOrders, type TakeOrders } from './take-orders.ts';
import { wantedOrders } from './wanted-orders.ts';

export interface FieldOrdersOptions {
  readonly dataDir: string;
  readonly settings: Pick<Settings, 'station' | 'orders'>;
  readonly keys: StationKeys;
  readonly store: ListStore;
  readonly roster: Roster;
  readonly events: EventWriter;
  readonly board: PartBoard;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly onChange: () => void;
}

/** Work orders on their way into the station: by network, stick and QR code. */
export class FieldOrders implements DeskOrders {
  readonly #options: FieldOrdersOptions;
  readonly #take: TakeOrders;
  readonly #collector = new QrCollector();
  readonly #held = new Set<string>();
  readonly #fetcher: OrdersFetcher | null;

  constructor(options: FieldOrdersOptions) {
    this.#options = options;
    const { dataDir, settings, keys, store, roster, log, nowMs } = options;
    const station = settings.station.id;
    const trusted = keys.trust?.keys ?? null;
    this.#take = ordersTaker({ station, keys: trusted, opening: keys.opening, store, roster, nowMs });
    for (const { sha256 } of store.read(() => undefined)) this.#held.add(sha256);
    const { url, fetchLimitMs: limitMs, retryMaxMs } = settings.orders;
    const wanted = () => (trusted ? wantedOrders(dataDir, { station, keys: trusted, nowMs: nowMs() }) : []);
    this.#fetcher =
      url === null
        ? null
        : new OrdersFetcher({
            ...{ url, limitMs, retryMaxMs, wanted, random: Math.random },
            take: this.#take,
            isHeld: (sha256) => this.#held.has(sha256),
            onTaken: (taken) => void this.#taken(taken),
            onRefused: ({ code, detail }) => this.#refused(code, detail),
            onFault: ({ code, message }) => log.warn('orders', { code, detail: message }),
          });
  }

  /** Fetches what the server's pointer names, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#fetcher?.run(signal);
  }

  /** There is a new pointer, or a link again. */
  look(): void {
    this.#fetcher?.look();
  }

  /** Lists whose lease is over are forgotten, on the disk too. */
  forgetEnded(): void {
    const { roster, store, nowMs, log, onChange } = this.#options;
    const ended = forgetEnded(roster, store, new Date(nowMs()).toISOString());
    if (ended.length === 0) return;
    log.info('orders', { detail: `lease over: ${ended.join(' ')}` });
    onChange();
  }

  async sticks() {
    return findSticks();
  }

  async importFile(path: string) {
    if (!isOnStick(path)) return 'ORDERS_REFUSED' as const;
    const sum = { added: 0, changed: 0, removed: 0, kept: 0 };
    for (const file of ordersAt(path)) {
      const taken = await this.#take(readOrdersFile(file), 'stick');
      if (taken.kind !== 'taken') {
        this.#refused(taken.code, taken.detail);
        return 'ORDERS_REFUSED' as const;
      }
      await this.#taken(taken);
      for (const key of ['added', 'changed', 'removed', 'kept'] as const) sum[key] += taken[key];
    }
    return sum;
  }

  /** Takes a scanned text when it is a part of a work order. @returns what the operator's page says of it, or `undefined` */
  async scanned(text: string): Promise<Scanned | undefined> {
    const added = this.#collector.add(text);
    if (added.kind === 'not-a-part') return undefined;
    if (added.kind === 'misread') return { kind: 'unknown' };
    if (added.kind === 'part') return { kind: 'orders-part', have: added.have, of: added.of };
    this.#collector.forget();
    const taken = await this.#take(added.bytes, 'qr');
    if (taken.kind !== 'taken') {
      this.#refused(taken.code, taken.detail);
      return { kind: 'unknown' };
    }
    await this.#taken(taken);
    return { kind: 'orders-part', have: added.of, of: added.of };
  }

  async #taken({ order, rev, sha256, people, from, isKnown }: TakenOrders): Promise<void> {
    const { events, log, onChange } = this.#options;
    this.#held.add(sha256);
    if (isKnown) return;
    await events.write('th.thuengban.roster.orders-taken.v1', { order, rev, sha256, people, from }, undefined, null);
    log.info('orders', { order, rev, people, from });
    onChange();
  }

  #refused(code: string, detail: string): void {
    this.#options.log.warn('orders', { code, detail });
  }
}
