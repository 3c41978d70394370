import { pause } from './wait.ts';

/** What goes wrong with one frame that a simulated device sends over a line. */
export type LineFault =
  /** Arrives in two pieces: `atByte` bytes, a pause of `gapMs`, the rest. */
  | { readonly kind: 'split'; readonly atByte: number; readonly gapMs: number }
  | { readonly kind: 'corrupt'; readonly atByte: number }
  | { readonly kind: 'lose' }
  | { readonly kind: 'double' }
  /** Other bytes come first: noise, or a note before a reply. */
  | { readonly kind: 'precede'; readonly bytes: Uint8Array }
  /** The cable is pulled after this many bytes. */
  | { readonly kind: 'unplug'; readonly atByte: number };

export interface FaultyLineOptions {
  /** Bytes leave as fast as this allows, 10 bits each; `null` = at once. */
  readonly baudRate: number | null;
  /** Pulls the cable. */
  readonly unplug: () => void;
}

const BITS_PER_BYTE = 10;
/** Finer steps than the event loop's are of no use. */
const STEP_MS = 2;

/** The sending side of a simulated device: frames leave one after the other, as slowly and as badly as they are told to. */
export class FaultyLine {
  readonly #write: (bytes: Uint8Array, signal: AbortSignal) => Promise<void>;
  readonly #options: FaultyLineOptions;
  readonly #over = new AbortController();
  #queue: Promise<void> = Promise.resolve();

  constructor(write: (bytes: Uint8Array, signal: AbortSignal) => Promise<void>, options: FaultyLineOptions) {
    this.#write = write;
    this.#options = options;
  }

  /** Sends a frame behind those that are still on their way; resolves when it has left. */
  send(frame: Uint8Array, fault: LineFault | undefined): Promise<void> {
    this.#queue = this.#queue.then(() => this.#deliver(frame, fault)).catch(() => undefined);
    return this.#queue;
  }

  close(): void {
    this.#over.abort();
  }

  async #deliver(frame: Uint8Array, fault: LineFault | undefined): Promise<void> {
    switch (fault?.kind) {
      case undefined:
        return this.#pace(frame);
      case 'lose':
        return;
      case 'double':
        await this.#pace(frame);
        return this.#pace(frame);
      case 'corrupt':
        return this.#pace(frame.map((byte, index) => (index === fault.atByte % frame.length ? byte ^ 0x55 : byte)));
      case 'precede':
        await this.#pace(fault.bytes);
        return this.#pace(frame);
      case 'split':
        await this.#pace(frame.subarray(0, fault.atByte));
        await pause(fault.gapMs, this.#over.signal);
        return this.#pace(frame.subarray(fault.atByte));
      case 'unplug':
        await this.#pace(frame.subarray(0, fault.atByte));
        return this.#options.unplug();
    }
  }

  async #pace(bytes: Uint8Array): Promise<void> {
    const { baudRate } = this.#options;
    const step = baudRate === null ? bytes.length : Math.ceil((baudRate / BITS_PER_BYTE / 1_000) * STEP_MS);
    for (let sent = 0; sent < bytes.length; sent += step) {
      this.#over.signal.throwIfAborted();
      await this.#write(bytes.subarray(sent, sent + step), this.#over.signal);
      if (baudRate !== null) await pause(STEP_MS, this.#over.signal);
    }
  }
}

/** Whole numbers below a bound, always the same ones for the same seed (xorshift: repeatable, not good, randomness). */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** The faults that any line has but the pulled cable, drawn anew. */
export function anyLineFaults(next: (below: number) => number, longest: number): readonly LineFault[] {
  const atByte = 1 + next(longest);
  return [
    { kind: 'split', atByte, gapMs: next(20) },
    { kind: 'split', atByte, gapMs: 250 },
    { kind: 'corrupt', atByte },
    { kind: 'lose' },
    { kind: 'double' },
    { kind: 'precede', bytes: Uint8Array.from({ length: atByte }, () => next(256)) },
  ];
}
