import type { Raster, RollDots } from '../../paper/port.ts';
import type { StationFault } from '../../shared/fault.ts';

/** `offline` = plugged in, but it does not answer or reports an error. */
export type PrinterState = 'ready' | 'paper-out' | 'cover-open' | 'offline' | 'missing';

/** Port: a receipt printer. It heals itself: after a fault it is opened again until it is disposed of. */
export interface Printer extends AsyncDisposable {
  readonly name: string;
  readonly dots: RollDots;
  readonly state: PrinterState;
  /** Why it is not ready: `PRINTER_MISSING`, `_PAPER_OUT`, `_COVER_OPEN`, `_STUCK`, `_DENIED`; `undefined` = ready. */
  readonly fault: StationFault | undefined;
  /** Told when `state` changed; returns the way to stop being told. */
  onChange(listener: () => void): () => void;
  /**
   * Prints and cuts, one slip after the other. Resolves when the printer says that it has printed; a printer that never says
   * anything (some on USB) is believed once it has taken all bytes.
   * @throws StationFault as `fault`; what was half printed is torn off and printed anew; the reason of `signal`
   */
  print(raster: Raster, signal: AbortSignal): Promise<void>;
}
