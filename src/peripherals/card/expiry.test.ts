import { describe, expect, test } from 'vitest';
import { bangkokDay } from '../../shared/bangkok-day.ts';
import { expiryVerdict } from './expiry.ts';

const FLOOR = new Date('2026-01-01T00:00:00Z');

describe('expiryVerdict', () => {
  test.each([
    { name: 'lifetime', date: undefined, today: '2026-06-15T03:00:00Z', clock: 'unsynced', verdict: 'valid' },
    { name: 'tomorrow', date: '2026-06-16', today: '2026-06-15T03:00:00Z', clock: 'synced', verdict: 'valid' },
    {
      name: 'today is still valid',
      date: '2026-06-15',
      today: '2026-06-15T03:00:00Z',
      clock: 'synced',
      verdict: 'valid',
    },
    {
      name: 'its last minute in Bangkok',
      date: '2026-06-15',
      today: '2026-06-15T16:59:59Z',
      clock: 'synced',
      verdict: 'valid',
    },
    {
      name: 'past midnight in Bangkok',
      date: '2026-06-15',
      today: '2026-06-15T17:00:00Z',
      clock: 'synced',
      verdict: 'expired',
    },
    { name: 'yesterday', date: '2026-06-14', today: '2026-06-15T03:00:00Z', clock: 'synced', verdict: 'expired' },
    {
      name: 'clock not trusted',
      date: '2026-06-14',
      today: '2026-06-15T03:00:00Z',
      clock: 'unsynced',
      verdict: 'unchecked',
    },
    {
      name: 'clock at 1970',
      date: '2026-06-14',
      today: '1970-01-01T00:00:00Z',
      clock: 'unsynced',
      verdict: 'unchecked',
    },
    {
      name: 'before the floor, clock not trusted',
      date: '2025-12-31',
      today: '1970-01-01T00:00:00Z',
      clock: 'unsynced',
      verdict: 'expired',
    },
  ] as const)('$name: $verdict', ({ date, today, clock, verdict }) => {
    const expiry = date === undefined ? ({ kind: 'lifetime' } as const) : ({ kind: 'date', date } as const);
    expect(expiryVerdict({ expiry }, new Date(today), clock, FLOOR)).toBe(verdict);
  });
});

test('the day changes at 17:00 UTC', () => {
  expect(bangkokDay(new Date('2026-12-31T16:59:59Z'))).toBe('2026-12-31');
  expect(bangkokDay(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01');
});
