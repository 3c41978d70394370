import { AsyncQueue } from '../../shared/async-queue.ts';
import { asFault, StationFault } from '../../shared/fault.ts';
import { backOffMs, orAbort, pause, within } from '../../shared/wait.ts';
import type { SerialLink } from '../serial/port.ts';
import type { ModuleKind, ScannerModule } from './module.ts';
import type { FaceScanner, ScannerFinding, ScannerInfo, ScannerVerdict } from './port.ts';

export interface SupervisedOptions {
  /** How staff know it. */
  readonly name: string;
  readonly kind: ModuleKind;
  /** Opens the line, anew each time: the device may have another path after replugging. */
  readonly openLink: (signal: AbortSignal) => Promise<SerialLink>;
  readonly powerDownAfterMs: number | null;
  /** First and longest pause before the module is opened again, ms. */
  readonly retryMs: { readonly first: number; readonly longest: number };
}

/** Keeps at most this many findings for a reader that is slow; older ones are stale. */
const FINDINGS_KEPT = 16;

/** A module that is opened, initialised, watched and, when it fails or is unplugged, opened again until it is disposed of. */
export class SupervisedScanner implements FaceScanner {
  readonly #options: SupervisedOptions;
  readonly #over = new AbortController();
  readonly #watchers = new Set<AsyncQueue<ScannerFinding>>();
  readonly #listeners = new Set<() => void>();
  readonly #running: Promise<void>;
  #fault: StationFault | undefined;
  #info: ScannerInfo | undefined;
  /** The module, once it is ready. */
  #ready = Promise.withResolvers<ScannerModule>();
  #isReady = false;
  /** Ends the module's present life; whoever waits on it is told the fault. */
  #life = new AbortController();
  /** Judgements wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();
  #sleepTimer: NodeJS.Timeout | undefined;
  #isAsleep = false;

  constructor(options: SupervisedOptions) {
    this.#options = options;
    this.#fault = new StationFault('SCANNER_SILENT', options.name, 'the module is starting');
    this.#running = this.#run();
  }

  get name(): string {
    return this.#options.name;
  }

  get fault(): StationFault | undefined {
    return this.#fault;
  }

  get info(): ScannerInfo | undefined {
    return this.#info;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *watch(signal: AbortSignal): AsyncGenerator<ScannerFinding, void, undefined> {
    const queue = new AsyncQueue<ScannerFinding>(FINDINGS_KEPT);
    this.#watchers.add(queue);
    try {
      yield* queue.read(AbortSignal.any([signal, this.#over.signal]));
    } finally {
      this.#watchers.delete(queue);
    }
  }

  judge(limitMs: number, signal: AbortSignal): Promise<ScannerVerdict> {
    const askedMs = performance.now();
    const turn = this.#turn.then(
      () => this.#judge(askedMs, limitMs, signal),
      () => this.#judge(askedMs, limitMs, signal),
    );
    this.#turn = turn;
    return turn;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    this.#life.abort(this.#closed());
    clearTimeout(this.#sleepTimer);
    await this.#running;
    this.#fault = this.#closed();
  }

  async #judge(askedMs: number, limitMs: number, signal: AbortSignal): Promise<ScannerVerdict> {
    const leftMs = () => Math.max(1, limitMs - (performance.now() - askedMs));
    const notRun = (detail: string): ScannerVerdict => {
      const nowMs = performance.now();
      return { kind: 'not-run', startMs: nowMs, endMs: nowMs, box: null, detail };
    };
    signal.throwIfAborted();
    clearTimeout(this.#sleepTimer);
    if (this.#over.signal.aborted) return notRun(this.#closed().message);
    const late = () => this.#fault ?? new StationFault('SCANNER_SILENT', this.name, 'not ready in time');
    try {
      if (this.#isAsleep) this.#endLife(new StationFault('SCANNER_SILENT', this.name, 'the module is waking'));
      this.#isAsleep = false;
      const module = await within(this.#ready.promise, leftMs(), signal, late);
      const life = this.#life.signal;
      const verdict = await module.judge(leftMs(), AbortSignal.any([signal, life]));
      this.#sleepLater(module);
      return verdict;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const fault = asFault(error, 'SCANNER_PROTOCOL', this.name);
      // A module that broke off in the middle of its work is in no known state.
      if (this.#fault === undefined) this.#restart(fault);
      return notRun(`${fault.code}: ${fault.message}`);
    }
  }

  async #run(): Promise<void> {
    let failures = 0;
    const { first, longest } = this.#options.retryMs;
    while (!this.#over.signal.aborted) {
      try {
        await this.#live(() => {
          failures = 0;
        });
      } catch (error) {
        this.#setFault(asFault(error, 'SCANNER_PROTOCOL', this.name));
      }
      if (this.#over.signal.aborted) break;
      // At least the first pause: a line that fails at once must not spin.
      await pause(first + backOffMs(failures, first, longest, Math.random), this.#over.signal);
      failures += 1;
    }
  }

  /** One opening of the line, through as many lives of the module as it has; ends by throwing the line's fault. */
  async #live(onReady: () => void): Promise<void> {
    await using link = await this.#options.openLink(this.#over.signal);
    const lost = new AbortController();
    const stopListening = link.onLost((fault) => {
      lost.abort(fault);
      this.#restart(fault);
    });
    const module = this.#options.kind.attach(link, {
      found: (finding) => {
        for (const queue of this.#watchers) queue.push(finding);
      },
      restarted: (fault) => this.#restart(fault),
    });
    try {
      for (;;) {
        this.#life = new AbortController();
        const life = this.#life.signal;
        if (this.#over.signal.aborted) return;
        lost.signal.throwIfAborted();
        try {
          this.#info = await module.initialise(AbortSignal.any([this.#over.signal, life, lost.signal]));
        } catch (error) {
          // A module that announces itself while it is being initialised is initialised anew on the same line.
          if (!life.aborted || lost.signal.aborted) throw error;
          await pause(this.#options.retryMs.first, this.#over.signal);
          continue;
        }
        if (life.aborted) continue;
        onReady();
        this.#setFault(undefined);
        this.#isReady = true;
        this.#ready.resolve(module);
        this.#sleepLater(module);
        // Ends with the life: by an unplug, a restart of the module, or a judgement that failed.
        await orAbort(new Promise<never>(() => undefined), life).catch(() => undefined);
      }
    } finally {
      stopListening();
      module.close();
    }
  }

  #restart(fault: StationFault): void {
    this.#setFault(fault);
    this.#endLife(fault);
  }

  /** Who waits for the module from now on waits for its next life. */
  #endLife(fault: StationFault): void {
    if (this.#isReady) this.#ready = Promise.withResolvers<ScannerModule>();
    this.#isReady = false;
    clearTimeout(this.#sleepTimer);
    this.#life.abort(fault);
  }

  #sleepLater(module: ScannerModule): void {
    const { powerDownAfterMs } = this.#options;
    clearTimeout(this.#sleepTimer);
    if (powerDownAfterMs === null || this.#over.signal.aborted) return;
    this.#sleepTimer = setTimeout(() => {
      const life = this.#life.signal;
      this.#turn = this.#turn
        .catch(() => undefined)
        .then(() => module.sleep(life))
        .then(
          () => {
            this.#isAsleep = true;
          },
          (error) => {
            if (!life.aborted) this.#restart(asFault(error, 'SCANNER_SILENT', this.name));
          },
        );
    }, powerDownAfterMs);
  }

  #setFault(fault: StationFault | undefined): void {
    if (this.#over.signal.aborted) return;
    this.#fault = fault;
    for (const listener of this.#listeners) listener();
  }

  #closed(): StationFault {
    return new StationFault('SCANNER_MISSING', this.name, 'the scanner was closed');
  }
}
