/** Something that goes wrong at the n-th command of an insertion, counted from 1. */
export interface CardFaults {
  /** The card is pulled instead of answering. */
  readonly yankAt?: number;
  /** From here on nothing is answered. */
  readonly muteAt?: number;
  /** From here on another card's memory answers, as if swapped unseen. */
  readonly swapAt?: { readonly command: number; readonly image: Uint8Array };
  /** Just before these commands the card loses its power or another program resets it: no applet is selected. */
  readonly resetAt?: readonly number[];
  /** These commands answer this status word once. */
  readonly statusAt?: { readonly commands: readonly number[]; readonly sw: number };
}

export interface VirtualCardOptions {
  /** Answer to reset; an empty one is a card put in upside down. */
  readonly atr: Uint8Array;
  readonly image: Uint8Array;
  /** `foreign` = a chip card without the Thai applet. */
  readonly applet: 'thai-id' | 'foreign';
  /**
   * `t0` says 61xx and waits for GET RESPONSE; `apdu` answers data at once, as behind an APDU-level reader; `t0-6c`
   * announces 61FF and corrects the length with 6Cxx; `t0-chained` hands out at most 100 bytes at a time.
   */
  readonly answers: 't0' | 'apdu' | 't0-6c' | 't0-chained';
  /** P2 that GET RESPONSE must carry; with another the answer is blanks. */
  readonly getResponseP2: 0 | 1;
  /** Takes as long as the wire would at 4 MHz. */
  readonly wireSpeed: boolean;
  readonly faults: CardFaults;
}

export type CardAnswer =
  | { readonly kind: 'answer'; readonly bytes: Uint8Array }
  | { readonly kind: 'mute' }
  | { readonly kind: 'gone' };

const SELECT_NAME = '00a40400';
const THAI_ID = 'a000000054480001';
const CHAIN = 100;

/** A Thai ID card as a card sees the world: commands come in, bytes go out, state in between (ISO/IEC 7816-4). */
export class VirtualCard {
  readonly options: VirtualCardOptions;
  #image: Uint8Array;
  #isSelected = false;
  #pending: Uint8Array = new Uint8Array();
  #commands = 0;

  constructor(options: VirtualCardOptions) {
    this.options = options;
    this.#image = options.image;
  }

  get atr(): Uint8Array {
    return this.options.atr;
  }

  /** Commands since the card was put in. */
  get commands(): number {
    return this.#commands;
  }

  /** Put into a reader: the fault script starts again. */
  insert(): void {
    this.#commands = 0;
    this.#image = this.options.image;
    this.reset();
  }

  /** Power-up or warm reset: no applet is selected. */
  reset(): void {
    this.#isSelected = false;
    this.#pending = new Uint8Array();
  }

  answer(command: Uint8Array): CardAnswer {
    const n = ++this.#commands;
    const { faults, atr } = this.options;
    if (faults.yankAt !== undefined && n >= faults.yankAt) return { kind: 'gone' };
    if (atr.length === 0 || (faults.muteAt !== undefined && n >= faults.muteAt)) return { kind: 'mute' };
    if (faults.swapAt !== undefined && n >= faults.swapAt.command) this.#image = faults.swapAt.image;
    if (faults.resetAt?.includes(n)) this.reset();
    const status = faults.statusAt?.commands.includes(n) ? word(faults.statusAt.sw) : undefined;
    return { kind: 'answer', bytes: status ?? this.#reply(command) };
  }

  #reply(command: Uint8Array): Uint8Array {
    const [cla = 0, ins = 0, p1 = 0, p2 = 0, p3 = 0] = command;
    if (cla === 0x00 && ins === 0xc0) return this.#getResponse(p2, p3);
    this.#pending = new Uint8Array();
    const text = Buffer.from(command).toString('hex');
    if (text.startsWith(SELECT_NAME)) {
      this.#isSelected = this.options.applet === 'thai-id' && text.slice(10, 10 + 2 * p3) === THAI_ID;
      return this.#isSelected ? this.#offer(Uint8Array.of(0x6f, 0x08, 0x84, 0x06, 0, 0, 0, 0, 0, 0)) : word(0x6a82);
    }
    if (!this.#isSelected) return word(this.options.applet === 'foreign' ? 0x6e00 : 0x6985);
    if (cla !== 0x80 || ins !== 0xb0) return word(0x6d00);
    if (p3 !== 2 || command.length < 7) return word(0x6700);
    const from = p1 * 256 + p2;
    const size = (command[5] ?? 0) * 256 + (command[6] ?? 0);
    return from + size > this.#image.length ? word(0x6b00) : this.#offer(this.#image.slice(from, from + size));
  }

  #offer(data: Uint8Array): Uint8Array {
    if (this.options.answers === 'apdu') return Uint8Array.of(...data, 0x90, 0x00);
    this.#pending = data;
    return this.options.answers === 't0-6c' ? word(0x61ff) : this.#announce();
  }

  #announce(): Uint8Array {
    const most = this.options.answers === 't0-chained' ? CHAIN : 255;
    return this.#pending.length === 0 ? word(0x9000) : word(0x6100 | Math.min(this.#pending.length, most));
  }

  #getResponse(p2: number, wanted: number): Uint8Array {
    if (this.#pending.length === 0) return word(0x6985);
    const want = wanted === 0 ? 256 : wanted;
    if (want > this.#pending.length) return word(0x6c00 | this.#pending.length);
    const part = this.#pending.slice(0, want);
    this.#pending = this.#pending.slice(want);
    if (p2 !== this.options.getResponseP2) part.fill(0x20);
    return Uint8Array.of(...part, ...this.#announce());
  }
}

function word(sw: number): Uint8Array {
  return Uint8Array.of(sw >> 8, sw & 0xff);
}
