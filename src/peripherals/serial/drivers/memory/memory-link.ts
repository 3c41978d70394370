import { StationFault } from '../../../../shared/fault.ts';
import { LinkListeners } from '../../link-listeners.ts';
import type { SerialLink } from '../../port.ts';

/** A line inside this process: what one end writes, the other hears, a turn of the event loop later. */
export class MemoryLine {
  /** The device's end. */
  readonly device: SerialLink;
  readonly #device = new MemoryLink('memory:device');
  #host: MemoryLink | undefined;

  constructor() {
    this.device = this.#device;
  }

  /** Opens the host's end, anew after it was closed. @throws StationFault `SERIAL_MISSING` (unplugged), `SERIAL_BUSY` */
  open(): SerialLink {
    if (this.#device.fault) throw this.#device.fault;
    if (this.#host && !this.#host.fault) throw new StationFault('SERIAL_BUSY', this.#host.path, 'open already');
    const host = new MemoryLink('memory:host');
    this.#host = host;
    host.other = this.#device;
    this.#device.other = host;
    return host;
  }

  unplug(): void {
    for (const end of [this.#host, this.#device]) end?.lose('unplugged');
  }
}

class MemoryLink implements SerialLink {
  readonly path: string;
  other: MemoryLink | undefined;
  readonly #listeners = new LinkListeners();

  constructor(path: string) {
    this.path = path;
  }

  get fault(): StationFault | undefined {
    return this.#listeners.fault;
  }

  hear(bytes: Uint8Array): void {
    this.#listeners.tell(bytes);
  }

  lose(how: string): void {
    this.#listeners.lose(new StationFault('SERIAL_MISSING', this.path, how));
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#listeners.onBytes(listener);
  }

  onLost(listener: (fault: StationFault) => void): () => void {
    return this.#listeners.onLost(listener);
  }

  async write(bytes: Uint8Array, _limitMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.fault) throw this.fault;
    const copy = Uint8Array.from(bytes);
    const { other } = this;
    setImmediate(() => other?.hear(copy));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.lose('closed');
  }
}
