import type { EventClock } from '../event-clock.ts';
import { type EventEnvelope, envelopeSchema, eventKind } from '../events.ts';
import { type Refused, refused } from '../refusals.ts';
import { PROTOCOL_MAJOR, parseEventType } from '../versions.ts';
import { messageHash, parseJson, signStatement, type Verified, verifyStatement, verifyStatementInPool } from './jws.ts';
import type { KeyRegistry, OpeningKeys, Signer } from './keys.ts';
import { sealedTo, unseal } from './sealed.ts';

/** What a station says in one event. */
export interface EventFields {
  readonly id: string;
  readonly station: string;
  readonly epoch: string;
  readonly seq: number;
  readonly prev: string | null;
  readonly type: string;
  readonly time: string;
  readonly clock: EventClock;
  /** A sealed text of {@link seal}, or an object that holds nothing of a person. */
  readonly data: string | Readonly<Record<string, unknown>>;
}

/** An event as it is published, and the hash that the next one names as `prev`. */
export interface SignedEvent {
  readonly message: Uint8Array;
  readonly hash: string;
}

/**
 * Makes the event's bytes: CloudEvents 1.0 JSON in a JWS. What is hashed, kept and published is this, never made anew.
 * @throws TypeError when data that must be sealed is not: a bug that must not reach the disk
 */
export function signEvent(fields: EventFields, signer: Signer): SignedEvent {
  if (eventKind(fields.type)?.isSealed && typeof fields.data !== 'string')
    throw new TypeError(`${fields.type} must be sealed`);
  const { id, station, type, time, epoch, seq, prev, clock, data } = fields;
  const envelope: EventEnvelope = {
    specversion: '1.0',
    id,
    source: sourceOf(station),
    type,
    time,
    station,
    epoch,
    seq,
    prev,
    clock,
    datacontenttype: typeof data === 'string' ? 'application/jose' : 'application/json',
    data: typeof data === 'string' ? data : { ...data },
  };
  const message = signStatement('event', Buffer.from(JSON.stringify(envelope)), signer);
  return { message, hash: messageHash(message) };
}

export interface BelievedEvent {
  readonly kind: 'event';
  readonly envelope: EventEnvelope;
  readonly kid: string;
  readonly hash: string;
  /** `false`: an event that a newer minor version knows. It is kept like any other. */
  readonly isKnownType: boolean;
}

/** From where an event came, and by what it is believed. */
export interface EventReader {
  /** Of the topic on which it came. */
  readonly station: string;
  readonly keys: KeyRegistry;
  /** The reader's clock, for keys past their end; the event's own time decides nothing. */
  readonly nowMs: number;
}

/**
 * Reads an event as the ingest does: without any key that opens sealed data.
 * @returns the event, or a refusal with a code: the caller keeps it as a dead letter and goes on
 */
export function readEvent(message: Uint8Array, reader: EventReader): BelievedEvent | Refused {
  return believed(verifyStatement('event', message, reader.keys, reader.nowMs), reader.station);
}

/** {@link readEvent} whose signature is checked in the thread pool. */
export async function readEventInPool(message: Uint8Array, reader: EventReader): Promise<BelievedEvent | Refused> {
  return believed(await verifyStatementInPool('event', message, reader.keys, reader.nowMs), reader.station);
}

function believed(verified: Verified | Refused, station: string): BelievedEvent | Refused {
  if (verified.kind === 'refused') return verified;
  const said = parseJson(verified.payload);
  const newer = newerMajor(said);
  if (newer !== undefined) return refused('unknown-major', newer);
  const parsed = envelopeSchema.safeParse(said);
  if (!parsed.success) return refused('invalid', fieldsOf(parsed.error));
  const envelope = parsed.data;
  if (envelope.station !== verified.station) return refused('wrong-key', `${verified.kid} is not the station's`);
  if (envelope.station !== station || envelope.source !== sourceOf(envelope.station))
    return refused('wrong-station', 'topic, source and station differ');
  if (!parseEventType(envelope.type)) return refused('invalid', 'type');
  const kind = eventKind(envelope.type);
  const wrong = wrongData(envelope, kind);
  if (wrong) return wrong;
  return { kind: 'event', envelope, kid: verified.kid, hash: verified.hash, isKnownType: kind !== undefined };
}

/** Opens an event's sealed data as the vault does, and holds it to the schema of its type. */
export async function openEventData(
  envelope: EventEnvelope,
  keys: OpeningKeys,
): Promise<{ readonly kind: 'opened'; readonly data: Readonly<Record<string, unknown>> } | Refused> {
  const opened =
    typeof envelope.data === 'string'
      ? await unseal(envelope.data, keys)
      : { kind: 'opened' as const, data: envelope.data };
  if (opened.kind === 'refused') return opened;
  const kind = eventKind(envelope.type);
  if (!kind) return opened;
  const parsed = kind.data.safeParse(opened.data);
  return parsed.success ? { kind: 'opened', data: parsed.data } : refused('invalid', fieldsOf(parsed.error));
}

function wrongData({ data, datacontenttype }: EventEnvelope, kind: ReturnType<typeof eventKind>): Refused | undefined {
  const isSealed = datacontenttype === 'application/jose';
  if (isSealed !== (typeof data === 'string')) return refused('invalid', 'data is not of its content type');
  if (kind?.isSealed && !isSealed) return refused('in-the-clear', 'this type is published sealed only');
  if (typeof data === 'string')
    return sealedTo(data) === undefined ? refused('invalid', 'data is not sealed') : undefined;
  const parsed = kind?.data.safeParse(data);
  return parsed && !parsed.success ? refused('invalid', fieldsOf(parsed.error)) : undefined;
}

/** A newer major version says so in its type or its CloudEvents version; its other fields may have any shape. */
function newerMajor(said: unknown): string | undefined {
  if (typeof said !== 'object' || said === null) return undefined;
  const { specversion, type } = said as { specversion?: unknown; type?: unknown };
  if (typeof specversion === 'string' && specversion !== '1.0') return 'another CloudEvents version';
  const parsed = typeof type === 'string' ? parseEventType(type) : undefined;
  return parsed && parsed.major !== PROTOCOL_MAJOR ? `${parsed.name}, version ${parsed.major}` : undefined;
}

function sourceOf(station: string): string {
  return `urn:thuengban:station:${station}`;
}

/** Names of the fields that are wrong, never what they hold. */
function fieldsOf(error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }): string {
  return error.issues
    .slice(0, 5)
    .map(({ path }) => path.map(String).join('.').slice(0, 100))
    .join(', ');
}
