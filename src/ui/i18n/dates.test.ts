import { afterEach, expect, test } from 'vitest';
import { dateText, dayAfter, daysUpTo, dayText, timeText } from './dates.ts';

const { TZ } = process.env;
afterEach(() => {
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
});

test.each(['UTC', 'Europe/London', 'Asia/Bangkok', 'America/Los_Angeles'])(
  'days and hours are Thailand’s on a machine set to %s',
  (zone) => {
    process.env['TZ'] = zone;
    // 19:30 in London is half past two of the next morning in Thailand.
    expect(timeText('2026-11-22T19:30:00Z', 'th')).toBe('02:30');
    expect(dateText('2026-11-22T19:30:00Z', 'th')).toBe('23 พ.ย. 2569');
    expect(dateText('2026-11-22', 'en')).toBe('22 Nov 2026');
    expect(dayText('2026-11-22', 'en')).toBe('Sun 22 Nov');
    expect([dayAfter('2026-11-22T19:30:00Z', 0), dayAfter('2026-11-30', 1), dayAfter('2026-01-01', -1)]).toEqual([
      '2026-11-23',
      '2026-12-01',
      '2025-12-31',
    ]);
    expect(daysUpTo('2026-11-22T19:30:00Z', '2026-11-23')).toBe(1);
    expect(daysUpTo('2026-11-22T10:00:00Z', '2026-11-27')).toBe(6);
    expect(daysUpTo('2026-11-22T10:00:00Z', '2026-11-21')).toBe(0);
  },
);

test('what is no time is shown as it is', () => {
  expect([dateText('soon', 'th'), timeText('soon', 'en')]).toEqual(['soon', 'soon']);
  expect(dayAfter('', 0)).toMatch(/^\d{4}-\d\d-\d\d$/);
});
