import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/shared/clock.ts';
import { systemClock } from '../../src/station/clock.ts';

/** A good clock that shows another time than the machine's, as of a machine that was just started. */
export function clockOf(offsetMs: number): Clock {
  const { monotonicMs } = systemClock('trusted');
  return {
    now: () => new Date(Date.now() + offsetMs),
    monotonicMs,
    bootId: randomUUID(),
    state: 'synced',
    setAt: null,
  };
}
