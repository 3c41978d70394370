import { expect, test } from 'vitest';
import { faceScannerConfig } from './config.ts';

test('no module unless one is named', () => {
  expect(faceScannerConfig.parse({})).toEqual({
    driver: 'off',
    path: null,
    lens: null,
    picture: null,
    judgeLimitMs: 8_000,
    powerDownAfterMs: null,
    secure: null,
  });
});

test.each([{ driver: 'auto' }, { judgeLimitMs: 10 }, { secure: { hostKeyFile: 'k', deviceKey: 'ff' } }, { tty: 1 }])(
  '%j is refused',
  (data) => expect(faceScannerConfig.safeParse(data).success).toBe(false),
);
