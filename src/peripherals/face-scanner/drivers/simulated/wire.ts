import { pause } from '../../../../shared/wait.ts';
import type { SerialLink } from '../../../serial/port.ts';

/** What goes wrong with one frame on its way to the host. */
export type WireFault =
  /** Arrives in two pieces: `atByte` bytes, a pause of `gapMs`, the rest. */
  | { readonly kind: 'split'; readonly atByte: number; readonly gapMs: number }
  | { readonly kind: 'corrupt'; readonly atByte: number }
  | { readonly kind: 'lose' }
  | { readonly kind: 'double' }
  /** Other bytes come first: noise, or a note before a reply. */
  | { readonly kind: 'precede'; readonly bytes: Uint8Array }
  /** The cable is pulled after this many bytes. */
  | { readonly kind: 'unplug'; readonly atByte: number };

export interface WireOptions {
  /** Bytes leave as fast as this allows, 10 bits each; `null` = at once. */
  readonly baudRate: number | null;
  /** Decides about each frame in turn; `name` is the simulator's word for it. */
  readonly faultFor: (frame: { readonly name: string; readonly index: number }) => WireFault | undefined;
  /** Pulls the cable. */
  readonly unplug: () => void;
}

const BITS_PER_BYTE = 10;
/** Finer steps than the event loop's are of no use. */
const STEP_MS = 2;
const WRITE_LIMIT_MS = 2_000;

/** The simulated module's side of the line: frames leave one after the other, as slowly and as badly as they are told to. */
export class Wire {
  readonly #link: SerialLink;
  readonly #options: WireOptions;
  readonly #over = new AbortController();
  #queue: Promise<void> = Promise.resolve();
  #frames = 0;

  constructor(link: SerialLink, options: WireOptions) {
    this.#link = link;
    this.#options = options;
  }

  /** Sends a frame behind those that are still on their way. */
  send(name: string, frame: Uint8Array): void {
    const fault = this.#options.faultFor({ name, index: this.#frames++ });
    this.#queue = this.#queue.then(() => this.#deliver(frame, fault)).catch(() => undefined);
  }

  close(): void {
    this.#over.abort();
  }

  async #deliver(frame: Uint8Array, fault: WireFault | undefined): Promise<void> {
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
      await this.#link.write(bytes.subarray(sent, sent + step), WRITE_LIMIT_MS, this.#over.signal);
      if (baudRate !== null) await pause(STEP_MS, this.#over.signal);
    }
  }
}

/** A fault for about one frame in `oneIn`, always the same ones for the same seed. Unplugging is not among them. */
export function seededFaults(seed: number, oneIn: number): WireOptions['faultFor'] {
  let state = seed >>> 0;
  // Xorshift: tests need repeatable, not good, randomness.
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  if (state === 0) state = 1;
  return () => {
    if (next(oneIn) !== 0) return undefined;
    const atByte = 1 + next(10);
    const faults: readonly WireFault[] = [
      { kind: 'split', atByte, gapMs: next(20) },
      { kind: 'split', atByte, gapMs: 250 },
      { kind: 'corrupt', atByte },
      { kind: 'lose' },
      { kind: 'double' },
      { kind: 'precede', bytes: Uint8Array.from({ length: atByte }, () => next(256)) },
    ];
    return faults[next(faults.length)];
  };
}
