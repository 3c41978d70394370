import { expect, test } from 'vitest';
import { BUILT_AT, systemClock, timeFloor } from './clock.ts';

const event = (time: string, state: 'synced' | 'unsynced') => ({ time, clock: { state } });

test('the floor follows events of a clock that could be trusted, never one that went ahead by itself', () => {
  expect(timeFloor(undefined, undefined)).toEqual(BUILT_AT);
  expect(timeFloor(event('2028-01-01T00:00:00.000Z', 'synced'), undefined)).toEqual(
    new Date('2028-01-01T00:00:00.000Z'),
  );
  expect(timeFloor(event('2031-01-01T00:00:00.000Z', 'unsynced'), undefined)).toEqual(BUILT_AT);
  expect(timeFloor(event('2020-01-01T00:00:00.000Z', 'synced'), undefined)).toEqual(BUILT_AT);
});

test('the floor follows what the server has acknowledged', () => {
  const later = '2027-03-01T00:00:00.000Z';
  expect(timeFloor(event('2020-01-01T00:00:00.000Z', 'unsynced'), later)).toEqual(new Date(later));
});

test('a clock that is told to be trusted is; its monotonic time is that of the machine', () => {
  const clock = systemClock('trusted');
  expect(clock.state).toBe('synced');
  expect(clock.bootId).not.toBe('');
  expect(clock.monotonicMs()).toBeGreaterThan(performance.now());
});
