import { createHash } from 'node:crypto';
import { type BelievedEvent, type EventReader, readEvent, readEventInPool } from '../contract/envelope/event.ts';
import { parseJson, verifyStatement } from '../contract/envelope/jws.ts';
import type { KeyRegistry } from '../contract/envelope/keys.ts';
import { epochId, seqNumber } from '../contract/ids.ts';
import { type RefusalCode, type Refused, refused } from '../contract/refusals.ts';
import { parseTopic, type UpChannel } from '../contract/topics.ts';
import { healthSchema, infoSchema, resultSchema, statusSchema } from '../contract/up.ts';

/** A message as the broker handed it over. */
export interface Received {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** What is known of one message before the database is asked. */
export type Judged =
  | { readonly kind: 'event'; readonly event: BelievedEvent; readonly body: string }
  | {
      readonly kind: 'word';
      readonly station: string;
      readonly channel: 'status' | 'info' | 'health';
      readonly doc: string;
    }
  | { readonly kind: 'result'; readonly station: string; readonly result: Result; readonly doc: string }
  | DeadLetter;

type Result = ReturnType<typeof resultSchema.parse>;

/** A message that is no event. It is kept and acknowledged: sent again it would be no better. */
export interface DeadLetter {
  readonly kind: 'dead';
  readonly received: Received;
  /** SHA-256 of topic and payload. */
  readonly hash: string;
  /** A registered station, by the topic; rubbish under invented names is counted together. */
  readonly station: string | null;
  /** Its place, only where a registered key of the station vouches for it: nobody else may make a station forget an event. */
  readonly place: { readonly epoch: string; readonly seq: number } | null;
  readonly why: Refused;
}

export interface JudgeOptions {
  readonly keys: KeyRegistry;
  readonly isRegistered: (station: string) => boolean;
  readonly nowMs: number;
}

/** Largest status, info, health or result, bytes. */
const MAX_WORD_BYTES = 64 * 1024;
const WORDS = { status: statusSchema, info: infoSchema, health: healthSchema } as const;
/** Signed by the station and not to be read: its place is known, and the station need not send it again. */
const VOUCHED: readonly RefusalCode[] = ['unknown-major', 'invalid', 'in-the-clear'];
/** PostgreSQL holds neither NUL nor half a character; JSON can say both. */
const UNKEEPABLE = /\\u(?:0000|d[89a-f])/;

/** Judges one message by itself: topic, size, signature, shape. Any input gives a value; nothing of it is thrown. */
export function judge(received: Received, options: JudgeOptions): Judged {
  try {
    const routed = route(received, options);
    if (routed.kind !== 'ev') return routed;
    return judgeEvent(received, routed, readEvent(received.payload, readerOf(routed, options)), options);
  } catch (error) {
    return tooDeep(received, error);
  }
}

/** {@link judge} whose signature is checked in the thread pool: for a batch, all at once. */
export async function judgeInPool(received: Received, options: JudgeOptions): Promise<Judged> {
  try {
    const routed = route(received, options);
    if (routed.kind !== 'ev') return routed;
    return judgeEvent(received, routed, await readEventInPool(received.payload, readerOf(routed, options)), options);
  } catch (error) {
    return tooDeep(received, error);
  }
}

/** A message on a station's topic of events. */
interface EventRoute {
  readonly kind: 'ev';
  readonly station: string;
  /** The same, when it is registered. */
  readonly known: string | null;
}

function route(received: Received, { isRegistered }: JudgeOptions): EventRoute | Judged {
  const topic = parseTopic(received.topic);
  if (topic.kind === 'refused') return dead(received, null, null, topic);
  if (topic.kind !== 'up') return dead(received, null, null, refused('garbage', 'not a topic that stations speak on'));
  const { station, channel } = topic;
  const known = isRegistered(station) ? station : null;
  return channel === 'ev' ? { kind: 'ev', station, known } : judgeWord(received, known, channel);
}

function readerOf({ station }: EventRoute, { keys, nowMs }: JudgeOptions): EventReader {
  return { station, keys, nowMs };
}

function judgeEvent(
  received: Received,
  { station, known }: EventRoute,
  read: BelievedEvent | Refused,
  options: JudgeOptions,
): Judged {
  if (read.kind === 'refused') return dead(received, known, placeOf(received, station, read, options), read);
  const { epoch } = read.envelope;
  if (!isKeepable(epoch)) return dead(received, known, null, refused('invalid', 'epoch'));
  return { kind: 'event', event: read, body: Buffer.from(received.payload).toString('latin1') };
}

/** Lists within lists, ten thousand deep, use up the stack. @throws what it is else */
function tooDeep(received: Received, error: unknown): DeadLetter {
  if (error instanceof RangeError) return dead(received, null, null, refused('garbage', 'nested too deep'));
  throw error;
}

function judgeWord(received: Received, station: string | null, channel: Exclude<UpChannel, 'ev'>): Judged {
  const fail = (why: Refused) => dead(received, station, null, why);
  if (station === null) return fail(refused('unknown-key', 'a station that is not registered'));
  if (received.payload.length > MAX_WORD_BYTES) return fail(refused('too-large', `${received.payload.length} bytes`));
  const said = parseJson(received.payload);
  if (said === undefined) return fail(refused('garbage', 'not JSON'));
  const parsed = (channel === 'res' ? resultSchema : WORDS[channel]).safeParse(said);
  const doc = parsed.success ? JSON.stringify(parsed.data) : '';
  if (!parsed.success || UNKEEPABLE.test(doc)) return fail(refused('invalid', channel));
  return channel === 'res'
    ? { kind: 'result', station, result: parsed.data as Result, doc }
    : { kind: 'word', station, channel, doc };
}

function placeOf(
  received: Received,
  station: string,
  why: Refused,
  { keys, nowMs }: JudgeOptions,
): DeadLetter['place'] {
  if (!VOUCHED.includes(why.code)) return null;
  const verified = verifyStatement('event', received.payload, keys, nowMs);
  if (verified.kind === 'refused' || verified.station !== station) return null;
  const said = parseJson(verified.payload);
  if (typeof said !== 'object' || said === null) return null;
  const { epoch, seq } = said as { readonly epoch?: unknown; readonly seq?: unknown };
  const [named, numbered] = [epochId.safeParse(epoch), seqNumber.safeParse(seq)];
  if (!named.success || !numbered.success || !isKeepable(named.data)) return null;
  return { epoch: named.data, seq: numbered.data };
}

function isKeepable(text: string): boolean {
  return !UNKEEPABLE.test(JSON.stringify(text));
}

function dead(received: Received, station: string | null, place: DeadLetter['place'], why: Refused): DeadLetter {
  const hash = createHash('sha256').update(received.topic).update('\0').update(received.payload).digest('hex');
  return { kind: 'dead', received, hash, station, place, why };
}

/** What a message becomes that the database would not take, though nothing was seen to be wrong with it. */
export function buried(received: Received): DeadLetter {
  return dead(received, null, null, refused('invalid', 'the database does not take it'));
}
