import { type ChildProcess, spawn } from 'node:child_process';
import { AsyncQueue } from '../../../../shared/async-queue.ts';
import { StationFault } from '../../../../shared/fault.ts';
import type { FaultCode } from '../../../../shared/faults.ts';
import { type Mounting, markTurned } from '../../orientation.ts';
import type { Camera, CameraState, Frame } from '../../port.ts';
import { faultOf, type MjpegSource } from './source.ts';
import { JpegSplitter } from './splitter.ts';

export interface MjpegCameraOptions {
  readonly source: MjpegSource;
  /** See `orientation.ts`. */
  readonly turn: Mounting;
  readonly startLimitMs: number;
  readonly stallLimitMs: number;
  /** Wait before a dead camera is started again; doubles up to 16 times this. */
  readonly restartDelayMs: number;
}

const STDERR_KEPT = 2_000;
const LONGEST_BACK_OFF = 16;

/**
 * A camera as a child process that writes MJPEG. It runs only while somebody reads frames, always drains the pipe and
 * hands out the newest frame; a crash or a stall ends in SIGKILL and a new process.
 */
export class MjpegCamera implements Camera {
  readonly name: string;
  readonly #options: MjpegCameraOptions;
  readonly #readers = new Set<AsyncQueue<Frame>>();
  readonly #listeners = new Set<(state: CameraState) => void>();
  readonly #splitter = new JpegSplitter();
  #state: CameraState = { kind: 'off' };
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #seq = 0;
  #device: string | null = null;
  #failures = 0;

  constructor(options: MjpegCameraOptions) {
    this.#options = options;
    this.name = options.source.name;
  }

  get state(): CameraState {
    return this.#state;
  }

  onState(listener: (state: CameraState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *frames(signal: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    const queue = new AsyncQueue<Frame>(1);
    this.#readers.add(queue);
    if (this.#readers.size === 1) this.#start();
    try {
      yield* queue.read(signal);
    } finally {
      this.#readers.delete(queue);
      if (this.#readers.size === 0) this.#stop();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const queue of this.#readers) queue.end();
    this.#readers.clear();
    this.#stop();
  }

  #start(): void {
    this.#setState({ kind: 'starting' });
    let command: ReturnType<MjpegSource['command']>;
    try {
      command = this.#options.source.command();
    } catch (error) {
      const code = error instanceof StationFault ? error.code : 'CAMERA_CRASHED';
      this.#failed(code, error instanceof Error ? error.message : String(error));
      return;
    }
    const child = spawn(command.file, command.args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    this.#device = this.#options.source.device();
    let complaints = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      if (child !== this.#child) return;
      for (const jpeg of this.#splitter.push(chunk)) this.#deliver(jpeg);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-STDERR_KEPT);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      // A process that could not be started has no exit; one that could will tell by `close`.
      if (child !== this.#child || child.pid !== undefined) return;
      this.#child = undefined;
      this.#failed(error.code === 'ENOENT' ? 'CAMERA_PROGRAM_MISSING' : 'CAMERA_CRASHED', error.message);
    });
    child.on('close', () => {
      if (child !== this.#child) return;
      this.#child = undefined;
      this.#splitter.drop();
      if (this.#options.source.ended(complaints)) return this.#start();
      this.#failed(faultOf(complaints), complaints.trim() || 'the camera process ended');
    });
    this.#watch(this.#options.startLimitMs);
    this.#options.source.started(child);
  }

  #deliver(jpeg: Uint8Array): void {
    this.#seq += 1;
    this.#failures = 0;
    this.#watch(this.#options.stallLimitMs);
    if (this.#state.kind !== 'streaming') this.#setState({ kind: 'streaming' });
    const frame: Frame = {
      jpeg: markTurned(jpeg, this.#options.turn),
      seq: this.#seq,
      atMs: performance.now(),
      origin: { camera: this.name, device: this.#device },
    };
    for (const queue of this.#readers) queue.push(frame);
  }

  #watch(limitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#kill();
      this.#failed('CAMERA_STALLED', `no frame within ${limitMs} ms`);
    }, limitMs);
  }

  #failed(code: FaultCode, detail: string): void {
    clearTimeout(this.#timer);
    this.#setState({ kind: 'faulty', code, detail });
    if (this.#readers.size === 0) return;
    const delayMs = this.#options.restartDelayMs * Math.min(LONGEST_BACK_OFF, 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#start(), delayMs);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#kill();
    this.#failures = 0;
    if (this.#state.kind !== 'off') this.#setState({ kind: 'off' });
  }

  #kill(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    this.#splitter.drop();
  }

  #setState(state: CameraState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
