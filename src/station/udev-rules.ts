import { existsSync, readFileSync } from 'node:fs';
import type { Settings } from '../config/settings.ts';
import type { FaultCode } from '../shared/faults.ts';

/** Where the rules are installed. */
export const RULES_PATH = '/etc/udev/rules.d/70-thuengban.rules';
/** Where a running udev keeps its database. */
export const UDEV_PATH = '/run/udev';

type Sockets = Settings['station']['sockets'];

/**
 * Devices on a bare USB-to-serial chip, which does not say what hangs behind it: only the socket tells.
 * The names are those that the drivers look for.
 */
const SOCKET_NAMES: Readonly<Record<keyof Sockets, { readonly symlink: string; readonly what: string }>> = {
  fm225: { symlink: 'serial/by-id/thuengban-fm225', what: 'FM225 face scanner' },
  panel: { symlink: 'thuengban-panel', what: 'panel of lamps and buttons' },
  cardReader: { symlink: 'serial/by-id/thuengban-card-reader', what: 'card reader on a serial line' },
};

const HEAD = `# Devices of a Thuengban station: names that last, and the right to open them for the group dialout.
# Made by "thuengban udev" from the settings (station.sockets); change those, not this file. Install:
#   thuengban udev > ${RULES_PATH} && udevadm control --reload && udevadm trigger
ACTION=="remove", GOTO="thuengban_end"

# RealSense ID F450/F455 (ids from the maker's published source).
SUBSYSTEM=="tty", ATTRS{idVendor}=="2aad", ATTRS{idProduct}=="6373", SYMLINK+="serial/by-id/thuengban-realsense-id", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"

# Panel on an Arduino Uno R3 or its kin, which name themselves. ModemManager would write to it.
SUBSYSTEM=="tty", ATTRS{idVendor}=="2341", ATTRS{idProduct}=="0043|0001|0243", SYMLINK+="thuengban-panel", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"
SUBSYSTEM=="tty", ATTRS{idVendor}=="2a03", ATTRS{idProduct}=="0043", SYMLINK+="thuengban-panel", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"

# Code scanners in HID-POS mode. The node does not say what it is, so the report descriptor is asked: a device whose first
# collection is "Bar Code Scanner" begins with 05 8C 09 02 or 06 8C 00 09 02 (usage page 8C, usage 02). od writes a space
# first, which udev keeps.
SUBSYSTEM=="hidraw", PROGRAM="/usr/bin/od -An -tx1 -N5 %S%p/device/report_descriptor", RESULT=="*05 8c 09 02*|*06 8c 00 09 02*", SYMLINK+="thuengban-scanner", GROUP="dialout", MODE="0660"

# Receipt printers on USB (class 7, the kernel's usblp).
SUBSYSTEM=="usbmisc", KERNEL=="lp*", SYMLINK+="thuengban-printer", GROUP="dialout", MODE="0660"
`;

/** The udev rules of a station. @param sockets `ID_PATH` of each named socket, as `udevadm info` tells it */
export function udevRules(sockets: Sockets): string {
  const marked = (Object.keys(SOCKET_NAMES) as (keyof Sockets)[]).flatMap((device) => {
    const path = sockets[device];
    const { symlink, what } = SOCKET_NAMES[device];
    if (path === null) return [];
    return [
      `\n# Whatever is plugged in there is the ${what}.`,
      `SUBSYSTEM=="tty", ENV{ID_PATH}=="${path}", SYMLINK+="${symlink}", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"`,
    ];
  });
  return `${HEAD}${marked.map((line) => `${line}\n`).join('')}\nLABEL="thuengban_end"\n`;
}

/** Are the rules that the settings ask for in force? `null` = yes, or there is no udev whose rules could matter. */
export function udevFault(sockets: Sockets, paths = { udev: UDEV_PATH, rules: RULES_PATH }): FaultCode | null {
  if (!existsSync(paths.udev)) return null;
  try {
    return readFileSync(paths.rules, 'utf8') === udevRules(sockets) ? null : 'UDEV_RULES_OLD';
  } catch {
    return 'UDEV_RULES_MISSING';
  }
}
