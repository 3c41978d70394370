import { INGEST_STATE_TOPIC, shardFilter, shardOf, topicsOf } from '../contract/topics.ts';
import type { BrokerDialler, OutgoingMessage } from '../publish/port.ts';
import { INGEST_CHECKS, type IngestContext } from './ingest-checks.ts';
import { type CheckResult, runChecks } from './kit.ts';
import { Peer } from './peer.ts';
import { STATION_CHECKS, type StationContext } from './station-checks.ts';

type Dial = { readonly dialler: BrokerDialler };

/** Plays a station against an ingest. @throws StationFault `BROKER_UNREACHABLE`, `BROKER_REFUSED` */
export async function* judgeIngest(
  options: Omit<IngestContext, 'peer' | 'redial'> & Dial,
  signal: AbortSignal,
): AsyncGenerator<CheckResult, void, undefined> {
  const { station } = options.identity;
  const { acknowledgement, status } = topicsOf(station);
  const said = { state: 'lost', bootId: 'conformance', epoch: 'conformance' };
  const redial = () =>
    Peer.dial(options.dialler, { subscribe: [acknowledgement, INGEST_STATE_TOPIC], will: json(status, said) }, signal);
  await using peer = await redial();
  yield* runChecks(INGEST_CHECKS, { ...options, peer, redial }, signal);
}

/** Plays a server against a station. @throws StationFault `BROKER_UNREACHABLE`, `BROKER_REFUSED` */
export async function* judgeStation(
  options: Omit<StationContext, 'peer' | 'nextNumber'> & Dial,
  signal: AbortSignal,
): AsyncGenerator<CheckResult, void, undefined> {
  const subscribe = [shardFilter(shardOf(options.station))];
  const state = (state: string) => json(INGEST_STATE_TOPIC, { state, at: new Date().toISOString() });
  await using peer = await Peer.dial(options.dialler, { subscribe, will: state('offline') }, signal);
  const online = state('online');
  await peer.publish(online.topic, online.payload, online);
  // Seconds since 1970 lie above whatever an earlier run has used; a step of two leaves room for a number between.
  let last = Math.floor(Date.now() / 1000);
  const nextNumber = () => {
    last += 2;
    return last;
  };
  yield* runChecks(STATION_CHECKS, { ...options, peer, nextNumber }, signal);
  const offline = state('offline');
  await peer.publish(offline.topic, offline.payload, offline);
}

function json(topic: string, said: object): OutgoingMessage {
  const payload = new TextEncoder().encode(JSON.stringify(said));
  return { topic, payload, qos: 1, retain: true, expiryS: null, contentType: 'application/json', properties: {} };
}
