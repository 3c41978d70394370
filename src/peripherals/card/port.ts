import type { StationFault } from '../../shared/fault.ts';

/** What a reader tells without being asked. */
export type CardEvent =
  | { readonly kind: 'card-inserted'; readonly atr: Uint8Array }
  | { readonly kind: 'card-removed' };

/** Response data and status word SW1SW2, e.g. `0x9000`. */
export interface CardResponse {
  readonly data: Uint8Array;
  readonly sw: number;
}

/** Port: a reader of ID-1 chip cards (ISO/IEC 7816). */
export interface CardReader extends AsyncDisposable {
  /** The reader's own name, as the system lists it. */
  readonly name: string;
  /** What is wrong with the reader or its service now, for health reports; `undefined` = ready. */
  readonly fault: StationFault | undefined;
  /**
   * Insertions and removals; a card that is already in the reader is told first. A card with an empty `atr` does not
   * answer: it lies the wrong way round or is no chip card.
   * Ends when `signal` aborts; throws {@link StationFault} (`READER_MISSING`, `READER_SILENT`, `PCSC_SERVICE_DOWN`, `SERIAL_…`) when the reader is lost
   * for longer than the driver mends by itself. The reader is not finished then: listen again.
   */
  events(signal: AbortSignal): AsyncIterable<CardEvent>;
  /**
   * Sends one command to the inserted card, connecting first where the reader needs it.
   * @param command at most 261 bytes (short form)
   * @throws StationFault `CARD_REMOVED`, `CARD_MUTE`, `CARD_TIMEOUT`, `READER_BUSY`, `READER_MISSING`, `READER_SILENT`, `PCSC_SERVICE_DOWN`
   */
  transmit(command: Uint8Array, signal: AbortSignal): Promise<CardResponse>;
  /** Ends the session with the card; the next `transmit` connects anew. */
  release(): Promise<void>;
}
