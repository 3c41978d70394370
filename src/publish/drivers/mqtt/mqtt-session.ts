import type { IClientPublishOptions, MqttClient, Packet } from 'mqtt';
import { AsyncQueue } from '../../../shared/async-queue.ts';
import { orAbort } from '../../../shared/wait.ts';
import type { BrokerSession, IncomingMessage, OutgoingMessage } from '../../port.ts';

/** MQTT 5 limits when CONNACK names none (§3.2.2.3.3, §3.2.2.3.6): the largest that a packet can say. */
const DEFAULT_RECEIVE_MAXIMUM = 65_535;
const DEFAULT_PACKET_BYTES = 268_435_460;
/** What the broker may say when it ends the connection, and what it means for people. */
const GOODBYES: Readonly<Record<number, string>> = {
  139: 'the broker is shutting down',
  142: 'another client took over the session: the same station id is used twice',
  147: 'too many messages on the way',
  149: 'a packet was too large',
  151: 'quota exceeded',
  152: 'ended by the operator of the broker',
};

/** One client of mqtt.js as a session of the port. To be made before anything can arrive. */
export function sessionOf(client: MqttClient): BrokerSession {
  const incoming = new AsyncQueue<IncomingMessage>();
  const reasons = new Map<number, number>();
  const end = Promise.withResolvers<Error | undefined>();
  let lastError: Error | undefined;
  client.on('message', (topic, payload, { properties }) => {
    const correlation = properties?.correlationData;
    incoming.push({ topic, payload, ...(correlation ? { correlation } : {}) });
  });
  client.on('packetreceive', (packet: Packet) => {
    // mqtt.js hands the PUBLISH back, so the PUBACK's reason (0x10: nobody listens) is only to be seen here.
    if (packet.cmd === 'puback') reasons.set(packet.messageId ?? 0, packet.reasonCode ?? 0);
  });
  client.on('disconnect', ({ reasonCode = 0 }) => {
    lastError = new Error(
      GOODBYES[reasonCode] ?? `the broker ended the connection, reason 0x${reasonCode.toString(16)}`,
    );
  });
  client.on('error', (error) => {
    lastError ??= error;
  });
  client.once('close', () => {
    incoming.end();
    end.resolve(lastError);
  });
  return {
    get receiveMaximum() {
      return client.serverProperties?.receiveMaximum ?? DEFAULT_RECEIVE_MAXIMUM;
    },
    get maximumPacketBytes() {
      return client.serverProperties?.maximumPacketSize ?? DEFAULT_PACKET_BYTES;
    },
    ended: end.promise,
    messages: (signal) => incoming.read(signal),
    publish: (message, signal) => publish(client, message, reasons, end.promise, signal),
    async close(limitMs) {
      // A graceful end may never call back once the link is dead.
      const { promise: said, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, limitMs);
      if (limitMs > 0 && client.connected) client.end(false, {}, () => resolve());
      else resolve();
      await said;
      clearTimeout(timer);
      client.end(true);
      incoming.end();
      end.resolve(lastError);
    },
  };
}

function publish(
  client: MqttClient,
  message: OutgoingMessage,
  reasons: Map<number, number>,
  ended: Promise<Error | undefined>,
  signal: AbortSignal,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  if (!client.connected) reject(new Error('not connected'));
  else
    client.publish(message.topic, Buffer.from(message.payload), publishOptions(message), (error, packet) => {
      const id = packet?.messageId ?? 0;
      const reason = (error as { code?: unknown } | undefined)?.code;
      if (error && typeof reason !== 'number') reject(error);
      else resolve(error ? (reason as number) : (reasons.get(id) ?? 0));
      reasons.delete(id);
    });
  // The callback never comes once the link is gone.
  void ended.then((cause) => reject(cause ?? new Error('the connection ended')));
  return orAbort(promise, signal);
}

function publishOptions({ qos, retain, contentType, expiryS, properties, correlation }: OutgoingMessage) {
  // An empty list of user properties makes mqtt-packet write a packet that the broker waits on for ever.
  const hasProperties = Object.keys(properties).length > 0;
  return {
    qos,
    retain,
    properties: {
      contentType,
      ...(expiryS === null ? {} : { messageExpiryInterval: expiryS }),
      ...(correlation === undefined ? {} : { correlationData: Buffer.from(correlation) }),
      ...(hasProperties ? { userProperties: { ...properties } } : {}),
    },
  } satisfies IClientPublishOptions;
}
