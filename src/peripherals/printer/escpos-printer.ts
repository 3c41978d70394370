import type { Raster, RollDots } from '../../paper/port.ts';
import { asFault, StationFault } from '../../shared/fault.ts';
import type { FaultCode } from '../../shared/faults.ts';
import { backOffMs, pause } from '../../shared/wait.ts';
import type { SerialLink } from '../serial/port.ts';
import { ASK_DONE, CUT, FEED, INITIALISE, rasterBands } from './escpos.ts';
import { EscPosLine } from './escpos-line.ts';
import type { Printer, PrinterState } from './port.ts';

export interface EscPosOptions {
  /** How staff know it. */
  readonly name: string;
  readonly dots: RollDots;
  readonly hasCutter: boolean;
  /** Opens the line, anew each time: the device may have another path after replugging. */
  readonly openLink: (signal: AbortSignal) => Promise<SerialLink>;
  /** True for a serial line, on which silence cannot be told from an empty socket; a USB printer may be a silent one. */
  readonly mustAnswer: (link: SerialLink) => boolean;
  /** Bytes a second that the line carries at least. */
  readonly bytesPerSecond: number;
  readonly timing: {
    /** Between two looks at an idle printer. */
    readonly pollMs: number;
    readonly answerMs: number;
    /** Longest that it may print on with a full memory, or say nothing about a finished slip. */
    readonly stuckMs: number;
    /** First and longest pause before it is opened again. */
    readonly retryMs: { readonly first: number; readonly longest: number };
  };
}

export const PRINTER_TIMING: EscPosOptions['timing'] = {
  pollMs: 2_000,
  answerMs: 700,
  stuckMs: 15_000,
  retryMs: { first: 500, longest: 4_000 },
};

const FAULTS: Readonly<Record<Exclude<PrinterState, 'ready'>, FaultCode>> = {
  'paper-out': 'PRINTER_PAPER_OUT',
  'cover-open': 'PRINTER_COVER_OPEN',
  offline: 'PRINTER_STUCK',
  missing: 'PRINTER_MISSING',
};

/**
 * Commands that may wait in the printer while it prints another: its memory never overflows, with or without XON/XOFF, and the paper
 * does not stand still.
 */
const BANDS_AHEAD = 1;

/** A printer that is opened, asked how it is and, when it fails or is unplugged, opened again until it is disposed of. */
export class EscPosPrinter implements Printer {
  readonly #options: EscPosOptions;
  readonly #over = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #running: Promise<void>;
  #state: PrinterState = 'missing';
  #fault: StationFault | undefined;
  #line: EscPosLine | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: EscPosOptions) {
    this.#options = options;
    this.#fault = new StationFault('PRINTER_MISSING', options.name, 'the printer is being opened');
    this.#running = this.#run();
  }

  get name(): string {
    return this.#options.name;
  }

  get dots(): RollDots {
    return this.#options.dots;
  }

  get state(): PrinterState {
    return this.#state;
  }

  get fault(): StationFault | undefined {
    return this.#fault;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  print(raster: Raster, signal: AbortSignal): Promise<void> {
    if (raster.width !== this.dots) return Promise.reject(new RangeError(`${raster.width} dots on ${this.dots}`));
    return this.#inTurn(() => this.#print(raster, AbortSignal.any([signal, this.#over.signal])));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#running;
    await this.#turn.catch(() => undefined);
    this.#state = 'missing';
    this.#fault = new StationFault('PRINTER_MISSING', this.name, 'the printer was closed');
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #print(raster: Raster, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const line = this.#line;
    if (!line) throw this.#fault ?? this.#faultOf('missing', 'not open');
    const { hasCutter } = this.#options;
    try {
      await this.#look(line, signal);
      if (line.isDirty) await this.#send(line, line.padding, signal);
      line.isDirty = true;
      line.forget();
      await this.#send(line, INITIALISE, signal);
      for (const band of rasterBands(raster)) await this.#hand(line, band, BANDS_AHEAD, signal);
      await this.#hand(line, hasCutter ? CUT : FEED, 0, signal);
      await this.#look(line, signal);
      line.isDirty = false;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      // A line that took only a part is in no known state; opened anew it begins with padding.
      throw this.#toldAs(error);
    }
  }

  /** Sends a command and, where the printer speaks, waits until only so many are not carried out yet. */
  async #hand(line: EscPosLine, command: Uint8Array, ahead: number, signal: AbortSignal): Promise<void> {
    if (!line.answers) return await this.#send(line, command, signal);
    await this.#send(line, Buffer.concat([command, ASK_DONE]), signal);
    line.owe();
    await line.settle(ahead, this.#options.timing.stuckMs, () => this.#look(line, signal), signal);
  }

  #send(line: EscPosLine, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const { bytesPerSecond, timing } = this.#options;
    return line.send(bytes, { stuckMs: timing.stuckMs, carryMs: (bytes.length / bytesPerSecond) * 2_000 }, signal);
  }

  /** Asks how the printer is. @throws StationFault unless it is ready */
  async #look(line: EscPosLine, signal: AbortSignal): Promise<void> {
    const state = await line.look(this.#options.timing.answerMs, signal);
    const isSilent = state === 'silent';
    if (isSilent && !line.mustAnswer && !line.answers) this.#set('ready', undefined);
    else if (isSilent) throw this.#set('offline', this.#faultOf('offline', 'no answer'));
    else if (state === 'ready') this.#set('ready', undefined);
    else throw this.#set(state, this.#faultOf(state, state));
  }

  async #run(): Promise<void> {
    const { first, longest } = this.#options.timing.retryMs;
    let failures = 0;
    while (!this.#over.signal.aborted) {
      try {
        await this.#live(() => {
          failures = 0;
        });
      } catch (error) {
        if (this.#over.signal.aborted) break;
        const fault = this.#toldAs(error);
        this.#set('missing', fault);
      }
      await pause(first + backOffMs(failures, first, longest, Math.random), this.#over.signal);
      failures += 1;
    }
  }

  /** One opening of the line; ends by throwing the line's fault. */
  async #live(onOpen: () => void): Promise<void> {
    const { signal } = this.#over;
    await using link = await this.#options.openLink(signal);
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => undefined);
    const stopListening = link.onLost(lost.reject);
    const line = new EscPosLine(link, { name: this.name, mustAnswer: this.#options.mustAnswer(link) });
    onOpen();
    this.#line = line;
    try {
      while (!signal.aborted) {
        await this.#inTurn(() => this.#look(line, signal)).catch((error) => {
          if (link.fault) throw error;
        });
        await Promise.race([pause(this.#options.timing.pollMs, signal), lost.promise]);
      }
    } finally {
      this.#line = undefined;
      stopListening();
      line.close();
    }
  }

  #toldAs(error: unknown): StationFault {
    const fault = asFault(error, 'PRINTER_STUCK', this.name);
    if (fault.code.startsWith('PRINTER_')) return fault;
    const known: Partial<Record<FaultCode, FaultCode>> = {
      SERIAL_MISSING: 'PRINTER_MISSING',
      SERIAL_BUSY: 'PRINTER_DENIED',
      SERIAL_DENIED: 'PRINTER_DENIED',
    };
    return new StationFault(known[fault.code] ?? 'PRINTER_STUCK', this.name, fault.message, { cause: fault });
  }

  #faultOf(state: Exclude<PrinterState, 'ready'>, detail: string): StationFault {
    return new StationFault(FAULTS[state], this.name, detail);
  }

  /** @returns the fault, to be thrown */
  #set(state: PrinterState, fault: StationFault | undefined): StationFault | undefined {
    const isNew = state !== this.#state || fault?.code !== this.#fault?.code;
    this.#state = state;
    this.#fault = fault;
    if (isNew) for (const listener of this.#listeners) listener();
    return fault;
  }
}
