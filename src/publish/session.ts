import { downTopic, INGEST_STATE_TOPIC, REVOKE_TOPIC } from '../contract/topics.ts';
import type { StationStatus } from '../contract/up.ts';
import { StationFault } from '../shared/fault.ts';
import { orAbort, pause } from '../shared/wait.ts';
import type { Answer } from './commands.ts';
import { reported } from './desired.ts';
import { hear } from './downlink.ts';
import { limited } from './inflight.ts';
import { outgoing } from './outgoing.ts';
import type { BrokerSession } from './port.ts';
import type { UplinkState } from './uplink-state.ts';

const GOODBYE_MS = 1_000;
const PUBACK_LIMIT_MS = 30_000;
const REFUSED = 0x80;

/** Every topic on which the server speaks to this station. */
export function listensTo(station: string): readonly string[] {
  const own = (['ack', 'cmd', 'config', 'orders'] as const).map((channel) => downTopic(station, channel));
  return [...own, REVOKE_TOPIC, INGEST_STATE_TOPIC];
}

/**
 * One connection, from its dial to its end.
 * @param number counts the connections of this boot: a late will of an older one is void
 * @throws StationFault of the dial, `BROKER_REFUSED`, or what ended the connection
 */
export async function runSession(state: UplinkState, number: number, signal: AbortSignal): Promise<void> {
  const { station, config, dialler, journal, bootId, watch } = state.options;
  const status = (said: StationStatus['state']) =>
    outgoing('status', station, { state: said, session: number, bootId, epoch: journal.epoch });
  const session = limited(await dial(state, status('lost'), signal));
  const over = new AbortController();
  const live = AbortSignal.any([signal, over.signal]);
  void session.ended.then(() => over.abort());
  let fault: unknown;
  const fail = (error: unknown) => {
    fault ??= error;
    over.abort();
  };
  state.outbox.begin();
  try {
    const heard = listen(state, session, live, fail);
    const reason = await publishWithin(session, status('online'), live);
    if (reason >= REFUSED)
      throw new StationFault('BROKER_REFUSED', dialler.address, `status was refused, reason 0x${reason.toString(16)}`);
    watch.state({ kind: 'connected' });
    // The retained watermark tells what the server already has; without it all of that would be sent again.
    await Promise.race([heard, pause(config.acknowledgementWaitMs, live)]);
    const others = Promise.all([keepInformed(state, session, live), tellHealth(state, session, live)]);
    await state.outbox.run(session, live);
    // The link is well and the journal has begun a new epoch: that one has a connection, a status and a will of its own.
    if (!signal.aborted) over.abort();
    await others;
    if (signal.aborted)
      await session.publish(status('offline'), AbortSignal.timeout(GOODBYE_MS)).catch(() => undefined);
  } catch (error) {
    if (!over.signal.aborted) throw error;
  } finally {
    over.abort();
    await session.close(GOODBYE_MS);
  }
  if (fault !== undefined) throw fault;
  const cause = await session.ended;
  if (cause) throw cause;
}

async function dial(state: UplinkState, will: ReturnType<typeof outgoing>, signal: AbortSignal) {
  const { station, config, dialler } = state.options;
  const limit = AbortSignal.timeout(config.connectLimitMs);
  try {
    return await dialler.connect({ subscribe: listensTo(station), will }, AbortSignal.any([signal, limit]));
  } catch (cause) {
    if (signal.aborted || !limit.aborted) throw cause;
    const detail = `no answer within ${config.connectLimitMs} ms`;
    throw new StationFault('BROKER_UNREACHABLE', dialler.address, detail, { cause });
  }
}

/**
 * Hears what the server says until the session ends, one message after the other.
 * @returns resolves when a watermark and the state of the ingest have been heard
 */
function listen(
  state: UplinkState,
  session: BrokerSession,
  live: AbortSignal,
  fail: (error: unknown) => void,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const heard = new Set<string>();
  const loop = async () => {
    tellLastAnswer(state, session, live);
    for await (const message of session.messages(live)) {
      const what = hear(message, state.downlink);
      if (what.kind === 'answer') void tell(state, session, what.answer, live);
      heard.add(what.kind);
      if (heard.has('acknowledgement') && heard.has('ingest-state')) resolve();
    }
  };
  // A fault here is the station's own (its memory cannot be written): the session ends and is dialled anew.
  void loop().catch((error: unknown) => {
    if (!live.aborted) fail(error);
  });
  return promise;
}

/** The broker has to have the answer before the station does what may end it. */
async function tell(state: UplinkState, session: BrokerSession, answer: Answer, live: AbortSignal): Promise<void> {
  const { station, memory } = state.options;
  try {
    await publishWithin(session, outgoing('result', station, answer.result, answer.correlation), live);
    const remembered = memory.read();
    if (remembered.lastCommand?.id === answer.result.id && !remembered.lastCommand.isTold)
      memory.write({ ...remembered, lastCommand: { ...remembered.lastCommand, isTold: true } });
  } catch {
    // It is told again on the next connection.
  }
  answer.afterwards?.();
}

/** An answer that the broker has not taken before the link or the station ended. */
function tellLastAnswer(state: UplinkState, session: BrokerSession, live: AbortSignal): void {
  const { lastCommand } = state.options.memory.read();
  if (!lastCommand || lastCommand.isTold || !lastCommand.result) return;
  const { result, correlation } = lastCommand;
  const answer: Answer = {
    refusal: undefined,
    name: 'unknown',
    result,
    correlation: correlation === null ? undefined : Buffer.from(correlation, 'base64'),
    afterwards: undefined,
  };
  void tell(state, session, answer, live);
}

/** Tells what the station is like at once and after changes, never more often than every few seconds. */
async function keepInformed(state: UplinkState, session: BrokerSession, live: AbortSignal): Promise<void> {
  const { station, config, info, memory } = state.options;
  while (!live.aborted) {
    const changed = state.info.next();
    const body = { ...info(), ...reported(memory.read(), state.startedWith) };
    // Lost info is told again after the next change or connection: never a reason to end a session.
    await publishWithin(session, outgoing('info', station, body), live).catch(() => undefined);
    await pause(config.infoEveryMs, live);
    await orAbort(changed, live).catch(() => undefined);
  }
}

async function tellHealth(state: UplinkState, session: BrokerSession, live: AbortSignal): Promise<void> {
  const { station, config, health, nowMs } = state.options;
  while (!live.aborted) {
    const body = { at: new Date(nowMs()).toISOString(), figures: await health() };
    await session.publish(outgoing('health', station, body), live).catch(() => undefined);
    const asked = state.health.next();
    await Promise.race([asked, pause(config.healthEveryMs, live)]);
  }
}

/** A dead link may never answer. */
function publishWithin(session: BrokerSession, message: ReturnType<typeof outgoing>, live: AbortSignal) {
  return session.publish(message, AbortSignal.any([live, AbortSignal.timeout(PUBACK_LIMIT_MS)]));
}
