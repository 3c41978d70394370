import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CameraConfig } from '../../config.ts';
import { FIRST_SCENE, type SceneCommand } from './simulated-scene.ts';
import type { MjpegSource } from './source.ts';

/**
 * A camera whose scene can be changed while it runs. It is a program of its own that writes MJPEG on standard output,
 * so the very driver that runs a real camera runs it.
 */
export class SimulatedCameraSource implements MjpegSource {
  readonly name = 'simulated camera';
  readonly #config: CameraConfig;
  #child: ChildProcess | undefined;
  #scene: SceneCommand = FIRST_SCENE;

  constructor(config: CameraConfig) {
    this.#config = config;
  }

  command() {
    const { width, height, framesPerSecond } = this.#config;
    const program = fileURLToPath(new URL('./simulated-child.ts', import.meta.url));
    return { file: process.execPath, args: [program, `${width}`, `${height}`, `${framesPerSecond}`] };
  }

  device(): string {
    return 'simulated';
  }

  started(child: ChildProcess): void {
    this.#child = child;
    this.#tell();
  }

  ended(): boolean {
    return false;
  }

  get scene(): SceneCommand {
    return this.#scene;
  }

  /** Changes what stands before the lens, or breaks the camera; a fault stays until it is taken back. */
  set(change: Partial<SceneCommand>): void {
    this.#scene = { ...this.#scene, ...change };
    this.#tell();
  }

  #tell(): void {
    if (this.#child?.connected) this.#child.send(this.#scene, () => undefined);
  }
}
