/**
 * The part of PC/SC that is used, in the shape of the `smartcard` package; written down here because the packages are
 * optional: without libpcsclite's headers that one is not there, and the station must still type-check and say so in a
 * sentence.
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
  listReaders(): readonly PcscSlot[] | Promise<readonly PcscSlot[]>;
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
  disconnect(disposition: number): void | Promise<void>;
}

export interface SlotState {
  readonly name: string;
  readonly state: number;
}

export interface SlotChange extends SlotState {
  readonly atr: Buffer | null;
}
