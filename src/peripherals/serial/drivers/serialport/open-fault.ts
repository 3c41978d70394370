import { StationFault } from '../../../../shared/fault.ts';
import type { FaultCode } from '../../../../shared/faults.ts';

/** What serialport's binding says when it cannot open a port; it gives no error number. */
const SAYINGS: readonly (readonly [RegExp, FaultCode])[] = [
  [/cannot lock port|resource busy|temporarily unavailable/i, 'SERIAL_BUSY'],
  [/permission denied|access denied/i, 'SERIAL_DENIED'],
];

/** A failed opening as a coded fault; anything else than "busy" and "denied" means that there is no such device. */
export function openFault(path: string, error: Error): StationFault {
  const code = SAYINGS.find(([says]) => says.test(error.message))?.[1] ?? 'SERIAL_MISSING';
  return new StationFault(code, path, error.message, { cause: error });
}
