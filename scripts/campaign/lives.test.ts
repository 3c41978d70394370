import { expect, test } from 'vitest';
import { syntheticOrder } from '../../src/roster/synthetic-order.ts';
import { livesOf, troublesOf } from './lives.ts';

const people = (count: number) =>
  syntheticOrder({ seed: 1, station: 'st-1', people: count, villages: 7, tambons: 2, day: '2026-11-18', days: 5 })
    .people;

test('the same seed makes the same lives; a small campaign still has plain visits and the troubles of a large one', () => {
  const lives = livesOf(6, people(124), 4);
  expect([...livesOf(6, people(124), 4)]).toEqual([...lives]);
  expect([...livesOf(7, people(124), 4)]).not.toEqual([...lives]);
  const counts = Map.groupBy(lives.values(), ({ story }) => story);
  expect(counts.size).toBe(16);
  expect(counts.get('own')?.length).toBeGreaterThan(60);
  expect(counts.get('represented')).toHaveLength(3);
  const few = Map.groupBy(livesOf(6, people(10), 4).values(), ({ story }) => story);
  expect(few.get('own')).toHaveLength(4);
  expect(troublesOf(124, 5)).toMatchObject({ brokerDown: 2, brokerUp: 4, batchDay: 4, walkIns: 4 });
  expect(troublesOf(10, 1)).toMatchObject({ brokerDown: null, powerCut: 1 });
});
