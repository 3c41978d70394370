import { StationFault } from '../../../../shared/fault.ts';
import { LinkListeners } from '../../link-listeners.ts';
import type { SerialLink } from '../../port.ts';

/** Two ends of one line inside this process: what one end writes, the other hears, a turn of the event loop later. */
export function memoryLinkPair(): { readonly host: SerialLink; readonly device: SerialLink; unplug(): void } {
  const host = new MemoryLink('memory:host');
  const device = new MemoryLink('memory:device');
  host.join(device);
  device.join(host);
  const unplug = () => {
    for (const end of [host, device]) end.lose('unplugged');
  };
  return { host, device, unplug };
}

class MemoryLink implements SerialLink {
  readonly path: string;
  readonly #listeners = new LinkListeners();
  #other: MemoryLink | undefined;

  constructor(path: string) {
    this.path = path;
  }

  get fault(): StationFault | undefined {
    return this.#listeners.fault;
  }

  join(other: MemoryLink): void {
    this.#other = other;
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
    const other = this.#other;
    setImmediate(() => other?.hear(copy));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.lose('closed');
  }
}
