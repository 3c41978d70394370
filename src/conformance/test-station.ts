import { randomUUID } from 'node:crypto';
import { signEvent } from '../contract/envelope/event.ts';
import type { SealingKey, Signer } from '../contract/envelope/keys.ts';
import { seal } from '../contract/envelope/sealed.ts';
import { uuidV7 } from '../shared/uuid.ts';

/** One event of the station that the kit plays. */
export interface TestEvent {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly message: Uint8Array;
}

export interface TestIdentity {
  readonly station: string;
  readonly signer: Signer;
  readonly sealing: SealingKey;
}

const VISIT = 'th.thuengban.visit.abandoned.v1';

/** Signs events as a station would, and as none should: `change` overwrites any field before it is signed. */
export function testEvent(
  { station, signer }: TestIdentity,
  place: { readonly epoch: string; readonly seq: number; readonly prev: string | null },
  change: Partial<Parameters<typeof signEvent>[0]> = {},
): TestEvent {
  const now = new Date();
  const first = { type: 'th.thuengban.journal.epoch-started.v1', data: { previous: null } };
  const later = { type: 'th.thuengban.station.tested.v1', data: { nonce: randomUUID() } };
  const fields = {
    id: uuidV7(now.getTime()),
    station,
    ...place,
    time: now.toISOString(),
    clock: { state: 'synced' as const },
    ...(place.seq === 1 ? first : later),
    ...change,
  };
  return { ...place, ...signEvent(fields, signer) };
}

/** An epoch of its own: `length` events, each of which names the one before. */
export function testChain(identity: TestIdentity, length: number): readonly TestEvent[] {
  const epoch = randomUUID();
  const events: TestEvent[] = [];
  for (let seq = 1; seq <= length; seq++)
    events.push(testEvent(identity, { epoch, seq, prev: events.at(-1)?.hash ?? null }));
  return events;
}

/** A sealed visit without an outcome, as the next event behind `before`. */
export async function sealedVisit(identity: TestIdentity, before: TestEvent): Promise<TestEvent> {
  const data = await seal({ visitId: randomUUID(), fault: null }, identity.sealing);
  const place = { epoch: before.epoch, seq: before.seq + 1, prev: before.hash };
  return testEvent(identity, place, { type: VISIT, data });
}
