import { readFileSync } from 'node:fs';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { asFault, StationFault } from '../../../shared/fault.ts';
import { orAbort } from '../../../shared/wait.ts';
import type { PublishConfig } from '../../config.ts';
import type { BrokerDialler, OutgoingMessage } from '../../port.ts';
import { sessionOf } from './mqtt-session.ts';
import { ownCertificateFault, tlsFault } from './tls-faults.ts';
import { readTlsFiles, type TlsMaterial } from './tls-files.ts';

export interface MqttDiallerOptions {
  readonly url: string;
  /** One per station: a second connection with the same id ends the first. */
  readonly clientId: string;
  readonly config: Pick<
    PublishConfig,
    'username' | 'passwordFile' | 'tls' | 'connectLimitMs' | 'keepAliveS' | 'willDelayS' | 'sessionExpiryS'
  >;
  readonly nowMs: () => number;
  readonly clock: () => 'synced' | 'unsynced';
}

/** CONNACK reason codes from 0x80 on are the broker's own refusal; anything else is the way to it. */
const REFUSED = 0x80;
/** Ports of the two schemes (IANA). */
const PORTS: Readonly<Record<string, string>> = { 'mqtt:': '1883', 'mqtts:': '8883' };

/**
 * MQTT 5 by mqtt.js, with its own reconnecting and offline queue switched off: a queue that forgets must not hold
 * results, so each call dials one fresh client and whoever calls decides when to dial again.
 */
export function mqttDialler(options: MqttDiallerOptions): BrokerDialler {
  const { protocol, host, port } = new URL(options.url);
  const address = port === '' ? `${host}:${PORTS[protocol] ?? ''}` : host;
  const isTls = protocol === 'mqtts:';
  return {
    address,
    async connect({ subscribe, will }, signal) {
      signal.throwIfAborted();
      const tls = isTls ? readTlsFiles(options.config.tls) : undefined;
      const client = mqtt.connect(options.url, connectOptions(options, will, tls, address));
      // Listeners go on before anything can arrive: retained messages come right behind the SUBACK.
      const session = sessionOf(client);
      try {
        await orAbort(connected(client, address), signal);
        if (subscribe.length > 0) await orAbort(client.subscribeAsync([...subscribe], { qos: 1 }), signal);
        return session;
      } catch (error) {
        await session.close(0);
        if (signal.aborted) throw error;
        throw dialFault(error, options, tls, address);
      }
    },
  };
}

function dialFault(
  error: unknown,
  { nowMs, clock }: MqttDiallerOptions,
  tls: TlsMaterial | undefined,
  address: string,
): StationFault {
  const cause = error instanceof StationFault ? error.cause : error;
  const circumstances = { address, nowMs: nowMs(), clock: clock(), own: tls?.own };
  const named = tls && tlsFault(cause, circumstances);
  if (named) return named;
  // In TLS 1.3 the broker judges the station's certificate after the station thinks that all is well, and may just hang up.
  const isHungUp = (cause as { code?: unknown } | undefined)?.code !== 'ECONNREFUSED';
  return (tls && isHungUp && ownCertificateFault(circumstances)) || asRefusal(error, address);
}

function asRefusal(error: unknown, address: string): StationFault {
  if (error instanceof StationFault) return error;
  const code = (error as { code?: unknown } | undefined)?.code;
  const isRefusal = typeof code === 'number' && code >= REFUSED;
  return asFault(error, isRefusal ? 'BROKER_REFUSED' : 'BROKER_UNREACHABLE', address);
}

function connectOptions(
  { clientId, config }: MqttDiallerOptions,
  will: OutgoingMessage | null,
  tls: TlsMaterial | undefined,
  address: string,
): IClientOptions {
  const { username, passwordFile, connectLimitMs, keepAliveS, willDelayS, sessionExpiryS } = config;
  return {
    protocolVersion: 5,
    clientId,
    // The session outlives a gap: else the broker would send the will at once, and drop the commands of that time.
    clean: false,
    properties: { sessionExpiryInterval: will === null && !tls?.cert ? 0 : Math.max(sessionExpiryS, willDelayS) },
    keepalive: keepAliveS,
    connectTimeout: connectLimitMs,
    reconnectPeriod: 0,
    queueQoSZero: false,
    ...(username === null ? {} : { username }),
    ...(passwordFile === null ? {} : { password: readPassword(passwordFile, address) }),
    ...(tls ? tlsOptions(tls) : {}),
    ...(will === null
      ? {}
      : {
          will: {
            topic: will.topic,
            payload: Buffer.from(will.payload),
            qos: will.qos,
            retain: will.retain,
            properties: { willDelayInterval: willDelayS, contentType: will.contentType },
          },
        }),
  };
}

/** mqtt.js hands everything on to `tls.connect`, also what its own types do not name. */
function tlsOptions({ ca, cert, key }: TlsMaterial): IClientOptions & { readonly minVersion: 'TLSv1.3' } {
  return {
    minVersion: 'TLSv1.3',
    rejectUnauthorized: true,
    ...(ca ? { ca } : {}),
    ...(cert && key ? { cert, key } : {}),
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
  client.once('error', reject);
  client.once('close', () => reject(new StationFault('BROKER_UNREACHABLE', address, 'no answer from the broker')));
  return promise;
}
