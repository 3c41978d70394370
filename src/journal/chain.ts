import { createHash } from 'node:crypto';
import type { VerifyReport } from './port.ts';

/** Lower-case hex sha256. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface EventFields {
  readonly id: string;
  readonly station: string;
  readonly epoch: string;
  readonly seq: number;
  readonly prev: string | null;
  readonly type: string;
  readonly time: string;
  readonly clock: 'synced' | 'unsynced';
  readonly data: Readonly<Record<string, unknown>>;
}

/** The event's bytes: CloudEvents 1.0 JSON. What is hashed, kept and published is this, never a re-serialisation. */
export function encodeEvent(fields: EventFields): Uint8Array {
  const { id, station, type, time, epoch, seq, prev, clock, data } = fields;
  return new TextEncoder().encode(
    JSON.stringify({
      specversion: '1.0',
      id,
      source: `urn:thuengban:station:${station}`,
      type,
      time,
      station,
      epoch,
      seq,
      prev,
      clock: { state: clock },
      datacontenttype: 'application/json',
      data,
    }),
  );
}

export interface StoredLink {
  readonly seq: number;
  readonly id: string;
  readonly epoch: string;
  readonly hash: string;
  readonly body: Uint8Array;
}

/** Walks the chain from its first event; stops at the first place that does not hold and names it. */
export function verifyChain(epoch: string, links: Iterable<StoredLink>): VerifyReport {
  let events = 0;
  let head: string | null = null;
  for (const link of links) {
    const expectedSeq: number = events + 1;
    const bad = (reason: Extract<VerifyReport, { whole: false }>['reason'], firstBadSeq: number): VerifyReport => ({
      whole: false,
      epoch,
      events,
      firstBadSeq,
      reason,
    });
    if (link.seq !== expectedSeq) return bad('gap', expectedSeq);
    if (sha256Hex(link.body) !== link.hash) return bad('hash-mismatch', link.seq);
    const said = parse(link.body);
    if (said?.seq !== link.seq || said.epoch !== link.epoch || said.id !== link.id || link.epoch !== epoch)
      return bad('body-mismatch', link.seq);
    if (said.prev !== head) return bad('prev-mismatch', link.seq);
    head = link.hash;
    events += 1;
  }
  return { whole: true, epoch, events, head };
}

function parse(body: Uint8Array): { seq?: unknown; epoch?: unknown; id?: unknown; prev?: unknown } | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
