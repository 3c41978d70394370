import type { StationFault } from '../../shared/fault.ts';

/** One code as the scanner read it, whole and checked for what a text may hold; what it says is still untrusted. */
export interface ScannedCode {
  readonly text: string;
  /** AIM symbology identifier, e.g. `]Q3` (ISO/IEC 15424); empty when the scanner tells none. */
  readonly symbology: string;
  /** Monotonic time at which its last report came, ms. */
  readonly atMs: number;
}

/** Why a scan was not taken. The person scans again; nothing of its content is kept. */
export type Refusal =
  | 'empty'
  | 'too-long'
  | 'bad-length'
  | 'short-report'
  | 'part-missing'
  | 'mixed-parts'
  | 'not-utf8'
  | 'control-character';

/** Port: a scanner of QR and bar codes. */
export interface CodeScanner extends AsyncDisposable {
  /** Technical name of the device, for staff. */
  readonly name: string;
  /** What is wrong now, for health reports; `undefined` = ready. */
  readonly fault: StationFault | undefined;
  /**
   * The codes that are scanned from now on; what is scanned while nobody reads is dropped, so that no badge acts later.
   * An unplugged scanner is looked for again inside (the iteration just pauses) and told in `fault`.
   * Ends when `signal` aborts; throws {@link StationFault} `CODE_SCANNER_MISSING` once the scanner object was closed.
   */
  codes(signal: AbortSignal): AsyncIterable<ScannedCode>;
  /** Told of every scan that was refused; returns the way to stop being told. */
  onRefused(listener: (reason: Refusal) => void): () => void;
}
