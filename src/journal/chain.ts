import { readEvent } from '../contract/envelope/event.ts';
import { messageHash } from '../contract/envelope/jws.ts';
import type { KeyRegistry } from '../contract/envelope/keys.ts';
import type { ChainFlaw, VerifyReport } from './port.ts';

/** One event as its row has it. */
export interface StoredLink {
  readonly seq: number;
  readonly id: string;
  readonly epoch: string;
  readonly type: string;
  readonly time: string;
  readonly prev: string | null;
  readonly hash: string;
  /** Signed bytes; `null` = shredded, `undefined` = they do not open. */
  readonly body: Uint8Array | null | undefined;
}

export interface ChainOptions {
  readonly epoch: string;
  readonly station: string;
  readonly keys: KeyRegistry;
  /** The last place that is known to have been taken, 0 = none. */
  readonly knownSeq: number;
}

/**
 * Walks the chain from its first event; stops at the first place that does not hold and names it. A shredded event is judged
 * by its neighbours: the hash in its row must be what the next one, signed, says of it.
 */
export function verifyChain(links: Iterable<StoredLink>, options: ChainOptions): VerifyReport {
  const { epoch } = options;
  let events = 0;
  let head: string | null = null;
  const bad = (reason: ChainFlaw, firstBadSeq: number): VerifyReport => ({
    whole: false,
    epoch,
    events,
    firstBadSeq,
    reason,
  });
  for (const link of links) {
    if (link.seq !== events + 1) return bad('gap', events + 1);
    const flaw = flawOf(link, head, options);
    if (flaw) return bad(flaw, link.seq);
    head = link.hash;
    events += 1;
  }
  if (events < options.knownSeq) return bad('cut-tail', events + 1);
  return { whole: true, epoch, events, head };
}

function flawOf(link: StoredLink, head: string | null, options: ChainOptions): ChainFlaw | undefined {
  const { body } = link;
  if (body === undefined) return 'unreadable';
  if (body !== null) {
    if (messageHash(body) !== link.hash) return 'hash-mismatch';
    const read = readEvent(body, { station: options.station, keys: options.keys, nowMs: 0 });
    if (read.kind === 'refused') return 'signature';
    const { envelope } = read;
    const isSame = (['seq', 'epoch', 'id', 'type', 'time', 'prev'] as const).every((at) => envelope[at] === link[at]);
    if (!isSame) return 'body-mismatch';
  }
  if (link.epoch !== options.epoch) return 'body-mismatch';
  return link.prev === head ? undefined : 'prev-mismatch';
}
