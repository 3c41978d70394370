/** Wakes whoever waits for the next ring. A ring that nobody waits for is not kept. */
export class Bell {
  #next = Promise.withResolvers<void>();

  next(): Promise<void> {
    return this.#next.promise;
  }

  ring(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }
}
