import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What the kernel says of a USB device, in the folder of its interface's parent. */
const USB_FACTS = ['idVendor', 'idProduct', 'serial', 'devnum'] as const;

/**
 * What tells the camera behind a path from another one that is put in its place: the kernel's number of the node, and the USB
 * device behind it with its serial number and the number that the bus gave it when it was plugged in. A camera made by a program
 * (v4l2loopback) has no USB device.
 * @returns `null` when the node is not there
 */
export function deviceIdentity(path: string, sysfs = '/sys/class/video4linux'): string | null {
  try {
    const node = realpathSync(path);
    const { rdev, ino } = statSync(node);
    const parent = join(realpathSync(join(sysfs, basename(node), 'device')), '..');
    const facts = USB_FACTS.map((fact) => factOf(join(parent, fact)));
    return [basename(node), rdev, ino, ...facts].join('/');
  } catch {
    return identityOfNode(path);
  }
}

function identityOfNode(path: string): string | null {
  try {
    const { rdev, ino } = statSync(path);
    return `${rdev}/${ino}`;
  } catch {
    return null;
  }
}

function factOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
