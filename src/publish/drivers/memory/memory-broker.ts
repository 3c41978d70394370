import { AsyncQueue } from '../../../shared/async-queue.ts';
import { StationFault } from '../../../shared/fault.ts';
import { orAbort } from '../../../shared/wait.ts';
import type { BrokerDialler, BrokerSession, IncomingMessage, OutgoingMessage } from '../../port.ts';

/**
 * A broker inside the process, for tests of what lies above the wire. It keeps retained messages and can be told to
 * be away, to swallow acknowledgements, or to refuse.
 */
export class MemoryBroker implements BrokerDialler {
  readonly address = 'memory';
  readonly received: OutgoingMessage[] = [];
  /** What the next connections meet. */
  mode: 'up' | 'down' | 'silent' | 'refusing' = 'up';
  receiveMaximum = 100;
  maximumPacketBytes = 1_000_000;
  /** PUBACK reason code of events from now on. */
  reason = 0;
  /** Most QoS 1 messages that were on the way at once. */
  mostOnTheWay = 0;
  readonly #retained = new Map<string, IncomingMessage>();
  readonly #sessions = new Set<{
    readonly topics: readonly string[];
    readonly queue: AsyncQueue<IncomingMessage>;
    end(error?: Error): void;
  }>();
  readonly #arrivals = new AsyncQueue<OutgoingMessage>();

  /** Every message published from now on, in order. */
  arrivals(signal: AbortSignal): AsyncIterable<OutgoingMessage> {
    return this.#arrivals.read(signal);
  }

  /** Publishes towards the station. Retained unless it has correlation data, as a command has. */
  tell(topic: string, payload: Uint8Array, correlation?: Uint8Array): void {
    const message = { topic, payload, ...(correlation ? { correlation } : {}) };
    if (!correlation) this.#retained.set(topic, message);
    for (const session of this.#sessions) if (session.topics.includes(topic)) session.queue.push(message);
  }

  /** Drops every connection. */
  cut(): void {
    for (const session of this.#sessions) session.end(new Error('connection lost'));
  }

  async connect({ subscribe }: { readonly subscribe: readonly string[] }, signal: AbortSignal): Promise<BrokerSession> {
    signal.throwIfAborted();
    if (this.mode === 'down') throw new StationFault('BROKER_UNREACHABLE', this.address, 'switched off');
    const queue = new AsyncQueue<IncomingMessage>();
    const ended = Promise.withResolvers<Error | undefined>();
    const end = (error?: Error) => {
      this.#sessions.delete(session);
      queue.end();
      ended.resolve(error);
    };
    const session = { topics: subscribe, queue, end };
    this.#sessions.add(session);
    for (const topic of subscribe) {
      const kept = this.#retained.get(topic);
      if (kept) queue.push(kept);
    }
    const gone = ended.promise.then((cause) => Promise.reject(cause ?? new Error('the connection ended')));
    gone.catch(() => undefined);
    let onTheWay = 0;
    return {
      receiveMaximum: this.receiveMaximum,
      maximumPacketBytes: this.maximumPacketBytes,
      ended: ended.promise,
      messages: (reading) => queue.read(reading),
      publish: async (message, publishing) => {
        if (!this.#sessions.has(session)) throw new Error('not connected');
        if (this.mode === 'refusing') return 0x87;
        this.received.push(message);
        this.#arrivals.push(message);
        const isSilent = this.mode === 'silent';
        onTheWay += message.qos;
        this.mostOnTheWay = Math.max(this.mostOnTheWay, onTheWay);
        try {
          // As on a wire, the answer comes later.
          await new Promise(setImmediate);
          if (isSilent) await orAbort(gone, publishing);
        } finally {
          onTheWay -= message.qos;
        }
        return message.topic.endsWith('/ev') ? this.reason : 0;
      },
      close: async () => end(),
    };
  }
}
