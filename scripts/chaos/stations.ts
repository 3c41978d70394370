import { join, resolve } from 'node:path';
import { within } from '../../src/shared/wait.ts';
import { Program } from './program.ts';

/** What `station-child.ts` is started with. */
export interface ChaosStation {
  readonly station: string;
  readonly dataDir: string;
  readonly url: string;
  /** Pause between two events; `null` = write none, only deliver. */
  readonly eventMs: number | null;
  readonly clockOffsetMs: number;
  readonly maxBytes: number;
  readonly uplink: Readonly<Record<string, unknown>>;
}

/** An event that the station has said is kept. */
export interface Kept {
  readonly station: string;
  readonly epoch: string;
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
}

export class Station {
  readonly name: string;
  readonly program: Program;
  readonly kept: Kept[] = [];
  readonly counts: Record<string, number> = {};
  readonly #eventMs: number | null;
  #options: ChaosStation;
  #isSettled = Promise.withResolvers<void>();

  constructor(options: ChaosStation) {
    this.name = options.station;
    this.#options = options;
    this.#eventMs = options.eventMs;
    this.program = new Program({
      name: this.name,
      command: () => [
        process.execPath,
        '--disable-warning=ExperimentalWarning',
        STATION,
        JSON.stringify(this.#options),
      ],
      readyOn: 'stdout',
      ready: /^\{"ready"/,
      onLine: (line) => this.#hear(line),
    });
  }

  get dataDir(): string {
    return this.#options.dataDir;
  }

  get journalDir(): string {
    return join(this.#options.dataDir, 'journal');
  }

  /** Takes effect at the next start. */
  change(options: Partial<ChaosStation>): void {
    this.#options = { ...this.#options, ...options };
  }

  /** Restarts it without new events, and waits until the server has all that it holds. @throws Error when that takes too long */
  async drain(limitMs: number): Promise<void> {
    this.change({ eventMs: null });
    this.#isSettled = Promise.withResolvers();
    await this.program.restart();
    const late = () =>
      new Error(`${this.name} is not settled after ${limitMs / 1000} s: ${JSON.stringify(this.counts)}`);
    await within(this.#isSettled.promise, limitMs, new AbortController().signal, late);
    this.change({ eventMs: this.#eventMs });
  }

  /** A line cut off by a kill says nothing: its event may be kept, and was not confirmed to anybody. */
  #hear(line: string): void {
    let said: { kept?: Omit<Kept, 'station'>; open?: number; [key: string]: unknown };
    try {
      said = JSON.parse(line);
    } catch {
      return;
    }
    if (said.kept) this.kept.push({ ...said.kept, station: this.name });
    else if (said.open === 0) this.#isSettled.resolve();
    else if (said.open !== undefined) return;
    else
      for (const [key, value] of Object.entries(said)) {
        const name = key === 'ready' || key === 'again' ? key : `${key} ${value}`;
        this.counts[name] = (this.counts[name] ?? 0) + 1;
      }
  }
}

const STATION = resolve(import.meta.dirname, 'station-child.ts');
