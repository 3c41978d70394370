import { StationFault } from '../../../../shared/fault.ts';
import type { HidConnection, HidEvents, HidTransport } from '../../hid-transport.ts';
import { encodeScan } from './encode-scan.ts';
import type { ScanProfile } from './scan-profiles.ts';

/**
 * What goes wrong with one scan: its last part never comes or comes too late, its last report is cut off, or noise
 * stands in for its data.
 */
export type ScanFault = 'none' | 'lost-part' | 'late-part' | 'short-report' | 'garbage';

/** Longer than a driver waits for the next part, ms. */
const LATE_MS = 450;

/** A HID-POS scanner without hardware: codes become reports, and the very driver of real scanners reads them. */
export class ReportPlayer implements HidTransport {
  readonly #profile: ScanProfile;
  #isPlugged = true;
  #events: HidEvents | undefined;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(profile: ScanProfile) {
    this.#profile = profile;
  }

  async open(signal: AbortSignal): Promise<HidConnection> {
    signal.throwIfAborted();
    if (!this.#isPlugged) throw new StationFault('CODE_SCANNER_MISSING', 'simulated scanner', 'it is not plugged in');
    return {
      name: 'simulated scanner',
      descriptor: this.#profile.descriptor,
      listen: (events) => {
        this.#events = events;
      },
      close: async () => {
        this.#events = undefined;
        for (const timer of this.#timers) clearTimeout(timer);
        this.#timers.clear();
      },
    };
  }

  plug(): void {
    this.#isPlugged = true;
  }

  unplug(): void {
    this.#isPlugged = false;
    this.#events?.lost('could not read data from device');
  }

  /**
   * Holds a code before the scanner.
   * @param symbology AIM identifier such as `]Q3`, or empty
   */
  scan(text: string, symbology: string, fault: ScanFault): void {
    const bytes = new TextEncoder().encode(text);
    // F8 to FF are in no UTF-8 text.
    if (fault === 'garbage') for (let i = 0; i < bytes.length; i += 3) bytes[i] = 0xf8 | i;
    const reports = encodeScan(this.#profile, bytes, symbology);
    const last = reports.pop();
    this.play(reports);
    if (last === undefined || fault === 'lost-part') return;
    if (fault === 'short-report') this.play([last.subarray(0, last.length >> 1)]);
    else if (fault === 'late-part') this.#timers.add(setTimeout(() => this.play([last]), LATE_MS));
    else this.play([last]);
  }

  /** Sends reports as they are. */
  play(reports: readonly Uint8Array[]): void {
    for (const report of reports) this.#events?.report(report);
  }
}
