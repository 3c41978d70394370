/** What every script inside the guest needs: the line to the host, kernel modules, and waiting with a limit. */
import { execFileSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Emulated, one second of a real machine may be ten. */
const LIMIT_MS = 120_000;

/** Tells the host, which has it when this returns: standard output is the virtual line, written at once. */
export function tell(event: string, facts: Readonly<Record<string, unknown>> = {}): void {
  writeSync(1, `${JSON.stringify({ event, ...facts })}\n`);
}

/** @param parameters e.g. `n_devs=1` */
export function loadModule(name: string, ...parameters: readonly string[]): void {
  execFileSync('busybox', ['modprobe', name, ...parameters], { stdio: ['ignore', 2, 2] });
}

/** Looks until `isSo`; what has no event to wait on (a device node, a fault that is only kept) is waited for with this. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > LIMIT_MS) throw new Error(`waited ${LIMIT_MS} ms for: ${what}`);
    await setTimeout(20);
  }
}

/** A fresh limit for anything that takes a signal. */
export const soon = () => AbortSignal.timeout(LIMIT_MS);
