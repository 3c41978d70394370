import { existsSync, readFileSync, statSync } from 'node:fs';
import type { EventClock } from '../contract/event-clock.ts';
import type { Clock } from '../shared/clock.ts';

/** Written by systemd-timesyncd once it has set the clock. */
const TIMESYNC_MARK = '/run/systemd/timesync/synchronized';
/** Linux makes a new one with every start. */
const BOOT_ID = '/proc/sys/kernel/random/boot_id';
/** No clock can be right that shows a time before this version was made. */
export const BUILT_AT = new Date('2026-11-22T00:00:00Z');

/** When the last event was written, and how good the clock was. */
export interface LastEvent {
  readonly time: string;
  readonly clock: Pick<EventClock, 'state'>;
}

/**
 * A moment that is certainly past: of the build, of the last event if that was written with a clock that could be trusted, or of
 * the server's last acknowledgement. An event from a clock gone ahead must not make every card look expired.
 */
export function timeFloor(lastEvent: LastEvent | undefined, acknowledgedAt: string | undefined): Date {
  const proofs = [BUILT_AT.getTime(), Date.parse(acknowledgedAt ?? '')];
  if (lastEvent?.clock.state === 'synced') proofs.push(Date.parse(lastEvent.time));
  return new Date(Math.max(...proofs.filter(Number.isFinite)));
}

/** @param trust `checked`: synced only when the system's time service says so; a service that merely runs says nothing */
export function systemClock(trust: 'checked' | 'trusted'): Clock {
  const bootId = existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : 'unknown';
  return {
    now: () => new Date(),
    // CLOCK_MONOTONIC: the same line for all programs of one start, as `bootId` is.
    monotonicMs: () => Number(process.hrtime.bigint() / 1_000_000n),
    bootId,
    get state() {
      if (Date.now() < BUILT_AT.getTime()) return 'unsynced';
      return trust === 'trusted' || existsSync(TIMESYNC_MARK) ? 'synced' : 'unsynced';
    },
    get setAt() {
      return statSync(TIMESYNC_MARK, { throwIfNoEntry: false })?.mtime.toISOString() ?? null;
    },
  };
}
