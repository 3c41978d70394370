import { pause } from '../../../../shared/wait.ts';
import type { SerialLink } from '../../../serial/port.ts';

/** What goes wrong with one frame of the simulated reader. */
export type SerialFault =
  /** Arrives in two pieces: `atByte` bytes, a pause of `gapMs`, the rest. */
  | { readonly kind: 'split'; readonly atByte: number; readonly gapMs: number }
  | { readonly kind: 'corrupt'; readonly atByte: number }
  | { readonly kind: 'lose' }
  | { readonly kind: 'double' }
  /** Noise comes first. */
  | { readonly kind: 'precede'; readonly bytes: Uint8Array }
  /** The answer bears the number of another command. */
  | { readonly kind: 'wrong-seq' }
  /** The reader asks this often for more time, `everyMs` apart, before it answers. */
  | { readonly kind: 'more-time'; readonly times: number; readonly everyMs: number }
  /** A command arrives damaged: it is refused with this status. */
  | { readonly kind: 'refuse'; readonly status: number }
  /** The cable is pulled after this many bytes. */
  | { readonly kind: 'unplug'; readonly atByte: number };

/** `command` is one that has come to the reader; the others are what it sends. */
export type SerialFrameName = 'command' | 'status' | 'answer' | 'notice';

export interface SerialWireOptions {
  /** Bytes leave as fast as this allows, 10 bits each; `null` = at once. */
  readonly baudRate: number | null;
  /** Decides about each frame in turn; `index` counts the frames of one name. */
  readonly faultFor: (frame: { readonly name: SerialFrameName; readonly index: number }) => SerialFault | undefined;
  /** Pulls the cable. */
  readonly unplug: () => void;
}

const BITS_PER_BYTE = 10;
/** Finer steps than the event loop's are of no use. */
const STEP_MS = 2;
const WRITE_LIMIT_MS = 2_000;

/** The simulated reader's sending side: frames leave one after the other, as slowly and as badly as they are told to. */
export class SerialWire {
  readonly #link: SerialLink;
  readonly #options: SerialWireOptions;
  readonly #over = new AbortController();
  #queue: Promise<void> = Promise.resolve();

  constructor(link: SerialLink, options: SerialWireOptions) {
    this.#link = link;
    this.#options = options;
  }

  /** Sends a frame behind those that are still on their way; resolves when it has left. */
  send(frame: Uint8Array, fault: SerialFault | undefined): Promise<void> {
    this.#queue = this.#queue.then(() => this.#deliver(frame, fault)).catch(() => undefined);
    return this.#queue;
  }

  close(): void {
    this.#over.abort();
  }

  async #deliver(frame: Uint8Array, fault: SerialFault | undefined): Promise<void> {
    switch (fault?.kind) {
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
      default:
        return this.#pace(frame);
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
export function seededSerialFaults(seed: number, oneIn: number): SerialWireOptions['faultFor'] {
  let state = seed >>> 0 || 1;
  // Xorshift: tests need repeatable, not good, randomness.
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return ({ name }) => {
    if (next(oneIn) !== 0) return undefined;
    const atByte = 1 + next(12);
    const faults: readonly SerialFault[] =
      name === 'command'
        ? [{ kind: 'lose' }, { kind: 'refuse', status: [0xff, 0xfe, 0xfd, 0x99][next(4)] ?? 0xff }]
        : [
            { kind: 'split', atByte, gapMs: next(20) },
            { kind: 'split', atByte, gapMs: 250 },
            { kind: 'corrupt', atByte },
            { kind: 'lose' },
            { kind: 'double' },
            { kind: 'precede', bytes: Uint8Array.from({ length: atByte }, () => next(256)) },
            ...(name === 'answer'
              ? ([{ kind: 'wrong-seq' }, { kind: 'more-time', times: 1 + next(3), everyMs: 5 }] as const)
              : []),
          ];
    return faults[next(faults.length)];
  };
}
