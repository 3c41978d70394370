/** Lines on stderr are at least this far apart, ms; on a terminal one line is written over. */
const EVERY_MS = { terminal: 500, file: 15_000 };

/** Tells how far the work is and when it will be done, on stderr. */
export class Progress {
  readonly #total: number;
  readonly #startedAt = performance.now();
  readonly #isTerminal = process.stderr.isTTY;
  #done = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(total: number) {
    this.#total = total;
  }

  step(what: string): void {
    this.#done++;
    const now = performance.now();
    const isLast = this.#done === this.#total;
    if (!isLast && now - this.#toldAt < (this.#isTerminal ? EVERY_MS.terminal : EVERY_MS.file)) return;
    this.#toldAt = now;
    const left = ((now - this.#startedAt) / this.#done) * (this.#total - this.#done);
    const share = Math.floor((100 * this.#done) / this.#total);
    const line = `${this.#done} of ${this.#total} templates, ${share} %, ${isLast ? 'done' : `${duration(left)} left`}, at ${what}`;
    process.stderr.write(this.#isTerminal ? `\r\u001b[K${line}${isLast ? '\n' : ''}` : `${line}\n`);
  }
}

/** `2 min 5 s`, for people. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
