import type { Socket } from 'node:net';
import { type IConnackPacket, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import { within } from '../../shared/wait.ts';
import { type Broker, encode, openSocket, pubacks } from './packets.ts';

export interface ConnectionOptions {
  readonly clientId: string;
  /** 0 = nothing stays; else the broker keeps what comes while nobody is there, s. */
  readonly sessionExpiryS: number;
  /** Most messages that the broker may send ahead of their PUBACK. */
  readonly receiveMaximum: number;
  readonly will: Outgoing | null;
  /** Called for each message, from the first byte after CONNACK on; QoS 0 has the id 0. */
  onMessage(topic: string, payload: Uint8Array, id: number): void;
}

/** A message to publish with QoS 1, retained. */
export interface Outgoing {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly contentType: string;
}

/** Largest packet that is read; the broker keeps larger ones from us (MQTT 5 §3.1.2.11.4). */
const MAX_PACKET_BYTES = 1024 * 1024;
const KEEP_ALIVE_S = 30;
const CONNECT_LIMIT_MS = 10_000;
const ANSWER_LIMIT_MS = 20_000;
const REFUSED = 0x80;

/** Why a connection is over. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded';
  /** MQTT 5 reason code of a DISCONNECT or CONNACK, or `null`. */
  readonly reasonCode: number | null;

  constructor(message: string, reasonCode: number | null, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.reasonCode = reasonCode;
  }
}

/**
 * One connection to an MQTT 5 broker, from CONNACK to its end, with acknowledgements in the caller's hand: a message is
 * acknowledged when it is committed, and what is not is sent again on the next connection.
 */
export class MqttConnection {
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #ended = Promise.withResolvers<ConnectionEnded>();
  readonly #answers = new Map<string, (packet: Packet) => void>();
  #connack: IConnackPacket | undefined;
  #isOver = false;
  #isPaused = false;
  #lastReadAt = performance.now();
  #unparsedBytes = 0;
  #lastId = 0;

  private constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const read = parser({ protocolVersion: 5 });
    read.on('packet', (packet) => {
      this.#unparsedBytes = 0;
      this.#take(packet);
    });
    read.on('error', (cause) => this.#end('not MQTT', null, cause));
    socket.on('data', (chunk) => {
      this.#lastReadAt = performance.now();
      this.#unparsedBytes += chunk.length;
      if (this.#unparsedBytes > 2 * MAX_PACKET_BYTES) return this.#end('a packet larger than agreed', null);
      read.parse(chunk);
    });
    socket.on('error', (cause) => this.#end(cause.message, null, cause));
    socket.on('close', () => this.#end('the connection was closed', null));
  }

  /** @throws ConnectionEnded when nobody answers or the broker refuses */
  static async open(broker: Broker, options: ConnectionOptions, signal: AbortSignal): Promise<MqttConnection> {
    signal.throwIfAborted();
    const connection = new MqttConnection(openSocket(broker), options);
    const { clientId, sessionExpiryS, receiveMaximum, will } = options;
    const answer = connection.#answerTo('connack');
    connection.#write({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clientId,
      clean: sessionExpiryS === 0,
      keepalive: KEEP_ALIVE_S,
      ...(broker.username === null ? {} : { username: broker.username }),
      ...(broker.password === null ? {} : { password: Buffer.from(broker.password) }),
      properties: { sessionExpiryInterval: sessionExpiryS, receiveMaximum, maximumPacketSize: MAX_PACKET_BYTES },
      ...(will === null
        ? {}
        : {
            will: {
              topic: will.topic,
              payload: Buffer.from(will.payload),
              qos: 1 as const,
              retain: true,
              properties: { contentType: will.contentType },
            },
          }),
    });
    try {
      const late = () => new ConnectionEnded('no answer from the broker', null);
      const connack = (await within(connection.#orEnd(answer), CONNECT_LIMIT_MS, signal, late)) as IConnackPacket;
      const reason = connack.reasonCode ?? 0;
      if (reason >= REFUSED) throw new ConnectionEnded(`the broker refuses: 0x${reason.toString(16)}`, reason);
      connection.#connack = connack;
      connection.#keepAlive();
      return connection;
    } catch (error) {
      connection.#end('not connected', null, error);
      throw error;
    }
  }

  /** Settles when the connection is gone. */
  get ended(): Promise<ConnectionEnded> {
    return this.#ended.promise;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Messages that the broker takes ahead of its PUBACK. */
  get window(): number {
    return this.#connack?.properties?.receiveMaximum ?? 65_535;
  }

  /** @throws ConnectionEnded, also when the broker does not grant it */
  async subscribe(filter: string, signal: AbortSignal): Promise<void> {
    const messageId = this.#nextId();
    const answer = this.#answerTo(`suback ${messageId}`);
    this.#write({
      cmd: 'subscribe',
      messageId,
      subscriptions: [{ topic: filter, qos: 1, nl: false, rap: true, rh: 0 }],
    });
    const packet = await this.#answered(answer, signal);
    const granted = 'granted' in packet ? Number(packet.granted[0]) : REFUSED;
    if (granted >= REFUSED) throw new ConnectionEnded(`subscription refused: 0x${granted.toString(16)}`, granted);
  }

  /** Publishes with QoS 1, retained. @returns the reason code of the PUBACK */
  async publish({ topic, payload, contentType }: Outgoing, signal: AbortSignal): Promise<number> {
    const messageId = this.#nextId();
    const answer = this.#answerTo(`puback ${messageId}`);
    const properties = { contentType };
    this.#write({
      cmd: 'publish',
      messageId,
      topic,
      payload: Buffer.from(payload),
      qos: 1,
      retain: true,
      dup: false,
      properties,
    });
    const packet = await this.#answered(answer, signal);
    return 'reasonCode' in packet ? (packet.reasonCode ?? 0) : 0;
  }

  /** Acknowledges messages. On a connection that is over it does nothing: their ids belong to others by now. */
  acknowledge(ids: readonly number[]): void {
    if (!this.#isOver && ids.length > 0) this.#socket.write(pubacks(ids));
  }

  /** Stops reading: the broker, and behind it the network, holds the rest. */
  setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused || this.#isOver) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#socket.pause();
    else {
      this.#lastReadAt = performance.now();
      this.#socket.resume();
    }
  }

  /** Says goodbye, so that no will is sent. Never takes longer than `limitMs`. */
  async close(limitMs: number): Promise<void> {
    if (this.#isOver) return;
    // A paused socket never tells that the other side has gone.
    this.setPaused(false);
    this.#socket.end(encode({ cmd: 'disconnect', reasonCode: 0 }));
    const timer = setTimeout(() => this.#end('closed', null), limitMs);
    await this.#ended.promise;
    clearTimeout(timer);
  }

  #take(packet: Packet): void {
    if (packet.cmd === 'publish') this.#message(packet);
    else if (packet.cmd === 'disconnect') {
      const reason = packet.reasonCode ?? 0;
      this.#end(`the broker ends it: 0x${reason.toString(16)}`, reason);
    } else {
      const key = packet.messageId === undefined ? packet.cmd : `${packet.cmd} ${packet.messageId}`;
      const answer = this.#answers.get(key);
      this.#answers.delete(key);
      answer?.(packet);
    }
  }

  #message({ topic, payload, qos, messageId }: IPublishPacket): void {
    // Copied: the parser's slice would keep the whole chunk of the socket in memory.
    const bytes = Buffer.from(typeof payload === 'string' ? Buffer.from(payload) : payload);
    this.#options.onMessage(topic, bytes, qos === 0 ? 0 : (messageId ?? 0));
  }

  #answerTo(key: string): Promise<Packet> {
    const { promise, resolve } = Promise.withResolvers<Packet>();
    this.#answers.set(key, resolve);
    return promise;
  }

  #answered(answer: Promise<Packet>, signal: AbortSignal): Promise<Packet> {
    const late = () => {
      const fault = new ConnectionEnded('the broker does not answer', null);
      this.#end(fault.message, null);
      return fault;
    };
    return within(this.#orEnd(answer), ANSWER_LIMIT_MS, signal, late);
  }

  async #orEnd<T>(answer: Promise<T>): Promise<T> {
    const first = await Promise.race([answer, this.#ended.promise]);
    if (first instanceof ConnectionEnded) throw first;
    return first as T;
  }

  #write(packet: Packet): void {
    if (!this.#isOver) this.#socket.write(encode(packet));
  }

  #nextId(): number {
    do this.#lastId = (this.#lastId % 65_535) + 1;
    while (this.#answers.has(`puback ${this.#lastId}`) || this.#answers.has(`suback ${this.#lastId}`));
    return this.#lastId;
  }

  /** Pings, and takes a broker for dead that says nothing for one and a half times the agreed silence. */
  #keepAlive(): void {
    const timer = setInterval(() => {
      const silentMs = performance.now() - this.#lastReadAt;
      if (!this.#isPaused && silentMs > KEEP_ALIVE_S * 1_500) this.#end('the broker has fallen silent', null);
      else this.#write({ cmd: 'pingreq' });
    }, KEEP_ALIVE_S * 500);
    void this.#ended.promise.then(() => clearInterval(timer));
  }

  #end(message: string, reasonCode: number | null, cause?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#socket.destroy();
    this.#answers.clear();
    this.#ended.resolve(cause instanceof ConnectionEnded ? cause : new ConnectionEnded(message, reasonCode, { cause }));
  }
}
