import { expect, test } from 'vitest';
import { cardConfig } from './config.ts';

test('an empty settings file is enough', () => {
  const defaults = {
    driver: 'auto',
    backend: 'smartcard',
    reader: null,
    secondReader: null,
    serial: { path: null, baudRate: 9_600, slot: 1 },
    recording: null,
    apduLimitMs: 3_000,
    readLimitMs: 45_000,
  };
  expect(cardConfig.parse(undefined)).toEqual(defaults);
  expect(cardConfig.parse({})).toEqual(defaults);
});

test.each([
  { driver: 'uart' },
  { driver: 'replay' },
  { serial: { baudRate: 1 } },
  { unknown: 1 },
  { backend: 'pcsclite' },
  { reader: '' },
  { apduLimitMs: 0 },
  { readLimitMs: '9s' },
])('%o is refused', (settings) => {
  expect(cardConfig.safeParse(settings).success).toBe(false);
});

test('a recording is played from its file', () => {
  expect(cardConfig.parse({ driver: 'replay', recording: 'card.json' })).toMatchObject({ recording: 'card.json' });
});
