import type { CommittedChain } from './chains.ts';

/** A station is at work when something of it came within this, ms. */
const ACTIVE_MS = 60_000;
/** From so many waiting messages of one shard on, stations are asked to send more slowly. */
const BACKLOG = 1_000;
/** A station's share is never less than this, events/s: it must get through in the end. */
const LEAST = 0.5;

/** Reckons how fast each station may send, from what the database has taken of late. No hint as long as the hub keeps up. */
export function rateHint() {
  const lastAt = new Map<string, number>();
  let perSecond = 0;
  let measuredAt = Number.NaN;
  return {
    committed(events: number, chains: readonly CommittedChain[], atMs: number): void {
      for (const { station } of chains) lastAt.set(station, atMs);
      const seconds = Math.max(0.001, (atMs - measuredAt) / 1_000);
      perSecond = Number.isNaN(measuredAt) ? events : perSecond * 0.8 + (events / seconds) * 0.2;
      measuredAt = atMs;
      for (const [station, at] of lastAt) if (atMs - at > ACTIVE_MS) lastAt.delete(station);
    },
    /** @returns events a second for each station, or `null` for as fast as it likes */
    value(shards: readonly { readonly buffered: number }[]): number | null {
      if (!shards.some(({ buffered }) => buffered >= BACKLOG)) return null;
      return Math.max(LEAST, Math.round((perSecond / Math.max(1, lastAt.size)) * 10) / 10);
    },
  };
}
