import { expect, test } from 'vitest';
import { StationFault } from '../../shared/fault.ts';
import { MemoryLine } from './drivers/memory/memory-link.ts';
import { serialNames } from './drivers/serialport/discover.ts';
import { openFault } from './drivers/serialport/open-fault.ts';
import { LinkListeners } from './link-listeners.ts';

const { signal } = new AbortController();

test.each([
  ['Error Resource temporarily unavailable Cannot lock port', 'SERIAL_BUSY'],
  ['Error: Device or resource busy, cannot open /dev/ttyUSB0', 'SERIAL_BUSY'],
  ['Error: Permission denied, cannot open /dev/ttyUSB0', 'SERIAL_DENIED'],
  ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'SERIAL_MISSING'],
  ['Inappropriate ioctl for device', 'SERIAL_MISSING'],
])('%j is %s', (message, code) =>
  expect(openFault('/dev/x', new Error(message))).toMatchObject({ code, part: '/dev/x' }),
);

test('a folder that is not there holds no devices', () => {
  expect(serialNames('/dev/serial/not-there')).toEqual([]);
});

test('a line is lost once; who listens later is told at once, who stopped is not told', () => {
  const listeners = new LinkListeners();
  const told: string[] = [];
  listeners.onLost(({ message }) => told.push(`early ${message}`));
  listeners.onLost(() => told.push('stopped'))();
  listeners.lose(new StationFault('SERIAL_MISSING', 'x', 'first'));
  listeners.lose(new StationFault('SERIAL_MISSING', 'x', 'second'));
  listeners.onLost(({ message }) => told.push(`late ${message}`));
  expect(told).toEqual(['early first', 'late first']);
});

test('in memory: a copy arrives, the host opens anew after closing, unplugged is unplugged', async () => {
  const line = new MemoryLine();
  const host = line.open();
  expect(() => line.open()).toThrow(expect.objectContaining({ code: 'SERIAL_BUSY' }));
  const heard = new Promise<Uint8Array>((resolve) => line.device.onBytes(resolve));
  const bytes = Uint8Array.of(1, 2, 3);
  await host.write(bytes, 100, signal);
  bytes.fill(0);
  expect([...(await heard)]).toEqual([1, 2, 3]);
  await host[Symbol.asyncDispose]();
  const again = line.open();
  line.unplug();
  expect(again.fault).toMatchObject({ message: 'unplugged' });
  await expect(again.write(bytes, 100, signal)).rejects.toMatchObject({ code: 'SERIAL_MISSING' });
  expect(() => line.open()).toThrow(expect.objectContaining({ code: 'SERIAL_MISSING' }));
});
