import { createHash } from 'node:crypto';
import { MAX_ORDER_BYTES } from '../contract/orders.ts';
import type { Refused } from '../contract/refusals.ts';
import { asFault, StationFault } from '../shared/fault.ts';
import { backOffMs, pause } from '../shared/wait.ts';
import type { TakenOrders, TakeOrders } from './take-orders.ts';

/** A file that the server's pointer names. */
export interface WantedFile {
  readonly sha256: string;
  readonly size: number;
}

export interface FetchOptions {
  /** Server of the sealed files, without the path. */
  readonly url: string;
  readonly limitMs: number;
}

/**
 * Fetches one sealed file.
 * @returns its bytes: as many as were promised, with the promised hash
 * @throws StationFault `ORDERS_UNREACHABLE`; the signal's reason when that aborts
 */
export async function fetchOrder(
  { sha256, size }: WantedFile,
  { url, limitMs }: FetchOptions,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const fault = (message: string, cause?: unknown) =>
    new StationFault('ORDERS_UNREACHABLE', hostOf(url), message, { cause });
  if (size > MAX_ORDER_BYTES) throw fault(`${size} bytes are promised: too large for a work order`);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/orders/${sha256}`, { signal: limit, redirect: 'error' });
    if (!response.ok || !response.body) throw fault(`the server answers ${response.status}`);
    const parts: Uint8Array[] = [];
    let have = 0;
    for await (const part of response.body) {
      have += part.length;
      // Leaving the loop ends the transfer.
      if (have > size) throw fault(`more than the ${size} bytes that were promised`);
      parts.push(part);
    }
    const bytes = Buffer.concat(parts);
    if (have !== size || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw fault('not the file that was promised');
    return bytes;
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof StationFault
      ? cause
      : fault(limit.aborted ? `no answer within ${limitMs} ms` : 'no answer', cause);
  }
}

export interface OrdersFetcherOptions extends FetchOptions {
  readonly retryMaxMs: number;
  /** Files that the newest pointer names; asked again at every look. */
  readonly wanted: () => readonly WantedFile[];
  /** Whether a list from this file is in use. */
  readonly isHeld: (sha256: string) => boolean;
  readonly take: TakeOrders;
  readonly onTaken: (taken: TakenOrders) => void;
  /** Not taken over: of this file there is no second try. */
  readonly onRefused: (refusal: Refused) => void;
  /** Could not be fetched: tried again. */
  readonly onFault: (fault: StationFault) => void;
  readonly random: () => number;
}

const RETRY_BASE_MS = 5_000;

/** Fetches what the newest pointer names and is not held yet; waits longer after every failure, and looks at once when it is told to. */
export class OrdersFetcher {
  readonly #options: OrdersFetcherOptions;
  readonly #refused = new Set<string>();
  #bell = new AbortController();

  constructor(options: OrdersFetcherOptions) {
    this.#options = options;
  }

  /** There is a new pointer, or a link again. */
  look(): void {
    this.#bell.abort();
  }

  /** Runs until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const bell = new AbortController();
      this.#bell = bell;
      const isDone = await this.#round(signal);
      failures = isDone ? 0 : failures + 1;
      if (signal.aborted) return;
      const wake = AbortSignal.any([signal, bell.signal]);
      if (isDone) await untilAborted(wake);
      else
        await pause(
          RETRY_BASE_MS + backOffMs(failures, RETRY_BASE_MS, this.#options.retryMaxMs, this.#options.random),
          wake,
        );
    }
  }

  /** @returns whether nothing is left to fetch */
  async #round(signal: AbortSignal): Promise<boolean> {
    const { wanted, isHeld, take, onTaken, onRefused, onFault } = this.#options;
    let isDone = true;
    for (const file of wanted()) {
      if (signal.aborted) return isDone;
      if (isHeld(file.sha256) || this.#refused.has(file.sha256)) continue;
      try {
        const taken = await take(await fetchOrder(file, this.#options, signal), 'server');
        if (taken.kind === 'taken') onTaken(taken);
        else {
          this.#refused.add(file.sha256);
          onRefused(taken);
        }
        // Another file of the same revision: held under the hash of the first.
        if (taken.kind === 'taken' && !isHeld(file.sha256)) this.#refused.add(file.sha256);
      } catch (error) {
        if (signal.aborted) return isDone;
        isDone = false;
        onFault(asFault(error, 'ORDERS_UNREACHABLE', hostOf(this.#options.url)));
      }
    }
    return isDone;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
