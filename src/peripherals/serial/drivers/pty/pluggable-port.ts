import { rm, symlink } from 'node:fs/promises';
import { openPtyPair, type PtyPair } from './pty-pair.ts';

/** A serial port without hardware whose path stays the same while its cable is pulled and plugged in again. */
export class PluggablePort implements AsyncDisposable {
  /** The host's end: a link that is there while the cable is in. */
  readonly path: string;
  #pair: PtyPair | undefined;

  /** @param path where the port is to appear; what is there is replaced */
  constructor(path: string) {
    this.path = path;
  }

  /** @returns path of the device's end  @throws StationFault `SERIAL_MISSING` when socat is not installed */
  async plugIn(signal: AbortSignal): Promise<string> {
    await this.unplug();
    const pair = await openPtyPair(signal);
    this.#pair = pair;
    await rm(this.path, { force: true });
    await symlink(pair.host, this.path);
    return pair.device;
  }

  /** Nothing when the cable is out already. */
  async unplug(): Promise<void> {
    const pair = this.#pair;
    if (pair === undefined) return;
    this.#pair = undefined;
    await pair.unplug();
    await rm(this.path, { force: true });
    await pair[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unplug();
  }
}
