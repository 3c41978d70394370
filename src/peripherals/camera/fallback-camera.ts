import { AsyncQueue } from '../../shared/async-queue.ts';
import type { Camera, CameraState, Frame } from './port.ts';

/**
 * Two cameras as one: the second takes over while the first has nothing to show, and hands back when that is well again.
 * Both run only while somebody reads, the second only from the first's first fault on.
 */
export class FallbackCamera implements Camera {
  readonly #first: Camera;
  readonly #second: Camera;

  constructor(first: Camera, second: Camera) {
    this.#first = first;
    this.#second = second;
  }

  get name(): string {
    return this.#isSecondInUse ? `${this.#second.name} (instead of ${this.#first.name})` : this.#first.name;
  }

  get state(): CameraState {
    return this.#isSecondInUse ? this.#second.state : this.#first.state;
  }

  get #isSecondInUse(): boolean {
    return this.#first.state.kind === 'faulty' && this.#second.state.kind === 'streaming';
  }

  onState(listener: (state: CameraState) => void): () => void {
    const tell = () => listener(this.state);
    const stops = [this.#first.onState(tell), this.#second.onState(tell)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async *frames(signal: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    const newest = new AsyncQueue<Frame>(1);
    const over = new AbortController();
    const live = AbortSignal.any([signal, over.signal]);
    let seq = 0;
    const pour = async (camera: Camera, mayPass: () => boolean) => {
      for await (const frame of camera.frames(live)) if (mayPass()) newest.push({ ...frame, seq: ++seq });
    };
    let second: Promise<void> | undefined;
    const startSecond = () => {
      if (this.#first.state.kind === 'faulty')
        second ??= pour(this.#second, () => this.#first.state.kind !== 'streaming');
    };
    const stopListening = this.#first.onState(startSecond);
    const first = pour(this.#first, () => true);
    try {
      startSecond();
      yield* newest.read(live);
    } finally {
      stopListening();
      over.abort();
      await Promise.all([first, second]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#first[Symbol.asyncDispose]();
    await this.#second[Symbol.asyncDispose]();
  }
}
