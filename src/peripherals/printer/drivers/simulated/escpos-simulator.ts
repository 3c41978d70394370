import type { Raster, RollDots } from '../../../../paper/port.ts';
import type { SerialLink } from '../../../serial/port.ts';

export interface PrinterSimulatorOptions {
  readonly dots: RollDots;
  /** Rows a second; a fast printer makes 1,600 (200 mm). */
  readonly rowsPerSecond: number;
  /** Bytes that its memory holds. */
  readonly memory: number;
  /** False: a printer without a word, as there are on USB. */
  readonly speaks: boolean;
  /** Told each slip that was cut. */
  readonly onSlip: ((slip: Raster) => void) | null;
}

const TICK_MS = 5;

/**
 * A receipt printer at byte level, with a parser of its own: prints into pictures, one a cut; runs out of paper, jams, is opened.
 * What it does not know is counted, not guessed.
 */
export class EscPosSimulator {
  readonly #link: SerialLink;
  readonly #options: PrinterSimulatorOptions;
  readonly #stopListening: () => void;
  readonly #ticking: NodeJS.Timeout;
  readonly #slips: Raster[] = [];
  readonly #waiting = new Set<() => void>();
  #held: number[] = [];
  #last: readonly number[] = [];
  #rows: Uint8Array[] = [];
  #credit = 0;
  #isHolding = false;
  /** Bytes that belonged to no command it knows, NUL aside. */
  unknown = 0;
  /** Bytes that came while the memory was full: lost, as in a real one. */
  overrun = 0;
  /** Rows of paper that are left. */
  paper = Number.POSITIVE_INFINITY;
  isCoverOpen = false;
  isJammed = false;

  constructor(link: SerialLink, options: PrinterSimulatorOptions) {
    this.#link = link;
    this.#options = options;
    this.#stopListening = link.onBytes((bytes) => this.#receive(bytes));
    this.#ticking = setInterval(() => this.#work(), TICK_MS);
  }

  /** Finished slips, oldest first. */
  get slips(): readonly Raster[] {
    return this.#slips;
  }

  /** Rows that were printed since the last cut. */
  get rowsUncut(): number {
    return this.#rows.length;
  }

  /** Resolves when `condition` holds; looked at after every step of the printer. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (!condition()) return;
      this.#waiting.delete(look);
      resolve();
    };
    this.#waiting.add(look);
    await promise;
  }

  close(): void {
    clearInterval(this.#ticking);
    this.#stopListening();
  }

  #receive(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#last = [...this.#last.slice(-2), byte];
      const [a, b, what = 0] = this.#last;
      if (a === 16 && b === 4 && what >= 1 && what <= 4) this.#say(this.#status(what));
      if (this.#held.length < this.#options.memory) this.#held.push(byte);
      else this.overrun += 1;
    }
    if (!this.#isHolding && this.#held.length > this.#options.memory * 0.9) {
      this.#isHolding = true;
      this.#say(19);
    }
    this.#work();
  }

  #status(what: number): number {
    const paperOut = this.paper <= 0;
    const isOff = paperOut || this.isCoverOpen || this.isJammed;
    const bits = [
      isOff ? 8 : 0,
      (this.isCoverOpen ? 4 : 0) | (paperOut ? 32 : 0) | (this.isJammed ? 64 : 0),
      this.isJammed ? 8 : 0,
      paperOut ? 0x6c : 0,
    ][what - 1];
    return 0x12 | (bits ?? 0);
  }

  /** Carries out what is in its memory, as far as paper, cover and its speed allow. */
  #work(): void {
    this.#credit = Math.min(
      this.#options.rowsPerSecond,
      this.#credit + (this.#options.rowsPerSecond * TICK_MS) / 1_000,
    );
    while (this.paper > 0 && !this.isCoverOpen && !this.isJammed && this.#step());
    if (this.#isHolding && this.#held.length < this.#options.memory / 2) {
      this.#isHolding = false;
      this.#say(17);
    }
    for (const look of [...this.#waiting]) look();
  }

  /** One command. @returns false when there is none whole, or no time for it yet */
  #step(): boolean {
    const [a, b, c, d] = this.#held;
    if (a === undefined) return false;
    if (a === 0) return this.#take(1);
    if (a === 27 && b === 64) return this.#take(2);
    if (a === 16 && b === 4 && c !== undefined) return this.#take(3);
    if (a === 27 && b === 100 && c !== undefined) {
      this.#cut();
      return this.#take(3);
    }
    if (a === 29 && b === 114 && c !== undefined) {
      this.#say(this.paper <= 0 ? 12 : 0);
      return this.#take(3);
    }
    if (a === 29 && b === 86 && c !== undefined) {
      if (c >= 65 && d === undefined) return false;
      this.#cut();
      return this.#take(c >= 65 ? 4 : 3);
    }
    if (a === 29 && b === 118 && c === 48) return this.#picture();
    if ([27, 29, 16].includes(a) && this.#held.length < 3) return false;
    this.unknown += 1;
    return this.#take(1);
  }

  #picture(): boolean {
    const [, , , , xl = 0, xh = 0, yl = 0, yh = 0] = this.#held;
    const [across, rows] = [xl + 256 * xh, yl + 256 * yh];
    if (this.#held.length < 8 + across * rows || this.#credit < rows) return false;
    this.#credit -= rows;
    for (let row = 0; row < rows; row++) {
      if (this.paper <= 0) break;
      this.paper -= 1;
      const line = new Uint8Array(this.#options.dots / 8);
      // A picture wider than the paper loses its right side.
      line.set(this.#held.slice(8 + row * across, 8 + row * across + Math.min(across, line.length)));
      this.#rows.push(line);
    }
    return this.#take(8 + across * rows);
  }

  #cut(): void {
    if (this.#rows.length === 0) return;
    const slip = { width: this.#options.dots, height: this.#rows.length, bits: Buffer.concat(this.#rows) };
    this.#slips.push(slip);
    this.#rows = [];
    this.#options.onSlip?.(slip);
  }

  #take(bytes: number): true {
    this.#held = this.#held.slice(bytes);
    return true;
  }

  #say(byte: number): void {
    if (!this.#options.speaks) return;
    this.#link.write(Uint8Array.of(byte), 1_000, new AbortController().signal).catch(() => undefined);
  }
}
