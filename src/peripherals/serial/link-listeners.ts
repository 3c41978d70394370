import type { StationFault } from '../../shared/fault.ts';

/** Who listens to a line, and how it ended: what every driver of a line must keep. */
export class LinkListeners {
  readonly #bytes = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(fault: StationFault) => void>();
  #fault: StationFault | undefined;

  get fault(): StationFault | undefined {
    return this.#fault;
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    this.#bytes.add(listener);
    return () => this.#bytes.delete(listener);
  }

  onLost(listener: (fault: StationFault) => void): () => void {
    if (this.#fault !== undefined) listener(this.#fault);
    else this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  tell(bytes: Uint8Array): void {
    if (this.#fault === undefined) for (const listener of this.#bytes) listener(bytes);
  }

  /** The first end counts. */
  lose(fault: StationFault): void {
    if (this.#fault !== undefined) return;
    this.#fault = fault;
    for (const listener of this.#lost) listener(fault);
    this.#lost.clear();
    this.#bytes.clear();
  }
}
