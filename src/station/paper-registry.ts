import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Press, Raster } from '../paper/port.ts';
import type { EscPosOptions } from '../peripherals/printer/escpos-printer.ts';
import { findPrinter } from '../peripherals/printer/find-printer.ts';
import type { Printer } from '../peripherals/printer/port.ts';

/** Where the kernel's usblp driver keeps its printers. */
const USB = '/dev/usb';
/** Slips of the simulated printer that are kept, so that a demonstration fills no disk. */
const KEPT = 50;

/** The press, whose letters are read when it is first used. @throws StationFault `LETTERS_MISSING` */
export async function openPress(): Promise<Press> {
  const press = await import('../paper/drivers/press/press.ts');
  return press.openPress();
}

/**
 * The printer that the settings name; it need not be there yet: it is looked for until it is. `null` = never look for one.
 * @param slipsDir where the simulated printer leaves its slips as pictures
 * @param isDemo the simulated one stands in where none is plugged in and none was asked for
 */
export async function openPrinter(
  config: Settings['printer'],
  slipsDir: string,
  isDemo: boolean,
): Promise<Printer | null> {
  forgetSlips(slipsDir);
  if (config.driver === 'none') return null;
  const { EscPosPrinter, PRINTER_TIMING } = await import('../peripherals/printer/escpos-printer.ts');
  const { openUsbLink, usbPrinters } = await import('../peripherals/printer/drivers/usb/usb-link.ts');
  const { BY_ID, serialNames } = await import('../peripherals/serial/drivers/serialport/discover.ts');
  const { openSerialPort } = await import('../peripherals/serial/drivers/serialport/serialport-link.ts');
  const common = { dots: config.dots, hasCutter: config.cut, timing: PRINTER_TIMING };
  const find = async () =>
    findPrinter(config, { usb: await usbPrinters(USB), serial: serialNames(BY_ID), serialFolder: BY_ID });
  const isPlugged = () =>
    find().then(
      () => true,
      () => false,
    );
  if (config.driver === 'simulated' || (isDemo && config.driver === 'auto' && !(await isPlugged())))
    return new EscPosPrinter({ ...common, ...(await simulated(config, slipsDir)) });
  return new EscPosPrinter({
    ...common,
    name: config.port ?? 'printer',
    async openLink(signal) {
      const { kind, path } = await find();
      if (kind === 'usb') return await openUsbLink(path, signal);
      return await openSerialPort(path, { baudRate: config.baudRate, lines: { dtr: true, rts: true } }, signal);
    },
    // USB tells that a printer is there; a serial line tells nothing until somebody answers.
    mustAnswer: ({ path }) => !/\/(lp\d+|thuengban-printer)$/.test(path),
    bytesPerSecond: config.baudRate / 10,
  });
}

/** Slips of the simulated printer go with the station that printed them: one may name people. */
export function forgetSlips(slipsDir: string): void {
  rmSync(slipsDir, { recursive: true, force: true });
}

async function simulated(
  { dots }: Settings['printer'],
  slipsDir: string,
): Promise<Pick<EscPosOptions, 'name' | 'openLink' | 'mustAnswer' | 'bytesPerSecond'>> {
  const { MemoryLine } = await import('../peripherals/serial/drivers/memory/memory-link.ts');
  const { EscPosSimulator } = await import('../peripherals/printer/drivers/simulated/escpos-simulator.ts');
  const { slipPicture } = await import('../peripherals/printer/drivers/simulated/slip-picture.ts');
  let printed = 0;
  const keep = async (slip: Raster) => {
    mkdirSync(slipsDir, { recursive: true, mode: 0o700 });
    const name = `slip-${String((printed++ % KEPT) + 1).padStart(2, '0')}.png`;
    writeFileSync(join(slipsDir, name), await slipPicture(slip), { mode: 0o600 });
  };
  return {
    name: 'simulated printer',
    async openLink() {
      const line = new MemoryLine();
      const simulator = new EscPosSimulator(line.device, {
        dots,
        rowsPerSecond: 1_600,
        memory: 4_096,
        speaks: true,
        onSlip: (slip) => void keep(slip).catch(() => undefined),
      });
      const link = line.open();
      link.onLost(() => simulator.close());
      return link;
    },
    mustAnswer: () => true,
    bytesPerSecond: 100_000,
  };
}

/** Makes a frame of the camera into a small picture of a sheet of paper. */
export async function paperPictureMaker(): Promise<(jpeg: Uint8Array) => Promise<Uint8Array | undefined>> {
  const { paperPicture } = await import('../peripherals/camera/drivers/mjpeg/paper-picture.ts');
  return paperPicture;
}
