import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { asFault, StationFault } from '../../../../shared/fault.ts';
import { buildShim } from './build-shim.ts';
import { runningPcscd, virtualPort, vpcdLibrary } from './running-pcscd.ts';

export interface PcscdOptions {
  readonly signal: AbortSignal;
  /** Asks a PC/SC client for the readers; given by the caller, because drivers do not know each other. */
  readonly listReaders: (signal: AbortSignal) => Promise<readonly string[]>;
  /** Port of the first slot, the second has the next one; `undefined` = any two free ones. */
  readonly port: number | undefined;
}

/** A pcscd that can be used. */
export interface VirtualPcscd extends AsyncDisposable {
  /** False: it ran before us, and it stays when we go. */
  readonly isOurs: boolean;
  readonly readers: readonly string[];
  /** TCP ports of the virtual slots, for `insertVirtualCard`; empty when it has real readers only. */
  readonly slots: readonly number[];
  /** False: the virtual reader is slow (about 49 ms a command) and listens on every interface. */
  readonly isShimmed: boolean;
  /** Ends it, if it is ours. */
  stop(): Promise<void>;
}

const TEMPLATE = fileURLToPath(new URL('../../../../../hardware/virtual-reader/reader.conf.template', import.meta.url));
const PART = 'pcscd';
/** The virtual reader has two; pcscd makes them known one after the other. */
const SLOTS = 2;
const READY_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 3_000;
const LOOK_MS = 100;
/** A service that is just starting may leave a client without an answer: it is asked anew. */
const LIST_LIMIT_MS = 2_000;

/**
 * Makes sure that a pcscd with a reader runs: uses the one that runs already, or starts one with a virtual reader.
 * Its command log is never turned on: commands hold personal data.
 * @throws StationFault `PCSC_SERVICE_DOWN` (not installed, cannot start), `READER_MISSING` (the one that runs has no reader)
 */
export async function startVirtualPcscd(options: PcscdOptions): Promise<VirtualPcscd> {
  const running = await runningPcscd();
  return running === undefined ? await startOurs(options) : await useRunning(running, options);
}

async function useRunning(commandLine: readonly string[], options: PcscdOptions): Promise<VirtualPcscd> {
  const readers = await options.listReaders(options.signal);
  if (readers.length === 0) {
    throw new StationFault('READER_MISSING', PART, 'a pcscd runs already and has no reader; stop it or plug one in');
  }
  const port = readers.some((name) => name.includes('Virtual PCD')) ? await virtualPort(commandLine) : undefined;
  const slots = port === undefined ? [] : [port, port + 1];
  const stop = async () => undefined;
  return { isOurs: false, readers, slots, isShimmed: false, stop, [Symbol.asyncDispose]: stop };
}

async function startOurs(options: PcscdOptions): Promise<VirtualPcscd> {
  const library = await vpcdLibrary();
  if (library === undefined) throw down('the Debian package vsmartcard-vpcd is not installed; run ./scripts/setup');
  const folder = await mkdtemp(join(tmpdir(), 'thuengban-pcscd-'));
  let child: ChildProcess | undefined;
  const stop = async () => {
    if (child !== undefined) await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = options.port ?? (await freePortPair());
    const config = join(folder, 'reader.conf.d');
    const template = await readFile(TEMPLATE, 'utf8');
    await mkdir(config);
    await writeFile(
      join(config, 'vpcd'),
      template.replaceAll('{{PORT}}', `${port}`).replaceAll('{{LIBPATH}}', library),
    );
    const shim = await buildShim(folder);
    const env = shim === undefined ? process.env : { ...process.env, LD_PRELOAD: shim };
    child = spawn('pcscd', ['--foreground', '--critical', '--config', config], { env, stdio: 'ignore' });
    const readers = await untilReady(child, options);
    return {
      isOurs: true,
      readers,
      slots: [port, port + 1],
      isShimmed: shim !== undefined,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    options.signal.throwIfAborted();
    throw asFault(error, 'PCSC_SERVICE_DOWN', PART);
  }
}

/** Resolves with the readers as soon as a client sees both slots of the virtual one. */
async function untilReady(child: ChildProcess, options: PcscdOptions): Promise<readonly string[]> {
  const ended = new AbortController();
  child.once('error', (error) => ended.abort(down(`pcscd cannot be started: ${error.message}`)));
  child.once('exit', (code) => ended.abort(down(`pcscd ended by itself (code ${code}); is another one running?`)));
  const late = AbortSignal.timeout(READY_LIMIT_MS);
  const stop = AbortSignal.any([options.signal, ended.signal, late]);
  for (;;) {
    const readers = await options
      .listReaders(AbortSignal.any([stop, AbortSignal.timeout(LIST_LIMIT_MS)]))
      .catch(() => [] as readonly string[]);
    if (late.aborted) throw down(`no virtual reader within ${READY_LIMIT_MS} ms`);
    stop.throwIfAborted();
    if (readers.filter((name) => name.includes('Virtual PCD')).length >= SLOTS) return readers;
    await delay(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function end(child: ChildProcess): Promise<void> {
  const isGone = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (isGone()) return;
    const gone = once(child, 'exit', { signal: AbortSignal.timeout(STOP_LIMIT_MS) });
    child.kill(signal);
    await gone.catch(() => undefined);
  }
}

/** Two free ports in a row, as the driver's two slots need them. */
async function freePortPair(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = await listenOnce(0);
    if (port !== undefined && (await listenOnce(port + 1)) !== undefined) return port;
  }
  throw down('no two free ports in a row');
}

async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen({ host: '0.0.0.0', port });
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}

function down(message: string): StationFault {
  return new StationFault('PCSC_SERVICE_DOWN', PART, message);
}
