import { StationFault } from '../../../../shared/fault.ts';
import { orAbort, pause } from '../../../../shared/wait.ts';
import type { CardWatch } from '../../card-watch.ts';
import type { CardResponse } from '../../port.ts';
import { hasCode } from '../../retry.ts';
import type { CcidLine } from './ccid-line.ts';
import type { CcidMessage } from './frame.ts';
import { BAD_POWER_SELECT, COMMANDS, cardState, commandState, failureCode, NO_SUCH_SLOT } from './messages.ts';

const NOTHING = new Uint8Array();
/** bPowerSelect: by itself, or 5 V where the reader cannot choose (USB CCID 1.1 §6.1.1). */
const VOLTAGES = [0, 1];
/** A card that is being pushed in touches its contacts before it lies on them, ms. */
const SETTLE_MS = 300;
/** A card that stays mute is powered up this often, so that one that was put in slowly is read all the same. */
const MOST_POWER_UPS = 5;
const NO_CARD = ['CARD_REMOVED'] as const;
const NO_ANSWER = ['CARD_MUTE', 'CARD_PROTOCOL', 'READER_BUSY'] as const;

/** Where slots count insertions; the numbers go on over reopened lines. */
export interface Insertions {
  count: number;
}

/** The card in the reader's slot, over one open line. */
export class CardSlot {
  readonly #line: CcidLine;
  readonly #watch: CardWatch;
  readonly #insertions: Insertions;
  readonly #name: string;
  #isPresent = false;
  #isPowered = false;
  #powerUps = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #turn: Promise<unknown> = Promise.resolve();
  #mustLook = Promise.withResolvers<void>();

  constructor(line: CcidLine, watch: CardWatch, insertions: Insertions, name: string) {
    this.#line = line;
    this.#watch = watch;
    this.#insertions = insertions;
    this.#name = name;
  }

  /** The reader says that a card came or went; `undefined` = it said so unclearly. */
  noticed(notice: { readonly isPresent: boolean; readonly hasChanged: boolean } | undefined): void {
    // While the card has power, another one is known by having none: a notice that was said twice does no harm.
    if (notice !== undefined && (!notice.isPresent || (notice.hasChanged && !this.#isPowered))) this.gone();
    this.#mustLook.resolve();
  }

  /** Waits until it is time to look: after `ms`, or at a notice. */
  async untilLook(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const onAbort = () => over.abort();
    signal.addEventListener('abort', onAbort, { once: true });
    void this.#mustLook.promise.then(onAbort);
    const leftMs = () => ms - (performance.now() - this.#lastMs);
    for (let left = leftMs(); left > 0 && !over.signal.aborted; left = leftMs())
      await pause(Math.max(1, left), over.signal);
    signal.removeEventListener('abort', onAbort);
  }

  /** Is a reader there, and has it this slot? @throws StationFault when not */
  async greet(signal: AbortSignal): Promise<void> {
    const answer = await this.#ask(COMMANDS.getSlotStatus, 0, NOTHING, signal);
    if (commandState(answer) === 'failed' && answer.error === NO_SUCH_SLOT) {
      throw new StationFault('CONFIG_INVALID', this.#name, 'the reader has no such slot (card.serial.slot)');
    }
  }

  /** Asks whether a card is in, powers a new one up and tells of it. @throws StationFault when the reader fails */
  look(signal: AbortSignal): Promise<void> {
    this.#mustLook = Promise.withResolvers<void>();
    return this.#inTurn(async () => {
      const state = cardState(await this.#ask(COMMANDS.getSlotStatus, 0, NOTHING, signal));
      if (state === 'absent') return this.gone();
      if (this.#isPowered && state === 'inactive') this.gone();
      if (this.#isPowered || this.#powerUps >= MOST_POWER_UPS) return;
      const atr = await this.#answerToReset(signal);
      if (atr === undefined) return this.gone();
      if (!this.#isPresent) this.#insertions.count += 1;
      this.#isPresent = true;
      this.#powerUps += 1;
      this.#watch.see(atr, this.#insertions.count);
    }, signal);
  }

  transmit(command: Uint8Array, signal: AbortSignal): Promise<CardResponse> {
    return this.#inTurn(async () => {
      if (!this.#isPresent) throw this.#removed();
      if (!this.#isPowered) await this.#powerOn(signal);
      const { data } = this.#done(await this.#transfer(command, signal));
      const [sw1, sw2] = data.subarray(-2);
      if (sw1 === undefined || sw2 === undefined) {
        throw new StationFault('CARD_PROTOCOL', this.#name, 'an answer without a status word');
      }
      const response = { data: data.slice(0, -2), sw: (sw1 << 8) | sw2 };
      data.fill(0);
      return response;
    }, signal);
  }

  /** Takes the card's power; the next command, or the next look, gives it back. */
  release(signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#isPowered) return;
      this.#isPowered = false;
      this.#powerUps = 0;
      await this.#ask(COMMANDS.powerOff, 0, NOTHING, signal);
    }, signal);
  }

  /** No card, or no longer known to be one. */
  gone(): void {
    this.#isPresent = false;
    this.#isPowered = false;
    this.#powerUps = 0;
    this.#watch.lose();
  }

  /** @returns the answer to reset, empty when there is none; `undefined` when the card is out again */
  async #answerToReset(signal: AbortSignal): Promise<Uint8Array | undefined> {
    for (let isSettled = false; ; isSettled = true) {
      try {
        return await this.#powerOn(signal);
      } catch (error) {
        if (hasCode(error, NO_CARD)) return undefined;
        if (!hasCode(error, NO_ANSWER)) throw error;
        if (isSettled) return NOTHING;
        await pause(SETTLE_MS, signal);
      }
    }
  }

  async #powerOn(signal: AbortSignal): Promise<Uint8Array> {
    let answer: CcidMessage | undefined;
    for (const voltage of VOLTAGES) {
      answer = await this.#ask(COMMANDS.powerOn, voltage, NOTHING, signal);
      if (commandState(answer) !== 'failed' || answer.error !== BAD_POWER_SELECT) break;
    }
    const { data } = this.#done(answer as CcidMessage);
    this.#isPowered = true;
    return data;
  }

  async #transfer(command: Uint8Array, signal: AbortSignal): Promise<CcidMessage> {
    try {
      return await this.#ask(COMMANDS.transfer, 0, command, signal);
    } catch (error) {
      // The reader may give the card up, and its power, after we did: no power is then no sign of another card.
      this.#isPowered = false;
      throw error;
    }
  }

  /** Passes on what the reader has done; throws what it could not do. */
  #done(answer: CcidMessage): CcidMessage {
    if (commandState(answer) === 'done') return answer;
    const code = failureCode(answer);
    const state = cardState(answer);
    if (state === 'absent') this.gone();
    if (state !== 'active') this.#isPowered = false;
    const error = answer.error.toString(16).toUpperCase().padStart(2, '0');
    throw new StationFault(code, this.#name, `the reader reports error ${error}, card ${state}`);
  }

  async #ask(command: Parameters<CcidLine['ask']>[0], first: number, data: Uint8Array, signal: AbortSignal) {
    const answer = await this.#line.ask(command, [first, 0, 0], data, signal);
    this.#lastMs = performance.now();
    return answer;
  }

  #removed(): StationFault {
    return new StationFault('CARD_REMOVED', this.#name, 'no card in the reader');
  }

  /** One after the other; who gives up waiting leaves the order as it is. */
  async #inTurn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.#turn;
    const over = Promise.withResolvers<void>();
    this.#turn = over.promise;
    try {
      await orAbort(before, signal);
      return await work();
    } finally {
      void before.then(() => over.resolve());
    }
  }
}
