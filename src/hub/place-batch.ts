import type { BelievedEvent } from '../contract/envelope/event.ts';
import { judgePlace } from '../contract/place.ts';
import type { Refused } from '../contract/refusals.ts';
import { isHeld, type Watermark, withHeld } from '../contract/watermark.ts';

/** More gaps than this are no bad network: what would open another one is not taken, and so is sent again. */
const MAX_GAPS_KEPT = 10_000;

/** One life of one station's journal, as it is held. */
export interface Chain {
  readonly mark: Watermark;
  /** Hash at `upto`. */
  readonly head: string | null;
}

/** A place that is taken. */
export interface HeldPlace {
  readonly hash: string;
  readonly prev: string | null;
}

export interface PlacedBatch extends Chain {
  readonly fresh: readonly BelievedEvent[];
  readonly duplicates: number;
  readonly refused: readonly { readonly event: BelievedEvent; readonly why: Refused }[];
  /** Not taken and not acknowledged. */
  readonly putOff: number;
}

/**
 * Seqs that must be looked up before events of one chain can be placed. None as long as they come in order: what lies above the
 * watermark is not held, and the hash at the watermark is its head.
 * @param isThorough ask for all: where the watermark and the places were found to differ
 */
export function placesToLookUp(chain: Chain, seqs: Iterable<number>, isThorough: boolean): ReadonlySet<number> {
  const wanted = new Set<number>();
  for (const seq of seqs)
    if (isThorough || seq <= chain.mark.upto) for (const near of [seq - 1, seq, seq + 1]) wanted.add(near);
  return wanted;
}

/** Judges events of one chain in the order in which they came. The first at a place has it; nothing is overwritten. */
export function placeBatch(
  chain: Chain,
  held: ReadonlyMap<number, HeldPlace>,
  events: readonly BelievedEvent[],
): PlacedBatch {
  const places = new Map(held);
  const fresh: BelievedEvent[] = [];
  const refused: { readonly event: BelievedEvent; readonly why: Refused }[] = [];
  let { mark, head } = chain;
  let duplicates = 0;
  let putOff = 0;
  const hashAt = (seq: number) => places.get(seq)?.hash ?? (seq === mark.upto && head !== null ? head : undefined);
  for (const event of events) {
    const { station, epoch, seq, prev } = event.envelope;
    const verdict = judgePlace(
      { station, epoch, seq, prev, hash: event.hash },
      { same: hashAt(seq), before: hashAt(seq - 1), afterPrev: places.get(seq + 1)?.prev ?? undefined },
    );
    if (verdict === 'duplicate') {
      duplicates++;
      // A watermark that was lost comes back with what is sent again.
      if (isHeld(mark, seq)) continue;
      mark = withHeld(mark, seq);
      if (mark.upto === seq) head = event.hash;
    } else if (verdict !== 'new') refused.push({ event, why: verdict });
    else {
      const next = withHeld(mark, seq);
      if (next.gaps.length > MAX_GAPS_KEPT && next.gaps.length > mark.gaps.length) {
        putOff++;
        continue;
      }
      if (next.upto > mark.upto) head = event.hash;
      mark = next;
      places.set(seq, { hash: event.hash, prev });
      fresh.push(event);
    }
  }
  return { mark, head, fresh, duplicates, refused, putOff };
}
