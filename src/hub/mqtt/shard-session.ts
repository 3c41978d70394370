import { shardFilter } from '../../contract/topics.ts';
import { orAbort } from '../../shared/wait.ts';
import type { Received } from '../judge.ts';
import { MqttConnection } from './connection.ts';
import { keepConnected, type LinkChange } from './keep-connected.ts';
import type { Broker } from './packets.ts';

/** A message with what it takes to acknowledge it: the connection on which it came, and its id there. */
export interface HeldMessage {
  readonly received: Received;
  readonly connection: MqttConnection;
  /** 0 = nothing to acknowledge (QoS 0). */
  readonly id: number;
}

/** Most that is buffered of one shard; from there on its socket is not read. */
const MAX_MESSAGES = 2_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** For this long the broker keeps what comes for a shard that nobody reads, s. */
const SESSION_EXPIRY_S = 7 * 24 * 3600;

/**
 * The persistent session of one shard. Its name at the broker is the shard's, whatever process reads it: a shard that moves takes
 * along what waits for it.
 */
export class ShardSession {
  readonly shard: number;
  readonly #broker: Broker;
  readonly #onMessage: () => void;
  #inbox: HeldMessage[] = [];
  #bytes = 0;
  #halt: PromiseWithResolvers<void> | undefined;
  #connection: MqttConnection | undefined;

  /** @param onMessage called after each message that is there to take */
  constructor(shard: number, broker: Broker, onMessage: () => void) {
    this.shard = shard;
    this.#broker = broker;
    this.#onMessage = onMessage;
  }

  get buffered(): number {
    return this.#inbox.length;
  }

  run(onChange: (change: LinkChange) => void, random: () => number, signal: AbortSignal): Promise<void> {
    return keepConnected((dialSignal) => this.#dial(dialSignal), onChange, random, signal);
  }

  /** The oldest messages, at most `limit` of them. */
  take(limit: number): readonly HeldMessage[] {
    const taken = this.#inbox.splice(0, limit);
    for (const { received } of taken) this.#bytes -= received.payload.length;
    this.#regulate();
    return taken;
  }

  /** Stops reading altogether, or goes on: while the database is away nothing more is taken. */
  setHalted(isHalted: boolean): void {
    if (isHalted) this.#halt ??= Promise.withResolvers<void>();
    else {
      this.#halt?.resolve();
      this.#halt = undefined;
    }
    this.#regulate();
  }

  async close(limitMs: number): Promise<void> {
    await this.#connection?.close(limitMs);
  }

  async #dial(signal: AbortSignal): Promise<MqttConnection> {
    while (this.#halt) await orAbort(this.#halt.promise, signal);
    // What comes with the CONNACK comes before `open` gives the connection back.
    const early: { readonly received: Received; readonly id: number }[] = [];
    let connection: MqttConnection | undefined;
    const add = (received: Received, id: number) => {
      if (connection) this.#add({ received, id, connection });
      else early.push({ received, id });
    };
    connection = await MqttConnection.open(
      this.#broker,
      {
        // With a dot, as no station's name: a station whose client id is its name can never be called like a shard.
        clientId: `srv.ingest.${String(this.shard).padStart(2, '0')}`,
        sessionExpiryS: SESSION_EXPIRY_S,
        receiveMaximum: MAX_MESSAGES,
        will: null,
        onMessage: (topic, payload, id) => add({ topic, payload }, id),
      },
      signal,
    );
    this.#connection = connection;
    for (const { received, id } of early) this.#add({ received, id, connection });
    this.#regulate();
    await this.#subscribe(connection, signal);
    return connection;
  }

  async #subscribe(connection: MqttConnection, signal: AbortSignal): Promise<void> {
    try {
      await connection.subscribe(shardFilter(this.shard), signal);
    } catch (error) {
      await connection.close(0);
      throw error;
    }
  }

  #add(message: HeldMessage): void {
    this.#inbox.push(message);
    this.#bytes += message.received.payload.length;
    this.#regulate();
    this.#onMessage();
  }

  #regulate(): void {
    const fill = Math.max(this.#inbox.length / MAX_MESSAGES, this.#bytes / MAX_BYTES);
    if (this.#halt || fill >= 1) this.#connection?.setPaused(true);
    else if (fill <= 0.5) this.#connection?.setPaused(false);
  }
}
