import { setTimeout as delay } from 'node:timers/promises';

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Median, 95th percentile and the largest, ms. */
export function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (q: number) => Math.round((sorted[Math.ceil(q * (sorted.length - 1))] ?? Number.NaN) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

const LIMIT_MS = 60_000;

/** Looks every millisecond. @returns when it was so first, monotonic ms */
export async function until(what: string, isSo: () => boolean): Promise<number> {
  const startedAt = performance.now();
  while (!isSo()) {
    if (performance.now() - startedAt > LIMIT_MS) throw new Error(`never: ${what}`);
    await delay(1);
  }
  return performance.now();
}

/** How a part came through a fault that was provoked several times. */
export interface Recovery {
  readonly fault: string;
  /** From the fault to its being told, ms. */
  readonly toldMs: Spread;
  /** From where the part could be used again (the cable in, the service started; at once where nothing is needed) to ready, ms. */
  readonly backMs: Spread;
}

/** One provoked fault: moments, monotonic ms. */
export interface Incident {
  readonly brokenAt: number;
  readonly toldAt: number;
  readonly mendedAt: number;
  readonly readyAt: number;
}

export async function recovery(fault: string, times: number, provoke: () => Promise<Incident>): Promise<Recovery> {
  const [told, back]: [number[], number[]] = [[], []];
  for (let n = 0; n < times; n++) {
    const { brokenAt, toldAt, mendedAt, readyAt } = await provoke();
    told.push(toldAt - brokenAt);
    back.push(readyAt - mendedAt);
  }
  const result = { fault, toldMs: spread(told), backMs: spread(back) };
  process.stderr.write(`${fault}: told after ${result.toldMs.p50} ms, back after ${result.backMs.p50} ms\n`);
  return result;
}
