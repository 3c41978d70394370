import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { SimulatedCardReader } from '../peripherals/card/drivers/simulated/simulated-reader.ts';
import { hasUsbReader, tellReaders } from './devices.ts';
import { diskState } from './disk.ts';
import { PartBoard, stateOfFault } from './parts.ts';

test('a part keeps its since while its state stays, and tells only of changes', () => {
  let now = new Date('2026-11-22T07:30:00Z');
  const told: string[] = [];
  const board = new PartBoard(() => now);
  board.onChange((part, { state }) => told.push(`${part} ${state}`));
  board.set('camera', { state: 'ready', name: 'cam', code: null });
  now = new Date('2026-11-22T08:00:00Z');
  board.set('camera', { state: 'ready', name: 'cam', code: null });
  board.set('camera', { state: 'missing', name: 'cam', code: 'CAMERA_MISSING' });
  expect(told).toEqual(['camera ready', 'camera missing']);
  expect(board.list()).toMatchObject([
    {
      part: 'camera',
      state: 'missing',
      since: '2026-11-22T08:00:00.000Z',
      fault: { code: 'CAMERA_MISSING', mend: { th: expect.any(String) } },
    },
  ]);
});

test('what is gone is missing, what is there and broken is faulty', () => {
  expect(stateOfFault('READER_MISSING')).toBe('missing');
  expect(stateOfFault('CAMERA_BUSY')).toBe('faulty');
});

test('the disk is told of while there is still room', () => {
  using folder = tempFolder();
  const none = Number.MAX_SAFE_INTEGER;
  expect(diskState(folder.path, { warnFreeBytes: 1, minFreeBytes: 1 }).state).toBe('ready');
  expect(diskState(folder.path, { warnFreeBytes: none, minFreeBytes: 1 })).toMatchObject({
    state: 'degraded',
    code: 'DISK_LOW',
  });
  expect(diskState(folder.path, { warnFreeBytes: none, minFreeBytes: none })).toMatchObject({
    state: 'faulty',
    code: 'DISK_FULL',
  });
});

test('a smart-card reader on USB is known by its interface class', () => {
  using folder = tempFolder();
  expect(hasUsbReader(folder.path)).toBe(false);
  expect(hasUsbReader(join(folder.path, 'not-there'))).toBe(false);
  for (const [device, usbClass] of [
    ['1-1:1.0', '03'],
    ['1-2:1.0', '0b'],
  ] as const) {
    mkdirSync(join(folder.path, device));
    writeFileSync(join(folder.path, device, 'bInterfaceClass'), `${usbClass}\n`);
    expect(hasUsbReader(folder.path)).toBe(usbClass === '0b');
  }
});

test('the second card reader is a part of its own, where there is one', async () => {
  const board = new PartBoard(() => new Date());
  const reader = new SimulatedCardReader('first');
  const second = new SimulatedCardReader('second');
  tellReaders({ reader, secondReader: null }, board);
  expect(board.list().map(({ part }) => part)).toEqual(['card-reader']);
  await second[Symbol.asyncDispose]();
  tellReaders({ reader, secondReader: second }, board);
  expect(board.list().map(({ part, name, state }) => `${part} ${name} ${state}`)).toEqual([
    'card-reader first ready',
    'second-card-reader second missing',
  ]);
});
