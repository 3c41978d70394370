import {
  anyLineFaults,
  FaultyLine,
  type FaultyLineOptions,
  type LineFault,
  seededNumbers,
} from '../../../../shared/faulty-line.ts';
import type { SerialLink } from '../../../serial/port.ts';

export interface WireOptions extends FaultyLineOptions {
  /** Decides about each frame in turn; `name` is the simulator's word for it. */
  readonly faultFor: (frame: { readonly name: string; readonly index: number }) => LineFault | undefined;
}

const WRITE_LIMIT_MS = 2_000;

/** The simulated module's side of the line. */
export class Wire {
  readonly #line: FaultyLine;
  readonly #options: WireOptions;
  #frames = 0;

  constructor(link: SerialLink, options: WireOptions) {
    this.#line = new FaultyLine((bytes, signal) => link.write(bytes, WRITE_LIMIT_MS, signal), options);
    this.#options = options;
  }

  /** Sends a frame behind those that are still on their way. */
  send(name: string, frame: Uint8Array): void {
    void this.#line.send(frame, this.#options.faultFor({ name, index: this.#frames++ }));
  }

  close(): void {
    this.#line.close();
  }
}

/** A fault for about one frame in `oneIn`, always the same ones for the same seed. Unplugging is not among them. */
export function seededFaults(seed: number, oneIn: number): WireOptions['faultFor'] {
  const next = seededNumbers(seed);
  return () => {
    if (next(oneIn) !== 0) return undefined;
    const faults = anyLineFaults(next, 10);
    return faults[next(faults.length)];
  };
}
