import type { BrokerDialler, BrokerSession, IncomingMessage, OutgoingMessage } from '../publish/port.ts';
import { within } from '../shared/wait.ts';
import { Breach } from './kit.ts';

const GOODBYE_MS = 1_000;
const PUBACK_LIMIT_MS = 10_000;
const KIND = { contentType: 'application/jose', properties: {} } as const;

/** One connection of the kit: what it says, and everything it has heard. */
export class Peer implements AsyncDisposable {
  readonly #session: BrokerSession;
  readonly #signal: AbortSignal;
  readonly #over = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly heard: IncomingMessage[] = [];

  private constructor(session: BrokerSession, signal: AbortSignal) {
    this.#session = session;
    this.#signal = AbortSignal.any([signal, this.#over.signal]);
    void this.#listen().catch(() => undefined);
  }

  /** @throws StationFault `BROKER_UNREACHABLE`, `BROKER_REFUSED` */
  static async dial(
    dialler: BrokerDialler,
    options: { readonly subscribe: readonly string[]; readonly will: OutgoingMessage },
    signal: AbortSignal,
  ): Promise<Peer> {
    return new Peer(await dialler.connect(options, signal), signal);
  }

  async #listen(): Promise<void> {
    for await (const message of this.#session.messages(this.#signal)) {
      this.heard.push(message);
      for (const listener of this.#listeners) listener();
    }
  }

  /** @returns the broker's reason code */
  async publish(topic: string, payload: Uint8Array, rest: Partial<OutgoingMessage> = {}): Promise<number> {
    const message = { topic, payload, qos: 1, retain: false, expiryS: null, ...KIND, ...rest } as const;
    return this.#session.publish(message, AbortSignal.any([this.#signal, AbortSignal.timeout(PUBACK_LIMIT_MS)]));
  }

  /**
   * The first message from `from` on of which `pick` makes something.
   * @param what for the breach: what was waited for
   * @throws Breach when none came in time
   */
  async waitFor<T>(
    what: string,
    limitMs: number,
    pick: (message: IncomingMessage) => T | undefined,
    from = 0,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let next = from;
    const look = () => {
      try {
        for (; next < this.heard.length; next++) {
          const found = pick(this.heard[next] as IncomingMessage);
          if (found !== undefined) return resolve(found);
        }
      } catch (error) {
        reject(error);
      }
    };
    this.#listeners.add(look);
    look();
    try {
      return await within(promise, limitMs, this.#signal, () => new Breach(`not within ${limitMs / 1000} s: ${what}`));
    } finally {
      this.#listeners.delete(look);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#session.close(GOODBYE_MS);
  }
}
