import type { ChildProcess } from 'node:child_process';
import type { FaultCode } from '../../../../shared/faults.ts';

/** A program that writes JPEG frames on its standard output, and how to read its complaints. */
export interface MjpegSource {
  readonly name: string;
  command(): { readonly file: string; readonly args: readonly string[] };
  /** What tells the device from another one in the same place, asked after each start; `null` = nothing is known. */
  device(): string | null;
  /** Called with each new process; the simulator keeps the line to it. */
  started(child: ChildProcess): void;
  /** Told what a process said on standard error before it ended; `true` = the next command is another one, start it at once. */
  ended(stderr: string): boolean;
}

/**
 * The cause of death by what was said on standard error. The exit code says nothing:
 * ffmpeg leaves with 0 when a camera is unplugged.
 */
export function faultOf(stderr: string): FaultCode {
  if (/Device or resource busy|in use|EBUSY|failed to acquire camera/i.test(stderr)) return 'CAMERA_BUSY';
  if (/No such device|No such file|Cannot find|no cameras available|not found/i.test(stderr)) return 'CAMERA_MISSING';
  return 'CAMERA_CRASHED';
}
