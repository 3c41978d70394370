import type { StationFault } from '../../shared/fault.ts';
import type { SerialLink } from '../serial/port.ts';
import type { ScannerFinding, ScannerInfo, ScannerVerdict } from './port.ts';

/** What a module tells without being asked. */
export interface ModuleEvents {
  found(finding: ScannerFinding): void;
  /** It has lost its state (brown-out, its own error): it must be initialised again. */
  restarted(fault: StationFault): void;
}

/** One module on one open line. Its methods are called one at a time. */
export interface ScannerModule {
  /** Brings the module into a known, safe state. @throws StationFault */
  initialise(signal: AbortSignal): Promise<ScannerInfo>;
  /** @throws StationFault when the module fails; the reason of `signal`, having told the module to stop */
  judge(limitMs: number, signal: AbortSignal): Promise<ScannerVerdict>;
  /** Sends it to sleep; the next `initialise` wakes it. @throws StationFault */
  sleep(signal: AbortSignal): Promise<void>;
  /** Stops listening to the line. */
  close(): void;
}

/** What a driver gives: how to talk to its kind of module. */
export interface ModuleKind {
  readonly model: string;
  readonly baudRate: number;
  attach(link: SerialLink, events: ModuleEvents): ScannerModule;
}

/** Last four characters; the whole number tells one module, and so one place, from all others. */
export function maskSerial(serial: string | null): string | null {
  return serial === null || serial === '' ? null : `…${serial.slice(-4)}`;
}
