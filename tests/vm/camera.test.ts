import { beforeAll, expect, test } from 'vitest';
import { runInGuest, type Told } from './guest.ts';

let told: readonly Told[];
beforeAll(async () => {
  told = await runInGuest('camera');
});
const one = (event: string) => told.find((line) => line.event === event);

test('a camera that gives raw pictures only is used, without a fault on the way', () => {
  expect(one('captured')).toMatchObject({ states: ['starting', 'streaming'], isPictureWhole: true });
});

test('unplugged under the stream it is missing; plugged in again the pictures go on', () => {
  const states = one('replugged')?.['states'];
  expect(states).toContain('CAMERA_MISSING');
  expect(states).not.toContain('CAMERA_STALLED');
  expect((states as string[]).at(-1)).toBe('streaming');
  expect(one('replugged')).toMatchObject({ isPictureWhole: true });
});

test('another program streams from it: busy, and well once that has ended', () => {
  const states = one('freed')?.['states'];
  expect(states).toContain('CAMERA_BUSY');
  expect((states as string[]).at(-1)).toBe('streaming');
});
