/** The topic tree of the protocol's version 1. The place is not in a topic: stations move. */

const SHARDS = 64;
const ROOT = 'thuengban/v1';

/** FNV-1a, 32 bit: spreads station ids over the shards so that one consumer keeps one station's order. */
export function shardOf(station: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(station)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % SHARDS;
}

export interface StationTopics {
  readonly events: string;
  readonly status: string;
  readonly info: string;
  readonly acknowledgement: string;
}

export function topicsOf(station: string): StationTopics {
  const up = `${ROOT}/up/${shardOf(station)}/${station}`;
  return {
    events: `${up}/ev`,
    status: `${up}/status`,
    info: `${up}/info`,
    acknowledgement: `${ROOT}/down/${station}/ack`,
  };
}
