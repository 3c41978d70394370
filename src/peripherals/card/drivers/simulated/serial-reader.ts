import { FaultyLine, type FaultyLineOptions } from '../../../../shared/faulty-line.ts';
import { pause } from '../../../../shared/wait.ts';
import type { SerialLink } from '../../../serial/port.ts';
import { onTheLine, type SerialFault, type SerialFaultFor, type SerialFrameName } from './serial-faults.ts';
import type { CardAnswer, VirtualCard } from './virtual-card.ts';
import { exchangeTimeMs } from './wire-time.ts';

export interface SerialReaderOptions extends FaultyLineOptions {
  readonly faultFor: SerialFaultFor;
  /** The contact slot; the other one, 0 or 1, is an empty contactless slot. */
  readonly slot: 0 | 1;
  /** Tells by itself when a card comes or goes. */
  readonly tellsChanges: boolean;
  /** How long it waits for a card before it calls it mute, ms; a real one 960 at the card's first speed. */
  readonly muteAfterMs: number;
}

/** As an ACR1281S comes from its maker, on a good line. */
const GOOD: SerialReaderOptions = {
  slot: 1,
  tellsChanges: true,
  muteAfterMs: 960,
  baudRate: null,
  faultFor: () => undefined,
  unplug: () => undefined,
};

/**
 * Plugs a simulated reader in at the device's end of a line.
 * @param change what differs from an ACR1281S on a good line
 */
export function attachSerialReader(link: SerialLink, change: Partial<SerialReaderOptions>): SerialReaderSimulator {
  return new SerialReaderSimulator(link, { ...GOOD, ...change });
}

const REPEAT = '02000000000000000000000003';
const HEADER = 10;
const BIGGEST = 0x105;
/** A frame that stops is given up after this, ms. */
const PATIENCE_MS = 500;
const WRITE_LIMIT_MS = 2_000;
const [POWER, NO_POWER, NO_CARD] = [0, 1, 2] as const;
const FAILED = 0x40;
const WAIT = 0x80;

/**
 * A contact reader on a serial line, at byte level, written from the protocol's description with framing of its own: a mistake in
 * the driver's framing must not cancel out here. Its card is a {@link VirtualCard}.
 */
export class SerialReaderSimulator {
  /** Hears nothing and says nothing: no power, or another speed. */
  isDead = false;
  readonly #options: SerialReaderOptions;
  readonly #line: FaultyLine;
  readonly #stopListening: () => void;
  readonly #over = new AbortController();
  readonly #counts: Record<string, number> = {};
  #card: VirtualCard | undefined;
  #isPowered = false;
  #isBusy = false;
  #said: Uint8Array | undefined;
  #received: number[] = [];
  #patience: NodeJS.Timeout | undefined;

  /** @param link the device's end of the line */
  constructor(link: SerialLink, options: SerialReaderOptions) {
    this.#options = options;
    this.#line = new FaultyLine((bytes, signal) => link.write(bytes, WRITE_LIMIT_MS, signal), options);
    this.#stopListening = link.onBytes((bytes) => this.#hear(bytes));
  }

  /** Puts a card in; one that is already there is pulled first. */
  insert(card: VirtualCard): void {
    this.pull();
    card.insert();
    this.#card = card;
    this.#notice(3);
  }

  pull(): void {
    if (this.#card === undefined) return;
    this.#card = undefined;
    this.#isPowered = false;
    this.#notice(2);
  }

  close(): void {
    clearTimeout(this.#patience);
    this.#over.abort();
    this.#stopListening();
    this.#line.close();
  }

  #hear(bytes: Uint8Array): void {
    // While it works for one command it hears no other.
    if (this.isDead || this.#isBusy) return;
    clearTimeout(this.#patience);
    this.#received.push(...bytes);
    for (;;) {
      while (this.#received.length > 0 && this.#received[0] !== 2) this.#received.shift();
      const length = this.#lengthOfFrame();
      if (length === undefined) break;
      const frame = this.#received.splice(0, length);
      if (Buffer.from(frame).toString('hex') === REPEAT) {
        if (this.#said !== undefined) void this.#line.send(this.#said, onTheLine(this.#faultOf('answer')));
      } else this.#judge(frame);
    }
    if (this.#received.length > 0) {
      this.#patience = setTimeout(() => {
        this.#received = [];
        this.#status(0x99);
      }, PATIENCE_MS);
    }
  }

  /** Of the frame at the beginning; `undefined` = its end has not come yet. */
  #lengthOfFrame(): number | undefined {
    const data = (this.#received[2] ?? 0) + 256 * (this.#received[3] ?? 0);
    const length = 1 + HEADER + Math.min(data, BIGGEST) + 2;
    return this.#received.length < length ? undefined : length;
  }

  #judge(frame: readonly number[]): void {
    const fault = this.#faultOf('command');
    if (fault?.kind === 'lose') return;
    if (fault?.kind === 'refuse') return this.#status(fault.status);
    const [, kind = 0, low = 0, high = 0, , , slot = 0, seq = 0, first = 0] = frame;
    // A sound frame's parity between its ends is zero.
    const parity = frame.slice(1, -1).reduce((sum, byte) => sum ^ byte, 0);
    if (low + 256 * high > BIGGEST) return this.#status(0xfe);
    if (frame.at(-1) !== 3) return this.#status(0xfd);
    if (parity !== 0) return this.#status(0xff);
    if (slot > 1) return this.#status(0xfb);
    this.#status(0);
    this.#isBusy = true;
    void this.#obey(kind, slot, first, Uint8Array.from(frame.slice(1 + HEADER, -2)))
      .then((reply) => this.#answer(slot, seq, reply))
      .catch(() => undefined)
      .finally(() => {
        this.#isBusy = false;
      });
  }

  async #obey(kind: number, slot: number, first: number, data: Uint8Array): Promise<Reply> {
    const [block, status] = [0x80, 0x81];
    if (slot !== this.#options.slot) return { kind: status, error: 0, fails: kind !== 0x65, data: [] };
    switch (kind) {
      case 0x62:
        if (first > 3) return { kind: block, error: 7, fails: true, data: [] };
        if (this.#card === undefined) return { kind: block, error: 0xfe, fails: true, data: [] };
        this.#card.reset();
        if (this.#card.atr.length === 0) return await this.#mute();
        this.#isPowered = true;
        return { kind: block, error: 0x81, fails: false, data: [...this.#card.atr] };
      case 0x63:
        this.#card?.reset();
        this.#isPowered = false;
        return { kind: status, error: 0x81, fails: false, data: [] };
      case 0x65:
        return { kind: status, error: 0x81, fails: false, data: [] };
      case 0x6f:
        return await this.#exchange(data);
      default:
        return { kind: status, error: 0, fails: true, data: [] };
    }
  }

  async #exchange(command: Uint8Array): Promise<Reply> {
    const card = this.#card;
    if (card === undefined || !this.#isPowered) return { kind: 0x80, error: 0xfe, fails: true, data: [] };
    const answer: CardAnswer = card.answer(command);
    if (answer.kind === 'mute') return await this.#mute();
    if (answer.kind === 'gone') {
      this.pull();
      return { kind: 0x80, error: 0xfe, fails: true, data: [] };
    }
    if (card.options.wireSpeed) {
      await pause(exchangeTimeMs(card.atr, command.length, answer.bytes.length), this.#over.signal);
    }
    return { kind: 0x80, error: 0x81, fails: false, data: [...answer.bytes] };
  }

  async #mute(): Promise<Reply> {
    await pause(this.#options.muteAfterMs, this.#over.signal);
    this.#isPowered = false;
    return { kind: 0x80, error: 0xfe, fails: true, data: [] };
  }

  async #answer(slot: number, seq: number, reply: Reply): Promise<void> {
    const message = (number: number, state: number, error: number, data: readonly number[]) =>
      wrap([reply.kind, data.length & 0xff, data.length >> 8, 0, 0, slot, number, state, error, 0, ...data]);
    const state = this.#cardState(slot) | (reply.fails ? FAILED : 0);
    const whole = message(seq, state, reply.error, reply.data);
    const fault = this.#faultOf('answer');
    if (fault?.kind === 'more-time') {
      for (let times = 0; times < fault.times; times++) {
        await this.#line.send(message(seq, WAIT, 1, []), undefined);
        await pause(fault.everyMs, this.#over.signal);
      }
    }
    this.#said = whole;
    const said = fault?.kind === 'wrong-seq' ? message((seq + 7) & 0xff, state, reply.error, reply.data) : whole;
    // It hears again as soon as the answer is on its way, not when it has left.
    void this.#line.send(said, onTheLine(fault));
  }

  #cardState(slot: number): number {
    if (slot !== this.#options.slot || this.#card === undefined) return NO_CARD;
    return this.#isPowered ? POWER : NO_POWER;
  }

  #status(status: number): void {
    void this.#line.send(Uint8Array.of(2, status, status, 3), onTheLine(this.#faultOf('status')));
  }

  /** @param bits 1 = a card is in, 2 = that is new */
  #notice(bits: number): void {
    if (!this.#options.tellsChanges || this.isDead) return;
    const slots = bits << (2 * this.#options.slot);
    this.#said = wrap([0x50, slots]);
    void this.#line.send(this.#said, onTheLine(this.#faultOf('notice')));
  }

  #faultOf(name: SerialFrameName): SerialFault | undefined {
    const index = this.#counts[name] ?? 0;
    this.#counts[name] = index + 1;
    return this.#options.faultFor({ name, index });
  }
}

interface Reply {
  readonly kind: number;
  readonly error: number;
  readonly fails: boolean;
  readonly data: readonly number[];
}

/** The simulator's own framing: between its ends the parity of a frame is zero. */
function wrap(body: readonly number[]): Uint8Array {
  return Uint8Array.from([2, ...body, body.reduce((parity, byte) => parity ^ byte), 3]);
}
