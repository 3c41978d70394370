import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AsyncQueue } from './async-queue.ts';
import { FAULTS } from './faults.ts';
import { uuidV7 } from './uuid.ts';
import { backOffMs, orAbort, pause, within } from './wait.ts';

test('a queue of one keeps the newest', async () => {
  const queue = new AsyncQueue<number>(1);
  for (const n of [1, 2, 3]) queue.push(n);
  queue.end();
  expect(await Array.fromAsync(queue)).toEqual([3]);
});

test('a queue hands out what was pushed before it failed, then throws', async () => {
  const queue = new AsyncQueue<number>();
  queue.push(1);
  queue.fail(new Error('gone'));
  const seen: number[] = [];
  await expect(async () => {
    for await (const n of queue) seen.push(n);
  }).rejects.toThrow('gone');
  expect(seen).toEqual([1]);
});

test('an abort ends a waiting reader quietly', async () => {
  const stop = new AbortController();
  const reading = Array.fromAsync(new AsyncQueue<number>().read(stop.signal));
  stop.abort();
  expect(await reading).toEqual([]);
});

test('waits end early when aborted', async () => {
  const stop = new AbortController();
  const waiting = pause(60_000, stop.signal);
  const settled = orAbort(new Promise(() => undefined), stop.signal);
  stop.abort(new Error('enough'));
  await waiting;
  await expect(settled).rejects.toThrow('enough');
});

test('a wait within a limit ends by its promise, its limit or its signal, whichever is first', async () => {
  const { signal } = new AbortController();
  const late = () => new Error('late');
  expect(await within(Promise.resolve(1), 1_000, signal, late)).toBe(1);
  await expect(within(new Promise(() => undefined), 1, signal, late)).rejects.toThrow('late');
  const stop = new AbortController();
  const waiting = within(new Promise(() => undefined), 60_000, stop.signal, late);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

test('back-off stays between nothing and its limit', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const ms = backOffMs(attempt, 500, 120_000, () => random);
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(Math.min(120_000, 500 * 2 ** Math.min(attempt, 30)));
    }),
  );
});

test('a UUIDv7 carries its time and its version, and does not repeat', () => {
  const now = Date.parse('2026-11-22T00:00:00.123Z');
  const ids = Array.from({ length: 1000 }, () => uuidV7(now));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(ids[0]?.replaceAll('-', '').slice(0, 12) ?? '', 16)).toBe(now);
});

test('every fault tells cause and mend in both languages', () => {
  for (const [code, { cause, mend }] of Object.entries(FAULTS)) {
    expect(code).toMatch(/^[A-Z][A-Z_]+$/);
    for (const words of [cause, mend]) {
      expect(words.th, code).toMatch(/[ก-๙]/);
      expect(words.en.length, code).toBeGreaterThan(5);
    }
  }
});
