import { ingestStateSchema } from '../../contract/down.ts';
import { parseJson } from '../../contract/envelope/jws.ts';
import { INGEST_STATE_TOPIC } from '../../contract/topics.ts';
import { MqttConnection, type Outgoing } from './connection.ts';
import { keepConnected, type LinkChange } from './keep-connected.ts';
import type { Broker } from './packets.ts';

/** Most messages in flight, whatever the broker allows. */
const WINDOW = 200;
/** When another ingest says "offline" and this one is there, it says so again after 0 to this long, ms. */
const CONTRADICT_WITHIN_MS = 500;

/**
 * What one ingest process says: watermarks, and whether it is there. Everything is retained, so of each topic only the newest
 * matters: a watermark that was overtaken before it was sent is never signed.
 */
export class Speaker {
  readonly #broker: Broker;
  readonly #name: string;
  readonly #random: () => number;
  readonly #nowMs: () => number;
  readonly #waiting = new Map<string, () => Uint8Array>();
  readonly #inFlight = new Set<string>();
  #connection: MqttConnection | undefined;
  /** `null` until there is something to say: a second ingest that starts does not speak for the first. */
  #state: 'online' | 'offline' | null = null;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(broker: Broker, name: string, random: () => number, nowMs: () => number) {
    this.#broker = broker;
    this.#name = name;
    this.#random = random;
    this.#nowMs = nowMs;
  }

  run(onChange: (change: LinkChange) => void, signal: AbortSignal): Promise<void> {
    return keepConnected(
      (dialSignal) => this.#dial(dialSignal),
      (change) => {
        if (change.kind === 'connected') this.#connected(change.connection);
        onChange(change);
      },
      this.#random,
      signal,
    );
  }

  /** @param make called when it is sent, if nothing newer came by then */
  say(topic: string, make: () => Uint8Array): void {
    this.#waiting.delete(topic);
    this.#waiting.set(topic, make);
    this.#pump();
  }

  /** Says whether this ingest takes messages. */
  setState(state: 'online' | 'offline'): void {
    this.#state = state;
    this.say(INGEST_STATE_TOPIC, () => this.#stateMessage(state));
  }

  /** Says what is left to say, then goodbye. Never takes longer than `limitMs`. */
  async close(limitMs: number): Promise<void> {
    const connection = this.#connection;
    if (!connection || connection.isOver) return;
    this.#idle = Promise.withResolvers<void>();
    this.#pump();
    const timer = setTimeout(() => this.#idle?.resolve(), limitMs);
    await Promise.race([this.#idle.promise, connection.ended]);
    clearTimeout(timer);
    await connection.close(limitMs);
  }

  async #dial(signal: AbortSignal): Promise<MqttConnection> {
    const will = {
      topic: INGEST_STATE_TOPIC,
      payload: this.#stateMessage('offline'),
      contentType: 'application/json',
    };
    const connection: MqttConnection = await MqttConnection.open(
      this.#broker,
      {
        clientId: this.#name,
        sessionExpiryS: 0,
        receiveMaximum: WINDOW,
        will,
        onMessage: (topic, payload, id) => {
          queueMicrotask(() => connection.acknowledge(id === 0 ? [] : [id]));
          if (topic === INGEST_STATE_TOPIC) this.#heard(payload);
        },
      },
      signal,
    );
    try {
      await connection.subscribe(INGEST_STATE_TOPIC, signal);
    } catch (error) {
      await connection.close(0);
      throw error;
    }
    return connection;
  }

  #connected(connection: MqttConnection): void {
    this.#connection = connection;
    this.#inFlight.clear();
    if (this.#state !== null) this.setState(this.#state);
    this.#pump();
  }

  /** Another ingest went away, or the will of this one's last connection came late: this one is still there. */
  #heard(payload: Uint8Array): void {
    const said = ingestStateSchema.safeParse(parseJson(payload));
    if (!said.success || said.data.state === 'online' || this.#state !== 'online') return;
    setTimeout(
      () => this.#state === 'online' && this.setState('online'),
      this.#random() * CONTRADICT_WITHIN_MS,
    ).unref();
  }

  #pump(): void {
    const connection = this.#connection;
    if (!connection || connection.isOver) return;
    for (const [topic, make] of this.#waiting) {
      if (this.#inFlight.size >= Math.min(WINDOW, connection.window)) return;
      if (this.#inFlight.has(topic)) continue;
      this.#waiting.delete(topic);
      this.#inFlight.add(topic);
      void this.#send(connection, topic, make);
    }
    if (this.#waiting.size === 0 && this.#inFlight.size === 0) this.#idle?.resolve();
  }

  async #send(connection: MqttConnection, topic: string, make: () => Uint8Array): Promise<void> {
    const contentType = topic === INGEST_STATE_TOPIC ? 'application/json' : 'application/jose';
    const message: Outgoing = { topic, payload: make(), contentType };
    try {
      await connection.publish(message, new AbortController().signal);
      if (this.#connection === connection) this.#inFlight.delete(topic);
    } catch {
      // The connection is over: said again on the next one, unless something newer is there to say.
      if (!this.#waiting.has(topic)) this.#waiting.set(topic, make);
    }
    this.#pump();
  }

  #stateMessage(state: 'online' | 'offline'): Uint8Array {
    return Buffer.from(JSON.stringify({ state, at: new Date(this.#nowMs()).toISOString() }));
  }
}
