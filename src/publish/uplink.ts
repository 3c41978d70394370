import { type StationTopics, topicsOf } from '../contract/topics.ts';
import type { StationStatus } from '../contract/up.ts';
import type { Journal, JournalEvent } from '../journal/port.ts';
import { asFault } from '../shared/fault.ts';
import { backOffMs, pause } from '../shared/wait.ts';
import { parseAcknowledgement } from './acknowledgement.ts';
import type { PublishConfig } from './config.ts';
import type { BrokerDialler, BrokerSession, LinkState, OutgoingMessage } from './port.ts';

export interface UplinkOptions {
  readonly station: string;
  readonly bootId: string;
  readonly journal: Journal;
  readonly dialler: BrokerDialler;
  readonly config: PublishConfig;
  readonly onState: (state: LinkState) => void;
  /** Told when the broker has taken an event (PUBACK). */
  readonly onSent: (event: JournalEvent) => void;
  readonly random: () => number;
  /** What the retained info message says now: versions, parts, outbox; no citizen. */
  readonly info: () => Readonly<Record<string, unknown>>;
  /** Told when `info()` has changed; returns the way to stop. */
  readonly onInfoChange: (listener: () => void) => () => void;
}

/** Connected this long, the next failure starts the back-off anew. */
const STABLE_MS = 10_000;
const GOODBYE_MS = 1_000;
const PUBACK_LIMIT_MS = 30_000;
/** PUBACK reason codes from 0x80 on are refusals. */
const REFUSED = 0x80;

/**
 * Drains the outbox to the broker, oldest first, and settles on the ingest's acknowledgement: a PUBACK only says that
 * the broker took it. Every resend carries the same event id. Runs until `signal` aborts; the visit never waits for it.
 */
export async function runUplink(options: UplinkOptions, signal: AbortSignal): Promise<void> {
  let attempt = 0;
  for (let session = 1; !signal.aborted; session++) {
    options.onState({ kind: 'dialling', attempt, code: null, detail: '' });
    const startedAt = performance.now();
    try {
      await runSession(options, session, signal);
      if (signal.aborted) break;
      options.onState({ kind: 'dialling', attempt, code: 'BROKER_UNREACHABLE', detail: 'the connection ended' });
    } catch (error) {
      if (signal.aborted) break;
      const fault = asFault(error, 'BROKER_UNREACHABLE', options.dialler.address);
      options.onState({ kind: 'dialling', attempt, code: fault.code, detail: fault.message });
    }
    attempt = performance.now() - startedAt > STABLE_MS ? 0 : attempt + 1;
    await pause(backOffMs(attempt, 500, options.config.backOffMaxMs, options.random), signal);
  }
  options.onState({ kind: 'off' });
}

async function runSession(options: UplinkOptions, sessionNumber: number, signal: AbortSignal): Promise<void> {
  const topics = topicsOf(options.station);
  const status = (state: StationStatus['state']) => statusMessage(options, topics, state, sessionNumber);
  const session = await options.dialler.connect({ subscribe: [topics.acknowledgement], will: status('lost') }, signal);
  const over = new AbortController();
  const live = AbortSignal.any([signal, over.signal]);
  void session.ended.then(() => over.abort());
  try {
    const acknowledged = readAcknowledgements(options, session, live);
    await session.publish(status('online'), live);
    options.onState({ kind: 'connected' });
    // The retained watermark tells what the server already has; without it all of that would be sent again.
    await Promise.race([acknowledged.first, pause(options.config.acknowledgementWaitMs, live)]);
    const informing = keepInformed(options, session, topics, live);
    await pump(options, session, topics, acknowledged.isHeard, live);
    await informing;
    if (signal.aborted)
      await session.publish(status('offline'), AbortSignal.timeout(GOODBYE_MS)).catch(() => undefined);
  } catch (error) {
    if (!over.signal.aborted) throw error;
  } finally {
    over.abort();
    await session.close(GOODBYE_MS);
  }
  const cause = await session.ended;
  if (cause) throw cause;
}

function readAcknowledgements(options: UplinkOptions, session: BrokerSession, signal: AbortSignal) {
  const { promise: first, resolve } = Promise.withResolvers<void>();
  let isHeard = false;
  const loop = async () => {
    for await (const message of session.messages(signal)) {
      const acknowledgement = parseAcknowledgement(message.payload);
      if (!acknowledgement) continue;
      isHeard = true;
      options.journal.settle(acknowledgement);
      resolve();
    }
  };
  // The messages end with the session; its cause is told there.
  void loop().catch(() => undefined);
  return { first, isHeard: () => isHeard };
}

/** Tells what the station is like at once and after changes, never more often than every few seconds. */
async function keepInformed(options: UplinkOptions, session: BrokerSession, topics: StationTopics, live: AbortSignal) {
  let changed = Promise.withResolvers<void>();
  const stop = options.onInfoChange(() => changed.resolve());
  live.addEventListener('abort', () => changed.resolve(), { once: true });
  try {
    while (!live.aborted) {
      changed = Promise.withResolvers<void>();
      if (live.aborted) return;
      // Lost info is told again after the next change or connection: never a reason to end a session.
      await session.publish(infoMessage(topics, options.info()), live).catch(() => undefined);
      await pause(options.config.infoEveryMs, live);
      await changed.promise;
    }
  } finally {
    stop();
  }
}

/**
 * Keeps up to `window` events on the way until the session ends. What the ingest has not acknowledged in time is sent
 * again, but only once an ingest has been heard: without one, sending again would help nobody.
 */
async function pump(
  options: UplinkOptions,
  session: BrokerSession,
  topics: StationTopics,
  isIngestHeard: () => boolean,
  live: AbortSignal,
) {
  const { journal, config } = options;
  const window = Math.min(config.window, session.receiveMaximum);
  const backlogEnd = journal.counts().events;
  const onTheWay = new Set<Promise<void>>();
  let wake = Promise.withResolvers<void>();
  const stopListening = journal.onAppend(() => wake.resolve());
  let sentUpTo = 0;
  let roundStartedAt = performance.now();
  let failure: unknown;
  try {
    while (!live.aborted && failure === undefined) {
      wake = Promise.withResolvers<void>();
      const [event] = onTheWay.size < window ? journal.outbox(sentUpTo, 1) : [];
      if (event) {
        sentUpTo = event.seq;
        const sending: Promise<void> = send(options, session, topics, event, live)
          .catch((error: unknown) => {
            failure ??= error;
          })
          .finally(() => {
            onTheWay.delete(sending);
            wake.resolve();
          });
        onTheWay.add(sending);
        // After a reconnection the backlog goes at a gentle pace: a thousand stations may return at once.
        if (event.seq <= backlogEnd) await pause(1000 / config.replayPerSecond, live);
        continue;
      }
      const round = new AbortController();
      await Promise.race([wake.promise, pause(config.resendAfterMs, AbortSignal.any([live, round.signal]))]);
      round.abort();
      if (performance.now() - roundStartedAt < config.resendAfterMs || onTheWay.size > 0) continue;
      roundStartedAt = performance.now();
      if (isIngestHeard()) sentUpTo = 0;
    }
  } finally {
    stopListening();
  }
  if (failure !== undefined && !live.aborted) throw failure;
}

async function send(
  options: UplinkOptions,
  session: BrokerSession,
  topics: StationTopics,
  event: JournalEvent,
  signal: AbortSignal,
): Promise<void> {
  // A dead link may never answer: then the session is given up and dialled anew.
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PUBACK_LIMIT_MS)]);
  const reason = await session.publish(eventMessage(topics, event), limit);
  if (reason >= REFUSED)
    throw asFault(new Error(`PUBACK reason 0x${reason.toString(16)}`), 'BROKER_REFUSED', options.dialler.address);
  options.journal.markSent(event.epoch, event.seq);
  options.onSent(event);
}

function eventMessage(topics: StationTopics, event: JournalEvent): OutgoingMessage {
  return {
    topic: topics.events,
    payload: event.body,
    retain: false,
    contentType: 'application/cloudevents+json',
    properties: { ce_id: event.id, ce_type: event.type, seq: String(event.seq) },
  };
}

function infoMessage(topics: StationTopics, info: Readonly<Record<string, unknown>>): OutgoingMessage {
  return {
    topic: topics.info,
    payload: new TextEncoder().encode(JSON.stringify(info)),
    retain: true,
    contentType: 'application/json',
    properties: {},
  };
}

function statusMessage(
  options: UplinkOptions,
  topics: StationTopics,
  state: StationStatus['state'],
  session: number,
): OutgoingMessage {
  const body: StationStatus = { state, session, bootId: options.bootId, epoch: options.journal.epoch };
  return {
    topic: topics.status,
    payload: new TextEncoder().encode(JSON.stringify(body)),
    retain: true,
    contentType: 'application/json',
    properties: {},
  };
}
