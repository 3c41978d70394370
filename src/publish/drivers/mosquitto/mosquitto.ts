import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StationFault } from '../../../shared/fault.ts';
import { orAbort } from '../../../shared/wait.ts';

export interface LocalBroker extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** Debian puts daemons where a user's PATH may not look. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`;
const STOP_LIMIT_MS = 2_000;

/**
 * Starts a mosquitto of its own on loopback and stops it again: for the demo and for tests, never for the field.
 * @param wantedPort taken when free, else any free port
 * @throws StationFault `BROKER_UNREACHABLE` when mosquitto is not installed or does not start
 */
export async function startMosquitto(wantedPort: number, signal: AbortSignal): Promise<LocalBroker> {
  const port = await freePort(wantedPort);
  const folder = mkdtempSync(join(tmpdir(), 'thuengban-broker-'));
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
  const child = spawn('mosquitto', ['-c', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH },
  });
  const ended = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
    if (/running/.test(said)) started.resolve();
  });
  child.on('error', (cause) => {
    ended.resolve();
    started.reject(new StationFault('BROKER_UNREACHABLE', 'mosquitto', 'mosquitto cannot be started', { cause }));
  });
  child.on('close', () => {
    rmSync(folder, { recursive: true, force: true });
    ended.resolve();
    started.reject(new StationFault('BROKER_UNREACHABLE', 'mosquitto', said.trim() || 'mosquitto ended'));
  });
  const broker: LocalBroker = {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended.promise;
      clearTimeout(timer);
    },
  };
  try {
    await orAbort(started.promise, signal);
    return broker;
  } catch (error) {
    await broker[Symbol.asyncDispose]();
    throw error;
  }
}

async function freePort(wanted: number): Promise<number> {
  const first = await listen(wanted);
  return first ?? (await listen(0)) ?? 0;
}

function listen(port: number): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const server = createServer();
  server.once('error', () => resolve(undefined));
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
  });
  return promise;
}
