import { expect, test } from 'vitest';
import { findSerialReader } from './find-serial-reader.ts';

const CP210 = 'usb-Silicon_Labs_CP2102_USB_to_UART_Bridge_Controller_0001-if00-port0';
const FT232 = 'usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0';

test.each([
  [['thuengban-card-reader', CP210], 'thuengban-card-reader'],
  [[CP210, 'usb-ACS_ACR1281S_Reader-if00'], 'usb-ACS_ACR1281S_Reader-if00'],
  [['usb-Arduino_Nano-if00', FT232], FT232],
])('%j gives %s', (names, gives) => expect(findSerialReader(names)).toBe(gives));

test.each([
  [[], 'no serial device'],
  [['thuengban-fm225'], 'no serial device'],
  [[CP210, FT232], '2 serial bridges'],
])('%j: READER_MISSING', (names, says) => {
  expect(() => findSerialReader(names)).toThrow(
    expect.objectContaining({ code: 'READER_MISSING', message: expect.stringContaining(says) }),
  );
});
