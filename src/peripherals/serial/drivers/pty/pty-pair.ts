import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StationFault } from '../../../../shared/fault.ts';
import { within } from '../../../../shared/wait.ts';

const READY_LIMIT_MS = 5_000;
const END_LIMIT_MS = 2_000;

/** Two pseudo-terminals joined by socat: a serial cable that the real serial driver can open at both ends. */
export interface PtyPair extends AsyncDisposable {
  readonly host: string;
  readonly device: string;
  /** Pulls the cable: both ends are gone for good. */
  unplug(): Promise<void>;
}

/** @throws StationFault `SERIAL_MISSING` when socat is not installed or does not start */
export async function openPtyPair(signal: AbortSignal): Promise<PtyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'thuengban-pty-'));
  const [host, device] = [join(folder, 'host'), join(folder, 'device')];
  const end = (path: string) => `pty,raw,echo=0,link=${path}`;
  const child = spawn('socat', ['-d', '-d', end(host), end(device)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ready = Promise.withResolvers<void>();
  child.once('error', (error) => ready.reject(error));
  child.once('exit', (code) => ready.reject(new Error(`socat ended with ${code}`)));
  createInterface(child.stderr).on('line', (line) => {
    if (line.includes('starting data transfer loop')) ready.resolve();
  });
  const unplug = async () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit', { signal: AbortSignal.timeout(END_LIMIT_MS) });
    child.kill('SIGKILL');
    await gone.catch(() => undefined);
  };
  const dispose = async () => {
    await unplug();
    await rm(folder, { recursive: true, force: true });
  };
  const missing = (error: Error) =>
    new StationFault('SERIAL_MISSING', 'socat', `${error.message}; is the Debian package socat installed?`, {
      cause: error,
    });
  try {
    await within(ready.promise, READY_LIMIT_MS, signal, () => new Error('socat did not start'));
  } catch (error) {
    await dispose();
    signal.throwIfAborted();
    throw missing(error as Error);
  }
  return { host, device, unplug, [Symbol.asyncDispose]: dispose };
}
