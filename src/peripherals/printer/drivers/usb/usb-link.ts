import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { StationFault } from '../../../../shared/fault.ts';
import type { FaultCode } from '../../../../shared/faults.ts';
import { pause } from '../../../../shared/wait.ts';
import type { SerialLink } from '../../../serial/port.ts';

/** How often the device is asked for bytes, and again for room. */
const READ_MS = 20;
const ROOM_MS = 5;
/** Handed over at once: usblp takes no more than its own buffer holds. */
const CHUNK = 4_096;

const CODES: Readonly<Record<string, FaultCode>> = {
  EBUSY: 'SERIAL_BUSY',
  EACCES: 'SERIAL_DENIED',
  EPERM: 'SERIAL_DENIED',
};

/** Printers of the kernel's usblp driver; none where it has no folder. @param folder `/dev/usb` */
export async function usbPrinters(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^lp\d+$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/**
 * Opens a printer's character device as a byte pipe. Never blocks: usblp would hold a thread of the pool for as long as the printer
 * says nothing.
 * @throws StationFault `SERIAL_MISSING`, `SERIAL_BUSY`, `SERIAL_DENIED`
 */
export async function openUsbLink(path: string, signal: AbortSignal): Promise<SerialLink> {
  signal.throwIfAborted();
  try {
    const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
    return new UsbLink(path, file);
  } catch (error) {
    throw faultOf(path, error);
  }
}

class UsbLink implements SerialLink {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #over = new AbortController();
  readonly #bytes = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(fault: StationFault) => void>();
  readonly #reading: Promise<void>;
  #fault: StationFault | undefined;

  constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
    this.#reading = this.#read();
  }

  get fault(): StationFault | undefined {
    return this.#fault;
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    this.#bytes.add(listener);
    return () => this.#bytes.delete(listener);
  }

  onLost(listener: (fault: StationFault) => void): () => void {
    if (this.#fault) listener(this.#fault);
    else this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  async write(bytes: Uint8Array, limitMs: number, signal: AbortSignal): Promise<void> {
    const untilMs = performance.now() + limitMs;
    for (let at = 0; at < bytes.length; ) {
      signal.throwIfAborted();
      if (this.#fault) throw this.#fault;
      const taken = await this.#file.write(bytes.subarray(at, at + CHUNK)).then(
        ({ bytesWritten }) => bytesWritten,
        (error: unknown) => this.#notYet(error),
      );
      at += taken;
      if (taken > 0) continue;
      if (performance.now() >= untilMs)
        throw new StationFault('SERIAL_STUCK', this.path, `not taken within ${limitMs} ms`);
      await pause(ROOM_MS, signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lose(new StationFault('SERIAL_MISSING', this.path, 'closed'));
    await this.#reading;
    await this.#file.close().catch(() => undefined);
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(256);
    while (!this.#over.signal.aborted) {
      const count = await this.#file.read(buffer, 0, buffer.length).then(
        ({ bytesRead }) => bytesRead,
        (error: unknown) => {
          try {
            return this.#notYet(error);
          } catch {
            return 0;
          }
        },
      );
      if (count > 0) for (const listener of this.#bytes) listener(buffer.slice(0, count));
      else await pause(READ_MS, this.#over.signal);
    }
  }

  /** @returns 0 when the device only has nothing, or no room  @throws StationFault and ends the link otherwise */
  #notYet(error: unknown): number {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    const fault = faultOf(this.path, error);
    this.#lose(fault);
    throw this.#fault ?? fault;
  }

  #lose(fault: StationFault): void {
    if (this.#fault) return;
    this.#fault = fault;
    this.#over.abort();
    for (const listener of this.#lost) listener(fault);
    this.#lost.clear();
    this.#bytes.clear();
  }
}

function faultOf(path: string, error: unknown): StationFault {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new StationFault(CODES[code] ?? 'SERIAL_MISSING', path, message, { cause: error });
}
