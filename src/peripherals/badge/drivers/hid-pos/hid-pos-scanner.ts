import { AsyncQueue } from '../../../../shared/async-queue.ts';
import { asFault, StationFault } from '../../../../shared/fault.ts';
import { pause } from '../../../../shared/wait.ts';
import { type Assembled, CodeAssembler, PART_LIMIT_MS } from '../../code-assembler.ts';
import type { HidConnection, HidTransport } from '../../hid-transport.ts';
import type { CodeScanner, Refusal, ScannedCode } from '../../port.ts';
import { parseReportDescriptor } from '../../report-descriptor.ts';

export interface HidPosOptions {
  readonly transport: HidTransport;
  /** Pauses between looks for a scanner that is not there: the first, doubled up to the longest, ms. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Codes that wait for a slow reader; older ones are dropped. */
const QUEUE_LIMIT = 16;

/** A HID-POS scanner over any {@link HidTransport}; looked for again, with growing pauses, whenever it is lost. */
export class HidPosScanner implements CodeScanner {
  readonly #options: HidPosOptions;
  readonly #readers = new Set<AsyncQueue<ScannedCode>>();
  readonly #refusalListeners = new Set<(reason: Refusal) => void>();
  readonly #over = new AbortController();
  readonly #running: Promise<void>;
  #name = 'hid-pos';
  #fault: StationFault | undefined;

  constructor(options: HidPosOptions) {
    this.#options = options;
    this.#fault = new StationFault('CODE_SCANNER_MISSING', this.#name, 'the scanner is being looked for');
    this.#running = this.#run(this.#over.signal);
  }

  get name(): string {
    return this.#name;
  }

  get fault(): StationFault | undefined {
    return this.#fault;
  }

  async *codes(signal: AbortSignal): AsyncGenerator<ScannedCode, void, undefined> {
    const queue = new AsyncQueue<ScannedCode>(QUEUE_LIMIT);
    if (this.#over.signal.aborted) queue.fail(this.#closed());
    this.#readers.add(queue);
    try {
      yield* queue.read(signal);
    } finally {
      this.#readers.delete(queue);
    }
  }

  onRefused(listener: (reason: Refusal) => void): () => void {
    this.#refusalListeners.add(listener);
    return () => this.#refusalListeners.delete(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    this.#fault = this.#closed();
    for (const queue of this.#readers) queue.fail(this.#fault);
    await this.#running;
  }

  #closed(): StationFault {
    return new StationFault('CODE_SCANNER_MISSING', this.#name, 'the scanner was closed');
  }

  /** Never rejects: what goes wrong is in `fault`. */
  async #run(signal: AbortSignal): Promise<void> {
    const { transport, firstPauseMs, longestPauseMs } = this.#options;
    let pauseMs = firstPauseMs;
    while (!signal.aborted) {
      try {
        const connection = await transport.open(signal);
        try {
          await this.#follow(connection, signal, () => {
            pauseMs = firstPauseMs;
          });
        } finally {
          await connection.close();
        }
      } catch (error) {
        if (signal.aborted) return;
        this.#fault = asFault(error, 'CODE_SCANNER_MISSING', this.#name);
      }
      await pause(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  /** Follows one device; returns when `signal` aborts, throws when the device is lost or not understood. */
  async #follow(connection: HidConnection, signal: AbortSignal, onReady: () => void): Promise<void> {
    const parsed = parseReportDescriptor(connection.descriptor);
    if (parsed.kind === 'refused')
      throw new StationFault('CODE_SCANNER_UNSUPPORTED', connection.name, `report descriptor: ${parsed.reason}`);
    const assembler = new CodeAssembler(parsed.layout);
    const end = Promise.withResolvers<void>();
    const onAbort = () => end.resolve();
    let waiting: NodeJS.Timeout | undefined;
    const expire = () => {
      const expired = assembler.expire(performance.now());
      if (expired) this.#tell(expired);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    connection.listen({
      report: (report) => {
        clearTimeout(waiting);
        const assembled = assembler.push(report, performance.now());
        // One millisecond more: a timer may fire a little early.
        if (assembled.kind === 'partial') waiting = setTimeout(expire, PART_LIMIT_MS + 1);
        this.#tell(assembled);
      },
      lost: (why) => end.reject(new StationFault('CODE_SCANNER_MISSING', connection.name, why)),
    });
    this.#name = connection.name;
    this.#fault = signal.aborted ? this.#closed() : undefined;
    onReady();
    try {
      await end.promise;
    } finally {
      clearTimeout(waiting);
      signal.removeEventListener('abort', onAbort);
    }
  }

  #tell(assembled: Assembled): void {
    if (assembled.kind === 'code') for (const queue of this.#readers) queue.push(assembled.code);
    if (assembled.kind === 'refused') for (const listener of this.#refusalListeners) listener(assembled.reason);
  }
}
