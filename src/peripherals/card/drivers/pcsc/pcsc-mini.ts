import { EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { failureOf, pcscError } from './pcsc-errors.ts';
import type { PcscCard, PcscContext, PcscLite, PcscSlot, SlotChange, SlotState } from './pcsc-lite.ts';

/** The part of the package `pcsc-mini` that is used. */
interface MiniCard {
  transmit(command: Uint8Array, output: ArrayBuffer): Promise<Uint8Array>;
  disconnect(disposition: number): Promise<void>;
  state(): Promise<{ readonly atr: Uint8Array }>;
}
interface MiniReader extends EventEmitter<{ change: [{ readonly raw: number }, Uint8Array]; disconnect: [] }> {
  name(): string;
  connect(mode: number, protocols: number): Promise<MiniCard>;
}
interface MiniClient extends EventEmitter<{ reader: [MiniReader]; error: [Error] }> {
  start(): void;
  stop(): void;
}
interface Mini {
  readonly Client: new () => MiniClient;
}

/** Values of pcsclite.h. */
const PCSC = {
  SCARD_SHARE_EXCLUSIVE: 1,
  SCARD_SHARE_SHARED: 2,
  SCARD_PROTOCOL_T0: 1,
  SCARD_PROTOCOL_T1: 2,
  SCARD_LEAVE_CARD: 0,
  SCARD_RESET_CARD: 1,
  SCARD_STATE_CHANGED: 0x2,
  SCARD_STATE_UNKNOWN: 0x4,
  SCARD_STATE_UNAVAILABLE: 0x8,
  SCARD_STATE_PRESENT: 0x20,
  SCARD_STATE_MUTE: 0x200,
} as const;

/** The package tells of readers one by one and has no list: the first comes within a few ms, and the others on its heels. */
const FIRST_READER_MS = 150;
const NEXT_READER_MS = 30;
const ATR_TRIES = 5;
const ATR_PAUSE_MS = 100;

/** The package `pcsc-mini`, in the shape of {@link PcscLite}. */
export function load(): PcscLite {
  const mini = createRequire(import.meta.url)('pcsc-mini') as Mini;
  class Context extends MiniContext {
    constructor() {
      super(mini);
    }
  }
  return { Context, ...PCSC };
}

interface Seen {
  readonly reader: MiniReader;
  readonly state: number;
}

/** Keeps what the package's monitoring thread tells, so that it can be asked for. */
class MiniContext implements PcscContext {
  readonly #client: MiniClient;
  readonly #seen = new Map<string, Seen>();
  readonly #changes = new EventEmitter<{ change: [] }>();
  #atr: { readonly insertion: string; readonly bytes: Buffer } | undefined;
  #error: Error | undefined;
  /** The readers that were there at the start are known. */
  #isListed = false;

  constructor(mini: Mini) {
    this.#client = new mini.Client();
    this.#client.on('error', (error) => {
      this.#error = named(error);
      this.#changes.emit('change');
    });
    this.#client.on('reader', (reader) => {
      reader.on('change', ({ raw }) => this.#see(reader.name(), { reader, state: raw }));
      reader.on('disconnect', () => this.#see(reader.name(), undefined));
    });
    try {
      this.#client.start();
    } catch (error) {
      throw named(error);
    }
  }

  async listReaders(): Promise<readonly PcscSlot[]> {
    if (!this.#isListed) await this.#untilListed();
    this.#isListed = this.#seen.size > 0;
    if (this.#error !== undefined) throw this.#error;
    return [...this.#seen].map(([name, { reader }]) => ({
      name,
      connect: async (mode, protocols) => wrap(await reader.connect(mode, protocols).catch(rethrow)),
    }));
  }

  async waitForChange(slots: readonly SlotState[], timeoutMs: number): Promise<readonly SlotChange[]> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      if (this.#error !== undefined) throw this.#error;
      for (const { name, state } of slots) {
        const seen = this.#seen.get(name);
        if (seen === undefined) return [{ name, state: PCSC.SCARD_STATE_UNKNOWN, atr: null }];
        if ((seen.state & ~PCSC.SCARD_STATE_CHANGED) === state) continue;
        return [{ name, state: seen.state, atr: await this.#readAtr(name, seen) }];
      }
      const left = until - performance.now();
      if (left <= 0) return [];
      await this.#change(left);
    }
  }

  close(): void {
    this.#client.stop();
  }

  /**
   * The ATR that comes with the package's event has the right length and wrong bytes; the right ones are had from a
   * connection. Once for each insertion: later the card is in use.
   */
  async #readAtr(name: string, { reader, state }: Seen): Promise<Buffer | null> {
    if ((state & PCSC.SCARD_STATE_PRESENT) === 0 || (state & PCSC.SCARD_STATE_MUTE) !== 0) return null;
    const insertion = `${state >>> 16} ${name}`;
    if (this.#atr?.insertion === insertion) return this.#atr.bytes;
    for (let tried = 1; ; tried++) {
      try {
        const card = await reader.connect(PCSC.SCARD_SHARE_SHARED, PCSC.SCARD_PROTOCOL_T0 | PCSC.SCARD_PROTOCOL_T1);
        const bytes = Buffer.from((await card.state()).atr);
        await card.disconnect(PCSC.SCARD_LEAVE_CARD);
        this.#atr = { insertion, bytes };
        return bytes;
      } catch (error) {
        // In use or just reset by somebody else; gone or silent is what an empty ATR says.
        const { code } = failureOf(named(error));
        if ((code !== 'READER_BUSY' && code !== 'CARD_PROTOCOL') || tried === ATR_TRIES) return null;
        await delay(ATR_PAUSE_MS);
      }
    }
  }

  async #untilListed(): Promise<void> {
    for (let known = -1; this.#seen.size > known && this.#error === undefined; ) {
      known = this.#seen.size;
      await this.#change(known === 0 ? FIRST_READER_MS : NEXT_READER_MS);
    }
  }

  #see(name: string, seen: Seen | undefined): void {
    if (seen === undefined) this.#seen.delete(name);
    else this.#seen.set(name, seen);
    this.#changes.emit('change');
  }

  async #change(limitMs: number): Promise<void> {
    await once(this.#changes, 'change', { signal: AbortSignal.timeout(Math.ceil(limitMs)) }).catch(() => undefined);
  }
}

function wrap(card: MiniCard): PcscCard {
  return {
    transmit: async (command, { maxRecvLength }) =>
      Buffer.from(await card.transmit(command, new ArrayBuffer(maxRecvLength)).catch(rethrow)),
    disconnect: (disposition) => card.disconnect(disposition),
  };
}

function named(error: unknown): Error {
  const name = error instanceof Error && 'code' in error ? String(error.code) : '';
  return pcscError(name) ?? (error instanceof Error ? error : new Error(String(error)));
}

function rethrow(error: unknown): never {
  throw named(error);
}
