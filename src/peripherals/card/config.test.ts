import { expect, test } from 'vitest';
import { cardConfig } from './config.ts';

test('an empty settings file is enough', () => {
  const defaults = { driver: 'auto', backend: 'smartcard', reader: null, apduLimitMs: 3_000, readLimitMs: 45_000 };
  expect(cardConfig.parse(undefined)).toEqual(defaults);
  expect(cardConfig.parse({})).toEqual(defaults);
});

test.each([{ driver: 'serial' }, { backend: 'pcsclite' }, { reader: '' }, { apduLimitMs: 0 }, { readLimitMs: '9s' }])(
  '%o is refused',
  (settings) => {
    expect(cardConfig.safeParse(settings).success).toBe(false);
  },
);
