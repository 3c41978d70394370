import { MESSAGES, type MessageName } from '../contract/messages.ts';
import { upTopic } from '../contract/topics.ts';
import type { JournalEvent } from '../journal/port.ts';
import type { OutgoingMessage } from './port.ts';

/** Channel of each message that a station sends. */
const CHANNELS = {
  event: 'ev',
  status: 'status',
  info: 'info',
  health: 'health',
  result: 'res',
} as const satisfies Partial<Record<MessageName, string>>;
export type OutgoingName = keyof typeof CHANNELS;

/** A message as `docs/contract/asyncapi.yaml` has it: topic, QoS, retain flag and expiry are the protocol's, not the caller's. */
export function outgoing(
  name: Exclude<OutgoingName, 'event'>,
  station: string,
  body: Readonly<Record<string, unknown>>,
  correlation?: Uint8Array,
): OutgoingMessage {
  return {
    ...frame(name, station),
    payload: new TextEncoder().encode(JSON.stringify(body)),
    contentType: 'application/json',
    properties: {},
    ...(correlation === undefined ? {} : { correlation }),
  };
}

/** An event goes out as it is kept, byte for byte. */
export function outgoingEvent(station: string, event: JournalEvent): OutgoingMessage {
  return {
    ...frame('event', station),
    payload: event.body,
    contentType: contentTypeOf(event.body),
    properties: { ce_id: event.id, ce_type: event.type, seq: String(event.seq) },
  };
}

function frame(name: OutgoingName, station: string) {
  const { qos, isRetained, expiryS } = MESSAGES[name];
  return { topic: upTopic(station, CHANNELS[name]), qos, retain: isRetained, expiryS };
}

/** A signed event is a compact JWS; JSON, which begins with a brace, is what a station without keys writes. */
function contentTypeOf(body: Uint8Array): string {
  return body[0] === 0x7b ? 'application/cloudevents+json' : 'application/jose';
}
