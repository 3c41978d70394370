import { readFileSync } from 'node:fs';
import mqtt, { type IClientOptions, type MqttClient, type Packet } from 'mqtt';
import { AsyncQueue } from '../../../shared/async-queue.ts';
import { asFault, StationFault } from '../../../shared/fault.ts';
import { orAbort } from '../../../shared/wait.ts';
import type { BrokerDialler, BrokerSession, IncomingMessage, OutgoingMessage } from '../../port.ts';

export interface MqttDiallerOptions {
  readonly url: string;
  /** One per station: a second connection with the same id ends the first. */
  readonly clientId: string;
  readonly username: string | null;
  readonly passwordFile: string | null;
  readonly connectTimeoutMs: number;
}

/** MQTT 5 limit when CONNACK names none (MQTT 5 §3.2.2.3.3). */
const DEFAULT_RECEIVE_MAXIMUM = 65_535;
const KEEP_ALIVE_S = 30;
/** The will waits this long, so that a short gap in the network tells nobody "lost". */
const WILL_DELAY_S = 60;
/** CONNACK reason codes from 0x80 on are the broker's own refusal; anything else is the way to it. */
const REFUSED = 0x80;

/**
 * MQTT 5 by mqtt.js, with its own reconnecting and offline queue switched off: a queue that forgets must not hold
 * results, so each call dials one fresh client and whoever calls decides when to dial again.
 */
export function mqttDialler(options: MqttDiallerOptions): BrokerDialler {
  const address = new URL(options.url).host;
  return {
    address,
    async connect({ subscribe, will }, signal) {
      signal.throwIfAborted();
      const client = mqtt.connect(options.url, connectOptions(options, will, address));
      // Listeners go on before anything can arrive: retained messages come right behind the SUBACK.
      const session = sessionOf(client);
      try {
        await orAbort(connected(client, address), signal);
        if (subscribe.length > 0) await orAbort(client.subscribeAsync([...subscribe], { qos: 1 }), signal);
        return session;
      } catch (error) {
        await session.close(0);
        throw asFault(error, 'BROKER_UNREACHABLE', address);
      }
    },
  };
}

function connectOptions(options: MqttDiallerOptions, will: OutgoingMessage, address: string): IClientOptions {
  const { username, passwordFile } = options;
  return {
    protocolVersion: 5,
    clientId: options.clientId,
    clean: true,
    keepalive: KEEP_ALIVE_S,
    connectTimeout: options.connectTimeoutMs,
    reconnectPeriod: 0,
    queueQoSZero: false,
    ...(username === null ? {} : { username }),
    ...(passwordFile === null ? {} : { password: readPassword(passwordFile, address) }),
    will: {
      topic: will.topic,
      payload: Buffer.from(will.payload),
      qos: 1,
      retain: will.retain,
      properties: { willDelayInterval: WILL_DELAY_S, contentType: will.contentType },
    },
  };
}

function readPassword(file: string, address: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new StationFault('BROKER_REFUSED', address, `the password file ${file} cannot be read`, { cause });
  }
}

function connected(client: MqttClient, address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.once('connect', () => resolve());
  client.once('error', (error) => {
    const code = (error as { code?: unknown }).code;
    const isRefusal = typeof code === 'number' && code >= REFUSED;
    reject(asFault(error, isRefusal ? 'BROKER_REFUSED' : 'BROKER_UNREACHABLE', address));
  });
  client.once('close', () => reject(new StationFault('BROKER_UNREACHABLE', address, 'no answer from the broker')));
  return promise;
}

function sessionOf(client: MqttClient): BrokerSession {
  const incoming = new AsyncQueue<IncomingMessage>();
  const reasons = new Map<number, number>();
  const end = Promise.withResolvers<Error | undefined>();
  let lastError: Error | undefined;
  client.on('message', (topic, payload) => incoming.push({ topic, payload }));
  client.on('packetreceive', (packet: Packet) => {
    // mqtt.js hands the PUBLISH back, so the PUBACK's reason (0x10: nobody listens) is only to be seen here.
    if (packet.cmd === 'puback') reasons.set(packet.messageId ?? 0, packet.reasonCode ?? 0);
  });
  client.on('error', (error) => {
    lastError = error;
  });
  client.once('close', () => {
    incoming.end();
    end.resolve(lastError);
  });
  return {
    get receiveMaximum() {
      return client.serverProperties?.receiveMaximum ?? DEFAULT_RECEIVE_MAXIMUM;
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
  // An empty list of user properties makes mqtt-packet write a packet that the broker waits on for ever.
  const hasProperties = Object.keys(message.properties).length > 0;
  if (!client.connected) reject(new Error('not connected'));
  else
    client.publish(
      message.topic,
      Buffer.from(message.payload),
      {
        qos: 1,
        retain: message.retain,
        properties: {
          contentType: message.contentType,
          ...(hasProperties ? { userProperties: { ...message.properties } } : {}),
        },
      },
      (error, packet) => {
        const id = packet?.messageId ?? 0;
        const reason = (error as { code?: unknown } | undefined)?.code;
        if (error && typeof reason !== 'number') reject(error);
        else resolve(error ? (reason as number) : (reasons.get(id) ?? 0));
        reasons.delete(id);
      },
    );
  // The callback never comes once the link is gone.
  void ended.then((cause) => reject(cause ?? new Error('the connection ended')));
  return orAbort(promise, signal);
}
