import { expect, test } from 'vitest';
import { pickPort } from './fingerprints.ts';

const CP2102 = 'usb-Silicon_Labs_CP2102_USB_to_UART_Bridge_Controller_0001-if00-port0';
const CH340 = 'usb-1a86_USB_Serial-if00-port0';
const ARDUINO = 'usb-Arduino_LLC_Arduino_Nano_Every_ABCD-if00';

test('a name that our udev rule has made is taken, whatever else is there', () => {
  expect(pickPort([CP2102, CH340, 'thuengban-fm225'], 'fm225')).toBe('thuengban-fm225');
  expect(pickPort(['thuengban-fm225', 'thuengban-realsense-id'], 'realsense-id')).toBe('thuengban-realsense-id');
});

test('a lone serial bridge is taken for the module that was named', () => {
  expect(pickPort([ARDUINO, CP2102], 'fm225')).toBe(CP2102);
  expect(pickPort([CH340], 'fm225')).toBe(CH340);
});

test.each([
  ['two bridges', [CP2102, CH340], 'fm225'],
  ['nothing that fits', [ARDUINO], 'fm225'],
  ['nothing at all', [], 'realsense-id'],
  ['another module', ['thuengban-fm225'], 'realsense-id'],
] as const)('%s is SCANNER_MISSING: bytes are never sent to a guessed device', (_name, names, model) => {
  expect(() => pickPort(names, model)).toThrow(expect.objectContaining({ code: 'SCANNER_MISSING' }));
});
