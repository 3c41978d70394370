import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../tests/fixtures/temp.ts';
import { settingsSchema } from '../config/settings.ts';
import { pickPort } from '../peripherals/face-scanner/fingerprints.ts';
import { findPanelPort } from '../peripherals/signals/drivers/johnny-five/discover.ts';
import { udevFault, udevRules } from './udev-rules.ts';

const NO_SOCKETS = settingsSchema.parse({}).station.sockets;
const SOCKETS = {
  fm225: 'platform-xhci-hcd.1-usb-0:1.3:1.0',
  panel: 'platform-xhci-hcd.1-usb-0:1.4:1.0',
  cardReader: null,
};
const SHIPPED = join(import.meta.dirname, '../../hardware/udev/70-thuengban.rules');

test('the shipped file is what the defaults give (UPDATE_DOCS=1 writes it)', () => {
  if (process.env['UPDATE_DOCS']) writeFileSync(SHIPPED, udevRules(NO_SOCKETS));
  expect(readFileSync(SHIPPED, 'utf8')).toBe(udevRules(NO_SOCKETS));
});

test('each marked socket has one rule, and its name is the one that the driver looks for', () => {
  const rules = udevRules(SOCKETS);
  expect(rules.match(/ENV\{ID_PATH\}/g)).toHaveLength(2);
  const link = (path: string) => new RegExp(`"${path}", SYMLINK\\+="(?:serial/by-id/)?([^"]+)"`).exec(rules)?.[1] ?? '';
  expect(pickPort([link(SOCKETS.fm225), 'usb-1a86_USB_Serial-if00-port0'], 'fm225')).toBe(link(SOCKETS.fm225));
  expect(pickPort(['thuengban-realsense-id'], 'realsense-id')).toBe('thuengban-realsense-id');
  using folder = tempFolder();
  const marked = join(folder.path, link(SOCKETS.panel));
  writeFileSync(marked, '');
  expect(link(SOCKETS.panel)).toBe('thuengban-panel');
  expect(findPanelPort(folder.path, marked)).toBe(marked);
});

test('a socket path that would write a rule of its own is refused', () => {
  const station = (fm225: string) => settingsSchema.safeParse({ station: { sockets: { fm225 } } }).success;
  expect(station(SOCKETS.fm225)).toBe(true);
  for (const path of ['a"\nRUN+="/bin/sh', 'a b', 'a"', '*', '']) expect(station(path)).toBe(false);
});

test('doctor tells missing rules from rules of other settings', () => {
  using folder = tempFolder();
  const paths = { udev: join(folder.path, 'udev'), rules: join(folder.path, '70-thuengban.rules') };
  expect(udevFault(NO_SOCKETS, paths)).toBeNull();
  mkdirSync(paths.udev);
  expect(udevFault(NO_SOCKETS, paths)).toBe('UDEV_RULES_MISSING');
  writeFileSync(paths.rules, udevRules(NO_SOCKETS));
  expect(udevFault(NO_SOCKETS, paths)).toBeNull();
  expect(udevFault(SOCKETS, paths)).toBe('UDEV_RULES_OLD');
});

test('a first collection "Bar Code Scanner" is told by the pattern of the rule, a keyboard is not', () => {
  using folder = tempFolder();
  const [, pattern = ''] = /RESULT=="([^"]+)"/.exec(udevRules(NO_SOCKETS)) ?? [];
  const isScanner = (bytes: readonly number[]) => {
    const file = join(folder.path, 'report_descriptor');
    writeFileSync(file, new Uint8Array(bytes));
    const result = execFileSync('od', ['-An', '-tx1', '-N5', file], { encoding: 'utf8' });
    return pattern.split('|').some((one) => result.includes(one.replaceAll('*', '')));
  };
  expect(isScanner([0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01])).toBe(true);
  expect(isScanner([0x06, 0x8c, 0x00, 0x09, 0x02, 0xa1])).toBe(true);
  expect(isScanner([0x05, 0x01, 0x09, 0x06, 0xa1, 0x01])).toBe(false);
});
