/** What an open HID device tells. */
export interface HidEvents {
  /** One input report as hidraw hands it over: the report id first where the descriptor has ids. */
  readonly report: (report: Uint8Array) => void;
  /** The device is gone; nothing is told after it. */
  readonly lost: (why: string) => void;
}

/** One open HID device. */
export interface HidConnection {
  readonly name: string;
  /** The raw report descriptor (HID 1.11 §6.2.2). */
  readonly descriptor: Uint8Array;
  /** Begins to tell; called once. */
  listen(events: HidEvents): void;
  /** Nothing is told after it. Never rejects. */
  close(): Promise<void>;
}

/** The seam below the driver: real devices, recordings and the simulator all stand here. */
export interface HidTransport {
  /**
   * Opens the scanner.
   * @throws StationFault `CODE_SCANNER_MISSING`, `CODE_SCANNER_DENIED`, `CODE_SCANNER_BUSY`; the reason of `signal` when it aborts
   */
  open(signal: AbortSignal): Promise<HidConnection>;
}
