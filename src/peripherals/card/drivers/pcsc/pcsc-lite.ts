import { createRequire } from 'node:module';

/**
 * The part of the `smartcard` package that is used, written down here because the package is optional: without
 * libpcsclite's headers it is not there, and the station must still type-check and say so in a sentence.
 */
export interface PcscLite {
  readonly Context: new () => PcscContext;
  readonly SCARD_SHARE_EXCLUSIVE: number;
  readonly SCARD_SHARE_SHARED: number;
  readonly SCARD_PROTOCOL_T0: number;
  readonly SCARD_PROTOCOL_T1: number;
  readonly SCARD_LEAVE_CARD: number;
  readonly SCARD_RESET_CARD: number;
  readonly SCARD_STATE_CHANGED: number;
  readonly SCARD_STATE_UNKNOWN: number;
  readonly SCARD_STATE_UNAVAILABLE: number;
  readonly SCARD_STATE_PRESENT: number;
  readonly SCARD_STATE_MUTE: number;
}

export interface PcscContext {
  listReaders(): readonly PcscSlot[];
  /** `null` when cancelled, empty on time-out. */
  waitForChange(slots: readonly SlotState[], timeoutMs: number): Promise<readonly SlotChange[] | null>;
  close(): void;
}

export interface PcscSlot {
  readonly name: string;
  connect(shareMode: number, protocols: number): Promise<PcscCard>;
}

export interface PcscCard {
  transmit(
    command: Buffer,
    options: { readonly maxRecvLength: number; readonly autoGetResponse: false },
  ): Promise<Buffer>;
  disconnect(disposition: number): void;
}

interface SlotState {
  readonly name: string;
  readonly state: number;
}

interface SlotChange extends SlotState {
  readonly atr: Buffer | null;
}

/** Loads the native package; throws when it is not installed or was not built. */
export function loadPcscLite(): PcscLite {
  const require = createRequire(import.meta.url);
  return require('smartcard') as PcscLite;
}
