import { type Stats, stat } from 'node:fs';
import { SerialPort } from 'serialport';
import { StationFault } from '../../../../shared/fault.ts';
import { within } from '../../../../shared/wait.ts';
import { LinkListeners } from '../../link-listeners.ts';
import type { OpenSerialLink, SerialLink, SerialSettings } from '../../port.ts';
import { openFault } from './open-fault.ts';

const OPEN_LIMIT_MS = 3_000;
const CLOSE_LIMIT_MS = 1_000;
/** How often the device is looked for in the file system. */
const LOOK_MS = 250;

/** Opens a device through the operating system's serial driver, for this process alone. */
export const openSerialPort: OpenSerialLink = async (path, settings, signal) => {
  const port = new SerialPort({ path, baudRate: settings.baudRate, autoOpen: false, lock: true });
  const opened = Promise.withResolvers<void>();
  port.open((error) => (error ? opened.reject(openFault(path, error)) : opened.resolve()));
  const stuck = () => new StationFault('SERIAL_STUCK', path, `not open within ${OPEN_LIMIT_MS} ms`);
  try {
    await within(opened.promise, OPEN_LIMIT_MS, signal, stuck);
  } catch (error) {
    // Opened too late for the caller: nobody would ever close it.
    opened.promise.then(
      () => port.close(),
      () => undefined,
    );
    throw error;
  }
  const link = new SerialPortLink(port);
  if (settings.lines) await setLines(port, settings.lines);
  return link;
};

class SerialPortLink implements SerialLink {
  readonly #port: SerialPort;
  readonly #listeners = new LinkListeners();
  readonly #looking: NodeJS.Timeout;
  #identity: string | undefined;

  constructor(port: SerialPort) {
    this.#port = port;
    this.#look();
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
    this.#looking.unref();
    port.on('data', (chunk: Buffer) => this.#listeners.tell(chunk));
    // An unplugged device is told by `close` alone; `error` without a listener would end the process.
    port.on('error', () => undefined);
    port.on('close', (error: (Error & { readonly disconnected?: boolean }) | null) => {
      this.#lose(error?.disconnected ? 'unplugged' : 'closed', error ?? undefined);
    });
  }

  /**
   * The binding misses about one unplug in ten: it takes the end of the file that a hung-up line reads as for "no bytes yet"
   * and reads again, for ever and as fast as it can. A device that is gone from the file system is gone, and closing ends
   * that loop.
   */
  #look(): void {
    stat(this.path, (error, now) => {
      if (this.fault) return;
      this.#identity ??= error ? undefined : identityOf(now);
      if (error === null && this.#identity === identityOf(now)) return;
      this.#lose('unplugged', error ?? undefined);
      this.#port.close(() => undefined);
    });
  }

  #lose(how: string, cause: unknown): void {
    clearInterval(this.#looking);
    this.#listeners.lose(new StationFault('SERIAL_MISSING', this.path, how, { cause }));
  }

  get path(): string {
    return this.#port.path;
  }

  get fault(): StationFault | undefined {
    return this.#listeners.fault;
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#listeners.onBytes(listener);
  }

  onLost(listener: (fault: StationFault) => void): () => void {
    return this.#listeners.onLost(listener);
  }

  async write(bytes: Uint8Array, limitMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.fault) throw this.fault;
    const written = Promise.withResolvers<void>();
    const stopListening = this.onLost(written.reject);
    // After an unplug neither callback nor error ever comes: the limit and `onLost` are what ends the wait.
    this.#port.write(Buffer.from(bytes), (error) => {
      if (error) written.reject(new StationFault('SERIAL_MISSING', this.path, error.message, { cause: error }));
      else written.resolve();
    });
    const stuck = () => new StationFault('SERIAL_STUCK', this.path, `not taken within ${limitMs} ms`);
    try {
      await within(written.promise, limitMs, signal, stuck);
    } finally {
      stopListening();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.fault) return;
    const closed = Promise.withResolvers<void>();
    this.#port.close(() => closed.resolve());
    const never = new AbortController().signal;
    await within(closed.promise, CLOSE_LIMIT_MS, never, () => new Error('late')).catch(() => undefined);
    this.#lose('closed', undefined);
  }
}

/** A device that was replugged under the same name is another one. */
const identityOf = ({ dev, ino, rdev }: Stats) => `${dev}:${ino}:${rdev}`;

/** A pseudo-terminal and some bridges refuse modem lines; that is no fault. */
async function setLines(port: SerialPort, lines: NonNullable<SerialSettings['lines']>): Promise<void> {
  const done = Promise.withResolvers<void>();
  port.set(lines, () => done.resolve());
  const never = new AbortController().signal;
  await within(done.promise, OPEN_LIMIT_MS, never, () => new Error('late')).catch(() => undefined);
}
