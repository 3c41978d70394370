import type { StationFault } from '../../shared/fault.ts';

/** An open serial line, 8N1, raw bytes. */
export interface SerialLink extends AsyncDisposable {
  /** Path of the device as it was opened. */
  readonly path: string;
  /** Why nothing more will come or go (`SERIAL_MISSING` = unplugged); `undefined` = open. */
  readonly fault: StationFault | undefined;
  /** Told every chunk as it comes, of any size; returns the way to stop being told. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  /** Told once, when the line is lost or closed; at once when it already is. Returns the way to stop being told. */
  onLost(listener: (fault: StationFault) => void): () => void;
  /**
   * Hands bytes to the system; that they were sent is not that they were heard.
   * @throws StationFault `SERIAL_MISSING` (unplugged, closed), `SERIAL_STUCK` (not taken within `limitMs`); the reason of `signal`
   */
  write(bytes: Uint8Array, limitMs: number, signal: AbortSignal): Promise<void>;
}

export interface SerialSettings {
  readonly baudRate: number;
  /** Modem lines to set after opening, `null` = as they are. A line that has none (a pty) is used without. */
  readonly lines: { readonly dtr: boolean; readonly rts: boolean } | null;
}

/**
 * Opens a serial line.
 * @throws StationFault `SERIAL_MISSING`, `SERIAL_BUSY`, `SERIAL_DENIED`, `SERIAL_STUCK`
 */
export type OpenSerialLink = (path: string, settings: SerialSettings, signal: AbortSignal) => Promise<SerialLink>;
