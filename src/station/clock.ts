import { existsSync } from 'node:fs';
import type { Clock } from '../shared/clock.ts';

/** Written by systemd-timesyncd once it has set the clock. */
const TIMESYNC_MARK = '/run/systemd/timesync/synchronized';
/** No clock can be right that shows a time before this version was made. */
export const BUILT_AT = new Date('2026-11-22T00:00:00Z');

/**
 * A moment that is certainly past: of the build, or of the last event if that was written with a clock that could be
 * trusted. An event from a clock gone ahead must not make every card look expired.
 */
export function timeFloor(lastEvent: Uint8Array | undefined): Date {
  if (!lastEvent) return BUILT_AT;
  const { time, clock } = JSON.parse(new TextDecoder().decode(lastEvent));
  const at = new Date(time);
  return clock?.state === 'synced' && at > BUILT_AT ? at : BUILT_AT;
}

/** @param trust `checked`: synced only when the system's time service says so; a service that merely runs says nothing */
export function systemClock(trust: 'checked' | 'trusted'): Clock {
  return {
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    get state() {
      if (Date.now() < BUILT_AT.getTime()) return 'unsynced';
      return trust === 'trusted' || existsSync(TIMESYNC_MARK) ? 'synced' : 'unsynced';
    },
  };
}
