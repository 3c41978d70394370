import { STATION_ID } from './ids.ts';
import type { Refused } from './refusals.ts';
import { refused } from './refusals.ts';
import { PROTOCOL_MAJOR } from './versions.ts';

/** The topic tree of the protocol. The place is not in a topic: stations move. */

export const SHARDS = 64;
const ROOT = `thuengban/v${PROTOCOL_MAJOR}`;
const MAX_LENGTH = 200;

export const UP_CHANNELS = ['ev', 'status', 'info', 'health', 'res'] as const;
export const DOWN_CHANNELS = ['ack', 'cmd', 'config', 'orders'] as const;
export type UpChannel = (typeof UP_CHANNELS)[number];
export type DownChannel = (typeof DOWN_CHANNELS)[number];

/** Revocations for everybody. */
export const REVOKE_TOPIC = `${ROOT}/all/revoke`;
/** Whether an ingest is there; the outbox stays closed while it is not. */
export const INGEST_STATE_TOPIC = `${ROOT}/srv/state`;

/** FNV-1a, 32 bit: spreads station ids over the shards so that one consumer keeps one station's order. */
export function shardOf(station: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(station)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % SHARDS;
}

/** @throws RangeError when `station` is no station id: a topic that is put together from anything else may be a wildcard */
export function upTopic(station: string, channel: UpChannel): string {
  return `${ROOT}/up/${shardOf(checked(station))}/${station}/${channel}`;
}

/** @throws RangeError when `station` is no station id */
export function downTopic(station: string, channel: DownChannel): string {
  return `${ROOT}/down/${checked(station)}/${channel}`;
}

/** Topic filter of everything that the stations of one shard say. @throws RangeError when there is no such shard */
export function shardFilter(shard: number): string {
  if (!Number.isInteger(shard) || shard < 0 || shard >= SHARDS) throw new RangeError(`no shard ${shard}`);
  return `${ROOT}/up/${shard}/+/+`;
}

export interface StationTopics {
  readonly events: string;
  readonly status: string;
  readonly info: string;
  readonly acknowledgement: string;
}

/** The topics that every station uses. @throws RangeError when `station` is no station id */
export function topicsOf(station: string): StationTopics {
  return {
    events: upTopic(station, 'ev'),
    status: upTopic(station, 'status'),
    info: upTopic(station, 'info'),
    acknowledgement: downTopic(station, 'ack'),
  };
}

export type ParsedTopic =
  | { readonly kind: 'up'; readonly station: string; readonly shard: number; readonly channel: UpChannel }
  | { readonly kind: 'down'; readonly station: string; readonly channel: DownChannel }
  | { readonly kind: 'revoke' }
  | { readonly kind: 'ingest-state' };

/** Reads a topic as strictly as it is written: another spelling of a station's topic would be a way round the broker's rules. */
export function parseTopic(topic: string): ParsedTopic | Refused {
  if (topic === REVOKE_TOPIC) return { kind: 'revoke' };
  if (topic === INGEST_STATE_TOPIC) return { kind: 'ingest-state' };
  if (topic.length > MAX_LENGTH) return refused('garbage', 'the topic is too long');
  const [root, version = '', direction, ...rest] = topic.split('/');
  if (root !== 'thuengban' || !/^v[1-9]\d{0,3}$/.test(version)) return refused('garbage', 'no topic of this protocol');
  if (version !== `v${PROTOCOL_MAJOR}`) return refused('unknown-major', `topic tree ${version}`);
  const [station = '', channel = ''] = direction === 'up' ? rest.slice(1) : rest;
  if (!STATION_ID.test(station)) return refused('garbage', 'no station id in the topic');
  const up = UP_CHANNELS.find((known) => known === channel);
  if (direction === 'up' && up && topic === upTopic(station, up))
    return { kind: 'up', station, shard: Number(rest[0]), channel: up };
  const down = DOWN_CHANNELS.find((known) => known === channel);
  if (direction === 'down' && down && topic === downTopic(station, down))
    return { kind: 'down', station, channel: down };
  return refused('garbage', 'no such topic');
}

function checked(station: string): string {
  if (!STATION_ID.test(station)) throw new RangeError('not a station id');
  return station;
}
