import { StationFault } from '../../shared/fault.ts';
import type { PrinterConfig } from './config.ts';

export interface FoundPrinter {
  readonly kind: 'usb' | 'serial';
  readonly path: string;
}

/** Name that our udev rule gives to a printer on a serial line (hardware/udev). */
const SERIAL_NAME = /^thuengban-printer|^usb-.*(EPSON|STAR|BIXOLON|Printer|POS)/i;

/**
 * Which printer the settings mean. A printer on a bare USB-to-serial chip has no name of its own: it is found by `printer.port` alone,
 * since bytes sent to the wrong device do harm.
 * @param plugged `usb`: paths like /dev/usb/lp0; `serial`: names in /dev/serial/by-id
 * @throws StationFault `PRINTER_MISSING`
 */
export function findPrinter(
  { driver, port }: Pick<PrinterConfig, 'driver' | 'port'>,
  plugged: { readonly usb: readonly string[]; readonly serial: readonly string[]; readonly serialFolder: string },
): FoundPrinter {
  if (port !== null) {
    const isUsb = driver === 'usb' || (driver !== 'serial' && /\/(lp\d+|thuengban-printer)$/.test(port));
    return { kind: isUsb ? 'usb' : 'serial', path: port };
  }
  const [usb] = plugged.usb;
  if (driver !== 'serial' && usb !== undefined) return { kind: 'usb', path: usb };
  const serial = plugged.serial.find((name) => SERIAL_NAME.test(name));
  if (driver !== 'usb' && serial !== undefined) return { kind: 'serial', path: `${plugged.serialFolder}/${serial}` };
  throw new StationFault('PRINTER_MISSING', 'printer', 'none is plugged in; or name it by printer.port');
}
