import type { VisitEvent, VisitTimer } from '../visit/visit.ts';

const ENDS = {
  patience: 'patience-ended',
  answer: 'answer-time-ended',
  dignity: 'dignity-ended',
} as const satisfies Record<VisitTimer, VisitEvent['kind']>;

/** The timers of a visit: each ends as an event. */
export class VisitTimers {
  readonly #limits: Readonly<Record<VisitTimer, number>>;
  readonly #tell: (event: VisitEvent) => void;
  readonly #running = new Map<VisitTimer, { readonly timer: NodeJS.Timeout; readonly endsAtMs: number }>();

  /** @param limits in milliseconds */
  constructor(limits: Readonly<Record<VisitTimer, number>>, tell: (event: VisitEvent) => void) {
    this.#limits = limits;
    this.#tell = tell;
  }

  start(name: VisitTimer): void {
    clearTimeout(this.#running.get(name)?.timer);
    const timer = setTimeout(() => this.#tell({ kind: ENDS[name] }), this.#limits[name]);
    this.#running.set(name, { timer, endsAtMs: performance.now() + this.#limits[name] });
  }

  stop(): void {
    for (const { timer } of this.#running.values()) clearTimeout(timer);
    this.#running.clear();
  }

  /** Whole seconds until it ends, or `null` when it does not run. */
  leftS(name: VisitTimer): number | null {
    const running = this.#running.get(name);
    return running ? Math.max(0, Math.ceil((running.endsAtMs - performance.now()) / 1000)) : null;
  }
}
