import { EventEmitter } from 'node:events';
import { SerialPort } from 'serialport';
import { StationFault } from '../../../../shared/fault.ts';
import { orAbort } from '../../../../shared/wait.ts';
import { FirmataFilter } from './firmata-filter.ts';
import { BAUD_RATE } from './pins.ts';

const CLOSE_LIMIT_MS = 500;

/**
 * A serial port as the transport of firmata-io: `data` events and `write`. Writes reach the port only while it is whole;
 * after an unplug serialport never calls back, so every write has its limit, and the first that passes it ends the port.
 */
export class GatedPort extends EventEmitter {
  readonly path: string;
  /** Resolves once, with the reason, when nothing gets through any more. */
  readonly lost: Promise<StationFault>;
  readonly #port: SerialPort;
  readonly #writeLimitMs: number;
  readonly #filter = new FirmataFilter();
  readonly #limits = new Set<NodeJS.Timeout>();
  readonly #tellLost: (fault: StationFault) => void;
  #isOpen = true;

  private constructor(port: SerialPort, writeLimitMs: number) {
    super();
    const { promise, resolve } = Promise.withResolvers<StationFault>();
    this.lost = promise;
    this.#tellLost = resolve;
    this.#port = port;
    this.path = port.path;
    this.#writeLimitMs = writeLimitMs;
    port.on('data', (bytes: Buffer) => this.#take(bytes));
    port.on('close', () => this.lose('the port closed: unplugged'));
    port.on('error', (error) => this.lose(error.message));
  }

  /**
   * @param limits `openMs`: longest wait for the system's open; `writeMs`: for one write
   * @throws StationFault `PANEL_MISSING` when there is no such port, `PANEL_BUSY` when it cannot be had
   */
  static async open(
    path: string,
    limits: { readonly openMs: number; readonly writeMs: number },
    signal: AbortSignal,
  ): Promise<GatedPort> {
    const port = new SerialPort({ path, baudRate: BAUD_RATE, autoOpen: false });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    port.open((error) => (error ? reject(error) : resolve()));
    try {
      await orAbort(promise, AbortSignal.any([signal, AbortSignal.timeout(limits.openMs)]));
    } catch (cause) {
      // An open that succeeds after all must not keep the port, nor an error of it end the process.
      port.on('error', () => undefined);
      promise.then(() => port.close()).catch(() => undefined);
      signal.throwIfAborted();
      const message = cause instanceof Error ? cause.message : String(cause);
      const code = /no such file|ENOENT|ENODEV|ENXIO/i.test(message) ? 'PANEL_MISSING' : 'PANEL_BUSY';
      throw new StationFault(code, path, message, { cause });
    }
    return new GatedPort(port, limits.writeMs);
  }

  /** What firmata-io calls; `done` is called in any case, for it counts what is pending. */
  write(bytes: Uint8Array, done: () => void): void {
    if (!this.#isOpen) return done();
    const limit = setTimeout(() => {
      this.lose(`a write was not taken within ${this.#writeLimitMs} ms`);
    }, this.#writeLimitMs);
    this.#limits.add(limit);
    this.#port.write(Buffer.from(bytes), (error) => {
      clearTimeout(limit);
      this.#limits.delete(limit);
      done();
      if (error) this.lose(error.message);
    });
  }

  /** Ends the link: nothing is written or read from now on. */
  lose(why: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const limit of this.#limits) clearTimeout(limit);
    this.#tellLost(new StationFault('PANEL_LOST', this.path, why));
  }

  /** Sends what is waiting, as far as that takes no time, and gives the port back. */
  async close(): Promise<void> {
    const within = (work: (done: () => void) => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const limit = setTimeout(resolve, CLOSE_LIMIT_MS);
      work(resolve);
      return promise.finally(() => clearTimeout(limit));
    };
    if (this.#isOpen) await within((done) => this.#port.drain(done));
    this.lose('closed by us');
    this.removeAllListeners();
    if (this.#port.isOpen) await within((done) => this.#port.close(done));
  }

  #take(bytes: Buffer): void {
    if (!this.#isOpen) return;
    try {
      for (const message of this.#filter.take(bytes)) this.emit('data', message);
    } catch (error) {
      this.lose(`the panel's answer was not understood: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
