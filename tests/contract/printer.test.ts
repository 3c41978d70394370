import { openUsbLink } from '../../src/peripherals/printer/drivers/usb/usb-link.ts';
import { openPtyPair } from '../../src/peripherals/serial/drivers/pty/pty-pair.ts';
import { openSerialPort } from '../../src/peripherals/serial/drivers/serialport/serialport-link.ts';
import { type MakeCable, memoryCable, ptyCable } from '../fixtures/cables.ts';
import { printerRig } from '../fixtures/printer-rig.ts';
import { describePrinter } from './printer.contract.ts';

const usual = { speaks: true, rowsPerSecond: 20_000, memory: 4_096 };

/** The usb driver opens a pseudo-terminal as it opens a character device of usblp. */
const usbCable: MakeCable = async () => {
  const { signal } = new AbortController();
  const pair = await openPtyPair(signal);
  const device = await openSerialPort(pair.device, { baudRate: 115_200, lines: null }, signal);
  return {
    device,
    open: (stop) => openUsbLink(pair.host, stop),
    unplug: () => pair.unplug(),
    [Symbol.asyncDispose]: async () => {
      await device[Symbol.asyncDispose]();
      await pair[Symbol.asyncDispose]();
    },
  };
};

describePrinter('in this process', () => printerRig(memoryCable, usual));
describePrinter('on a serial line', () => printerRig(ptyCable, usual));
describePrinter('on USB', () => printerRig(usbCable, usual));
describePrinter(
  'on USB, one that says nothing',
  () => printerRig(usbCable, { ...usual, speaks: false, memory: 1 << 20 }),
  false,
);
