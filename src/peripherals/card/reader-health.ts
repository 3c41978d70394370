import type { StationFault } from '../../shared/fault.ts';

/**
 * What is wrong with a reader now. A fault that lasts is told to those who wait for events: after `lostAfterMs`, and again
 * after each further span, so that whoever listens anew is answered too, and not in a tight loop.
 */
export class ReaderHealth {
  readonly #lostAfterMs: number;
  readonly #tell: (fault: StationFault) => void;
  #fault: StationFault | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(lostAfterMs: number, tell: (fault: StationFault) => void) {
    this.#lostAfterMs = lostAfterMs;
    this.#tell = tell;
  }

  /** `undefined` = a reader is there. */
  get fault(): StationFault | undefined {
    return this.#fault;
  }

  set(fault: StationFault | undefined): void {
    this.#fault = fault;
    if (fault !== undefined) this.#timer ??= setTimeout(() => this.#tellLost(), this.#lostAfterMs);
    else this.#stop();
  }

  /** For good: told at once, never again. */
  close(fault: StationFault): void {
    this.#stop();
    this.#fault = fault;
    this.#tell(fault);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tellLost(): void {
    this.#timer = setTimeout(() => this.#tellLost(), this.#lostAfterMs);
    if (this.#fault !== undefined) this.#tell(this.#fault);
  }
}
