import { jsonSchemas } from './json-schemas.ts';
import { MESSAGES, type MessageKind, type MessageName } from './messages.ts';
import { SHARDS } from './topics.ts';
import { PROTOCOL_MAJOR } from './versions.ts';

/** Compact JWS: three parts of base64url. */
const JWS = { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$' } as const;

/**
 * The protocol as an AsyncAPI 3.0 document, seen from the station. What is inside a signed message stands in
 * `components/schemas` and is named by `x-signed-payload`.
 */
export function asyncApi(): Readonly<Record<string, unknown>> {
  const published = Object.entries(MESSAGES).filter(([, { topic }]) => topic !== null) as [MessageName, MessageKind][];
  const map = (entry: (name: MessageName, kind: MessageKind) => unknown) =>
    Object.fromEntries(published.map(([name, kind]) => [name, entry(name, kind)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Thuengban station and ingest',
      version: `${PROTOCOL_MAJOR}.0.0`,
      description:
        'Results of a shared scanning station on their way to a server, over MQTT 5. ' +
        'The clauses are in clauses.md; an event is settled by the signed acknowledgement, never by PUBACK.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      broker: { host: 'broker.example', protocol: 'secure-mqtt', protocolVersion: '5', description: 'TLS 1.3, mutual' },
    },
    channels: map((name, { title, topic }) => ({
      address: topic,
      title,
      messages: { [name]: { $ref: `#/components/messages/${name}` } },
      ...parametersOf(topic ?? ''),
    })),
    operations: map((name, kind) => ({
      action: kind.direction === 'up' ? 'send' : 'receive',
      summary: kind.title,
      channel: { $ref: `#/channels/${name}` },
      messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
      bindings: { mqtt: mqttOf(kind) },
    })),
    components: {
      parameters: {
        shard: { description: `FNV-1a (32 bit) of the station id, modulo ${SHARDS}, in decimal digits` },
        station: { description: 'Station id: 3 to 32 of a-z, 0-9 and hyphen, no hyphen first' },
      },
      messages: map((name, kind) => ({
        name,
        title: kind.title,
        contentType: kind.signed === null ? 'application/json' : 'application/jose',
        ...(kind.signed === null
          ? { payload: { $ref: `#/components/schemas/${name}` } }
          : {
              payload: JWS,
              'x-signed-payload': `#/components/schemas/${name}`,
              'x-jws-typ': `thuengban-${kind.signed}.v${PROTOCOL_MAJOR}`,
            }),
      })),
      schemas: jsonSchemas('draft-7'),
    },
  };
}

function parametersOf(topic: string) {
  const names = [...topic.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  if (names.length === 0) return {};
  return { parameters: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/parameters/${name}` }])) };
}

function mqttOf({ direction, qos, isRetained, expiryS }: MessageKind) {
  const expiry = expiryS === null ? {} : { messageExpiryInterval: expiryS };
  // What the station receives it subscribes to at QoS 1; flags of a publication are the server's.
  return direction === 'up'
    ? { qos, retain: isRetained, ...expiry, bindingVersion: '0.2.0' }
    : { qos, bindingVersion: '0.2.0' };
}
