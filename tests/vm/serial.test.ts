import { beforeAll, expect, test } from 'vitest';
import { runInGuest, type Told } from './guest.ts';

let told: readonly Told[];
beforeAll(async () => {
  told = await runInGuest('serial');
});
const only = (event: string) => told.filter((one) => one.event === event);

test('the module behind a USB cable is initialised and judges, after every plugging in', () => {
  expect(only('judged')).toHaveLength(5);
  expect(only('judged').filter(({ kind, model }) => kind !== 'bona-fide' || model !== 'HLK-FM22x')).toEqual([]);
  expect(only('well')).toEqual([{ event: 'well', kind: 'bona-fide' }]);
});

test('an unplug is told as a missing line; a judgement that it cuts off has not run', () => {
  expect(only('unplugged').map(({ code }) => code)).toEqual(Array(5).fill('SERIAL_MISSING'));
  expect(only('unplugged').map(({ judgement }) => judgement)).toEqual([null, 'not-run', null, 'not-run', null]);
});
