import { setTimeout as delay } from 'node:timers/promises';
import { failureOf, isReset } from './pcsc-errors.ts';
import type { PcscCard, PcscContext, PcscLite } from './pcsc-lite.ts';

/** Some readers need this long after an insertion or a reset, ms (reported for Alcor AK9563). */
const SETTLE_MS = 300;
const BUSY_TRIES = 3;
const BUSY_PAUSE_MS = 200;
/** 256 bytes of data, the status word, and room to spare. */
const RECEIVE_BYTES = 264;

/**
 * The connection to the card of one reader, inside the child process. Exclusive, so that no other program's commands
 * fall between ours; a reader that resets its card under exclusive access is used shared from then on.
 */
export class CardSession {
  readonly #pcsc: PcscLite;
  readonly #sharedOnly = new Set<string>();
  #context: PcscContext | undefined;
  #card: PcscCard | undefined;
  #reader = '';

  constructor(pcsc: PcscLite) {
    this.#pcsc = pcsc;
  }

  async transmit(reader: string, command: Uint8Array): Promise<Uint8Array> {
    if (this.#reader !== reader) await this.release();
    this.#reader = reader;
    this.#card ??= await this.#connect(reader);
    try {
      const answer = await this.#card.transmit(Buffer.from(command), {
        maxRecvLength: RECEIVE_BYTES,
        autoGetResponse: false,
      });
      // The virtual reader answers nothing at all when its card is pulled.
      if (answer.length < 2) throw new Error('Card was removed');
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      if (isReset(failure)) this.#sharedOnly.add(reader);
      // pcscd takes a reset that fails for a removal, without looking at the slot; a card that is put in before it looks again
      // is still the old one to it, and is never told.
      await this.#let(failure.code === 'CARD_REMOVED' ? this.#pcsc.SCARD_LEAVE_CARD : this.#pcsc.SCARD_RESET_CARD);
      // A context does not outlive the service it was made with.
      if (failure.code === 'PCSC_SERVICE_DOWN') this.#context = undefined;
      throw error;
    }
  }

  /** Lets go of the card and leaves it reset: nobody after us finds our applet selected. */
  async release(): Promise<void> {
    await this.#let(this.#pcsc.SCARD_RESET_CARD);
  }

  async #let(disposition: number): Promise<void> {
    const card = this.#card;
    this.#card = undefined;
    try {
      await card?.disconnect(disposition);
    } catch {
      // Already out: there is nothing left to let go of.
    }
  }

  async #connect(reader: string): Promise<PcscCard> {
    if (this.#sharedOnly.has(reader)) return await this.#open(reader, this.#pcsc.SCARD_SHARE_SHARED);
    try {
      return await this.#open(reader, this.#pcsc.SCARD_SHARE_EXCLUSIVE);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'CARD_MUTE' && !isReset(failure)) throw error;
      await delay(SETTLE_MS);
      const card = await this.#open(reader, this.#pcsc.SCARD_SHARE_SHARED);
      this.#sharedOnly.add(reader);
      return card;
    }
  }

  async #open(reader: string, shareMode: number): Promise<PcscCard> {
    this.#context ??= new this.#pcsc.Context();
    for (let tried = 1; ; tried++) {
      const slot = (await this.#context.listReaders()).find((candidate) => candidate.name === reader);
      if (slot === undefined) throw new Error('Unknown reader');
      try {
        return await slot.connect(shareMode, this.#pcsc.SCARD_PROTOCOL_T0 | this.#pcsc.SCARD_PROTOCOL_T1);
      } catch (error) {
        if (failureOf(error).code !== 'READER_BUSY' || tried === BUSY_TRIES) throw error;
        await delay(BUSY_PAUSE_MS);
      }
    }
  }
}
