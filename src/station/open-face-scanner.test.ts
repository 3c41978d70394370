import { expect, test } from 'vitest';
import { untilReady } from '../../tests/contract/face-scanner.contract.ts';
import { settingsSchema } from '../config/settings.ts';
import { openFaceScanner } from './registry.ts';

const { signal } = new AbortController();
const config = (faceScanner: object) => settingsSchema.parse({ faceScanner }).faceScanner;

test('without a module in the settings there is none', async () => {
  expect(await openFaceScanner(config({}))).toBeNull();
});

test('the simulated one says that it is one, and judges', async () => {
  await using scanner = await openFaceScanner(config({ driver: 'simulated' }));
  if (!scanner) throw new Error('none');
  await untilReady(scanner);
  expect(scanner.name).toBe('simulated face scanner');
  expect(await scanner.judge(2_000, signal)).toMatchObject({ kind: 'bona-fide' });
});

test.each(['fm225', 'realsense-id'])('a %s that is not plugged in is a coded fault and no verdict', async (driver) => {
  await using scanner = await openFaceScanner(config({ driver, path: '/dev/serial/by-id/not-there' }));
  expect(await scanner?.judge(300, signal)).toMatchObject({ kind: 'not-run' });
  expect(scanner?.fault).toMatchObject({ code: 'SERIAL_MISSING' });
});
