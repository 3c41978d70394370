import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { printerConfig } from '../peripherals/printer/config.ts';
import { findPrinter } from '../peripherals/printer/find-printer.ts';
import { openPress, openPrinter } from './paper-registry.ts';

test('the simulated printer leaves a slip as a picture, and none is none', async () => {
  using folder = tempFolder();
  expect(await openPrinter(printerConfig.parse({ driver: 'none' }), folder.path, true)).toBeNull();
  await using printer = await openPrinter(printerConfig.parse({ driver: 'simulated', dots: 384 }), folder.path, false);
  if (!printer) throw new Error('no printer');
  const { promise, resolve } = Promise.withResolvers<void>();
  printer.onChange(() => printer.state === 'ready' && resolve());
  if (printer.state !== 'ready') await promise;
  const press = await openPress();
  const blocks = [{ kind: 'text', text: 'น้ำ', style: 'body', align: 'left' }] as const;
  const raster = await press.raster({ title: 't', at: '2026-11-22T02:00:00.000Z', foot: null, blocks }, 384);
  await printer.print(raster, new AbortController().signal);
  await expect.poll(() => readdirSync(folder.path)).toEqual(['slip-01.png']);
  // The next start finds none of the last one's.
  await openPrinter(printerConfig.parse({ driver: 'none' }), folder.path, true);
  expect(existsSync(folder.path)).toBe(false);
});

test('in a demonstration the simulated one stands in for a printer that nobody has', async () => {
  using folder = tempFolder();
  const open = (isDemo: boolean, settings: object) => openPrinter(printerConfig.parse(settings), folder.path, isDemo);
  await using asked = await open(true, { driver: 'usb' });
  await using own = await open(false, {});
  expect([asked?.name, own?.name]).not.toContain('simulated printer');
  // A real one on this machine would be used instead.
  if (!existsSync('/dev/usb/lp0')) {
    await using stoodIn = await open(true, {});
    expect(stoodIn?.name).toBe('simulated printer');
  }
});

test('a printer is found on USB first, then by a name that says so; a bare bridge is never written to', () => {
  const plugged = {
    usb: ['/dev/usb/lp0'],
    serial: ['usb-FTDI_FT232R-if00', 'usb-EPSON_TM-T20-if00'],
    serialFolder: '/dev/serial/by-id',
  };
  const auto = { driver: 'auto', port: null } as const;
  expect(findPrinter(auto, plugged)).toEqual({ kind: 'usb', path: '/dev/usb/lp0' });
  expect(findPrinter({ ...auto, driver: 'serial' }, plugged).path).toBe('/dev/serial/by-id/usb-EPSON_TM-T20-if00');
  expect(findPrinter({ ...auto, port: '/dev/ttyUSB3' }, plugged)).toEqual({ kind: 'serial', path: '/dev/ttyUSB3' });
  expect(() => findPrinter(auto, { ...plugged, usb: [], serial: ['usb-FTDI_FT232R-if00'] })).toThrow(
    'none is plugged in',
  );
});
