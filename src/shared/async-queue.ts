/**
 * A queue that one reader consumes with `for await`. `push` never blocks; `end` lets the reader finish,
 * `fail` makes it throw after what was already pushed.
 */
export class AsyncQueue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #limit: number;
  #ended = false;
  #error: unknown;
  #wake: (() => void) | undefined;

  /** @param limit keep at most this many items; the oldest are dropped (1 = latest wins). */
  constructor(limit: number = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  push(item: T): void {
    if (this.#ended) return;
    this.#items.push(item);
    if (this.#items.length > this.#limit) this.#items.shift();
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  fail(error: unknown): void {
    if (this.#ended) return;
    this.#error = error ?? new Error('failed');
    this.end();
  }

  /** Iterates until `end`, `fail` or the abort of `signal` (which ends quietly). */
  async *read(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    const onAbort = () => this.#wake?.();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        const item = this.#items.shift();
        if (item !== undefined) yield item;
        else if (this.#error !== undefined) throw this.#error;
        else if (this.#ended) return;
        else {
          const { promise, resolve } = Promise.withResolvers<void>();
          this.#wake = resolve;
          await promise;
        }
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.read(new AbortController().signal);
  }
}
