import { expect, test } from 'vitest';
import { encodeEvent } from '../journal/chain.ts';
import { BUILT_AT, systemClock, timeFloor } from './clock.ts';

const event = (time: string, clock: 'synced' | 'unsynced') =>
  encodeEvent({ id: 'i', station: 's', epoch: 'e', seq: 1, prev: null, type: 't', time, clock, data: {} });

test('the floor follows events of a clock that could be trusted, never one that went ahead by itself', () => {
  expect(timeFloor(undefined)).toEqual(BUILT_AT);
  expect(timeFloor(event('2028-01-01T00:00:00.000Z', 'synced'))).toEqual(new Date('2028-01-01T00:00:00.000Z'));
  expect(timeFloor(event('2031-01-01T00:00:00.000Z', 'unsynced'))).toEqual(BUILT_AT);
  expect(timeFloor(event('2020-01-01T00:00:00.000Z', 'synced'))).toEqual(BUILT_AT);
});

test('a clock that is told to be trusted is', () => {
  expect(systemClock('trusted').state).toBe('synced');
});
