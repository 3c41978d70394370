import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../../tests/fixtures/temp.ts';
import { deviceIdentity } from './device-identity.ts';

/** A folder like the kernel's for a camera `video0` whose USB device has these facts. */
function bus(home: string, facts: Readonly<Record<string, string>>): string {
  const usb = join(home, 'usb1', '1-1');
  const sysfs = join(home, 'class');
  mkdirSync(join(usb, '1-1:1.0'), { recursive: true });
  mkdirSync(join(sysfs, 'video0'), { recursive: true });
  for (const [name, value] of Object.entries(facts)) writeFileSync(join(usb, name), `${value}\n`);
  symlinkSync(join(usb, '1-1:1.0'), join(sysfs, 'video0', 'device'));
  return sysfs;
}

test('the same camera is the same, another serial number or another plugging-in is not', () => {
  const identity = (facts: Readonly<Record<string, string>>) => {
    using folder = tempFolder();
    writeFileSync(join(folder.path, 'video0'), '');
    symlinkSync(join(folder.path, 'video0'), join(folder.path, 'by-id'));
    const sysfs = bus(folder.path, facts);
    expect(deviceIdentity(join(folder.path, 'by-id'), sysfs)).toBe(deviceIdentity(join(folder.path, 'video0'), sysfs));
    // The inode is of this folder alone.
    return deviceIdentity(join(folder.path, 'video0'), sysfs)?.split('/').slice(3).join('/');
  };
  const facts = { idVendor: '046d', idProduct: '0825', serial: 'A1', devnum: '7' };
  expect(identity(facts)).toBe('046d/0825/A1/7');
  expect(identity({ ...facts, serial: 'A2' })).not.toBe(identity(facts));
  expect(identity({ ...facts, devnum: '8' })).not.toBe(identity(facts));
  expect(identity({ idVendor: '046d' })).toBe('046d///');
});

test('a node without a USB device is known by its inode; one that is not there is not known', () => {
  using folder = tempFolder();
  const node = join(folder.path, 'video9');
  writeFileSync(node, '');
  expect(deviceIdentity(node, folder.path)).toMatch(/^\d+\/\d+$/);
  expect(deviceIdentity(join(folder.path, 'none'), folder.path)).toBeNull();
});
