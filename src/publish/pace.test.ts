import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

test('TB-MSG-106 whatever the rate and however late the timers, no more go than the rate allows, and hardly fewer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), fc.array(fc.integer({ min: 0, max: 15 })), (rate, lateness) => {
      const pace = new Pace(10);
      pace.hint = rate;
      let now = 1_000_000;
      const startedAt = now;
      let sent = 0;
      for (const late of [...lateness, ...Array.from({ length: 200 }, () => 1)]) {
        now += Math.ceil(pace.waitMs(now)) + late;
        while (pace.waitMs(now) === 0 && sent < 100_000) {
          pace.spend(now);
          sent += 1;
        }
      }
      const most = ((now - startedAt + 21) * rate) / 1000 + 1;
      expect(sent).toBeLessThanOrEqual(most + 1);
      expect(sent).toBeGreaterThan(((now - startedAt) * rate) / 1000 - 2);
    }),
  );
});

test('without a wish of the server its own rate holds; a wish holds at once', () => {
  const pace = new Pace(10);
  pace.spend(1_000);
  expect(pace.waitMs(1_000)).toBe(80);
  expect(pace.isAsked).toBe(false);
  pace.hint = 1;
  expect(pace.waitMs(1_000)).toBe(0);
  pace.spend(1_000);
  expect(pace.waitMs(1_000)).toBe(980);
  pace.hint = null;
  expect(pace.isAsked).toBe(false);
});
