import { expect, test } from 'vitest';
import { RingLight } from './ring-light.ts';

function lamp(link: 'connected' | 'lost' = 'connected') {
  const levels: number[] = [];
  const signals = { link, ring: (level: number) => void levels.push(level) };
  return { levels, signals, ring: new RingLight(signals) };
}

test('while it is held what the panel sets waits, and comes when it is given back', () => {
  const { ring, levels } = lamp();
  ring.set(0.6);
  const held = ring.hold();
  expect(held?.level).toBe(0.6);
  expect(held?.show(0.5)).toBe(0.3);
  ring.set(1);
  expect(levels).toEqual([0.6, 0.3]);
  expect(ring.hold()).toBeNull();
  held?.[Symbol.dispose]();
  expect(levels).toEqual([0.6, 0.3, 1]);
  expect(ring.hold()?.level).toBe(1);
});

test('a dark lamp or one out of reach is not to be had, and one that was lost meanwhile is not well', () => {
  expect(lamp().ring.hold()).toBeNull();
  const { ring, signals } = lamp('lost');
  ring.set(0.7);
  expect(ring.hold()).toBeNull();
  signals.link = 'connected';
  const held = ring.hold();
  expect(held?.isWell).toBe(true);
  signals.link = 'lost';
  held?.show(0.5);
  signals.link = 'connected';
  expect(held?.isWell).toBe(false);
});
