/**
 * Whether the outbox may send. Two things shut it: the ingest saying that it is offline, and a PUBACK that says that nobody
 * listens (0x10). The first shuts it altogether. The second leaves one event at a time through, to find out when somebody does:
 * a server that publishes no state is heard that way. What nobody has spoken of is taken to be there.
 */
export class Gate {
  #ingest: 'unknown' | 'online' | 'offline' = 'unknown';
  #isUnheard = false;
  #probes = 0;

  get isOpen(): boolean {
    return this.#ingest !== 'offline' && (!this.#isUnheard || this.#probes > 0);
  }

  /** Nobody listens, as far as the broker knows. */
  get isUnheard(): boolean {
    return this.#isUnheard;
  }

  get ingest(): 'unknown' | 'online' | 'offline' {
    return this.#ingest;
  }

  /** A new connection: its broker tells anew. */
  reset(): void {
    this.#ingest = 'unknown';
    this.#isUnheard = false;
    this.#probes = 0;
  }

  /** @returns whether that is news */
  said(state: 'online' | 'offline'): boolean {
    const isNews = state !== this.#ingest;
    this.#ingest = state;
    if (isNews && state === 'online') this.probe();
    return isNews;
  }

  /** Lets one event through where nobody listened so far. */
  probe(): void {
    this.#probes = 1;
  }

  sending(): void {
    if (this.#probes > 0) this.#probes -= 1;
  }

  /** @returns true when somebody listens again: what was sent to nobody has to be sent again */
  taken(isHeard: boolean): boolean {
    const isBack = isHeard && this.#isUnheard;
    this.#isUnheard = !isHeard;
    return isBack;
  }
}
