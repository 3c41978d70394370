import { expect, test } from 'vitest';
import { FirstSync } from './first-sync.ts';

test('TB-MSG-088 the first setting of the clock is noticed once, with what was added to it', () => {
  const start = Date.parse('2020-01-01T00:00:00Z');
  const [now, later] = [new Date(start), new Date(start + 3_600_000)];
  let time = now;
  let monotonic = 0;
  let state: 'synced' | 'unsynced' = 'unsynced';
  const clock = {
    now: () => time,
    monotonicMs: () => monotonic,
    bootId: 'b',
    setAt: null,
    get state() {
      return state;
    },
  };
  const sync = new FirstSync(clock);
  expect(sync.look()).toBeUndefined();
  state = 'synced';
  time = later;
  monotonic = 5_000;
  expect(sync.look()).toBe(3_600_000 - 5_000);
  expect(sync.look()).toBeUndefined();
  expect(new FirstSync(clock).look()).toBeUndefined();
});
