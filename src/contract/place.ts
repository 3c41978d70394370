import { type Refused, refused } from './refusals.ts';

/** An event's place in its station's chain. */
export interface Place {
  readonly station: string;
  readonly epoch: string;
  readonly seq: number;
  /** Of the event before, as this one says. */
  readonly prev: string | null;
  /** Of this one, as it was published. */
  readonly hash: string;
}

/** What the reader already holds of the same station and epoch: hashes at `seq`, `seq - 1` and `seq + 1`. */
export interface Neighbours {
  readonly same: string | undefined;
  readonly before: string | undefined;
  /** What the event after says of its `prev`. */
  readonly afterPrev: string | undefined;
}

/**
 * Judges where an event belongs. Order of arrival does not matter: an event may come before the one that it follows, and the
 * link is judged when the second of the two is there.
 * @returns `new`, `duplicate` (count it and acknowledge it again) or a refusal: `fork`, `chain-broken`
 */
export function judgePlace(place: Place, held: Neighbours): 'new' | 'duplicate' | Refused {
  const at = `${place.station} ${place.epoch} ${place.seq}`;
  if (held.same !== undefined) return held.same === place.hash ? 'duplicate' : refused('fork', at);
  if ((place.prev === null) !== (place.seq === 1)) return refused('chain-broken', `${at}: prev of the wrong kind`);
  if (held.before !== undefined && held.before !== place.prev) return refused('chain-broken', `${at}: prev differs`);
  if (held.afterPrev !== undefined && held.afterPrev !== place.hash)
    return refused('chain-broken', `${at}: next differs`);
  return 'new';
}
