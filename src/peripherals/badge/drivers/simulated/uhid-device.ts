import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { StationFault } from '../../../../shared/fault.ts';
import { within } from '../../../../shared/wait.ts';
import { answerTo, createEvent, destroyEvent, inputEvent, LONGEST_EVENT, UHID } from './uhid-events.ts';

/** A device that the kernel believes in: every program finds it among its hidraw devices. */
export interface UhidDevice extends AsyncDisposable {
  /** Sends one input report. */
  input(report: Uint8Array): void;
}

const PART = 'uhid';
const START_LIMIT_MS = 3_000;
/** A blocking read would hold a thread of the process beyond its end: the device is asked at intervals instead. */
const LOOK_MS = 10;

/**
 * Creates a HID device through `/dev/uhid` (root, kernel module `uhid`); it is gone when it is disposed of, or the process ends.
 * @param path `/dev/uhid`  @param onUse told when the first program has opened it, and when the last one has closed it
 * @throws StationFault `SIMULATOR_UNAVAILABLE` where there is no uhid, or no right to use it
 */
export async function openUhid(
  path: string,
  device: { readonly name: string; readonly descriptor: Uint8Array },
  onUse: (isInUse: boolean) => void,
  signal: AbortSignal,
): Promise<UhidDevice> {
  const file = open(path);
  const started = Promise.withResolvers<void>();
  started.promise.catch(() => undefined);
  const hear = (event: Buffer) => {
    const type = event.readUInt32LE(0);
    if (type === UHID.start) started.resolve();
    if (type === UHID.open || type === UHID.close) onUse(type === UHID.open);
    const answer = answerTo(event);
    if (answer) writeSync(file, answer);
  };
  const looking = setInterval(() => {
    try {
      for (let event = read(file); event !== undefined; event = read(file)) hear(event);
    } catch (error) {
      clearInterval(looking);
      started.reject(unavailable(path, error));
    }
  }, LOOK_MS);
  const dispose = async () => {
    clearInterval(looking);
    try {
      writeSync(file, destroyEvent());
    } catch {
      // Not created yet, or gone already.
    }
    closeSync(file);
  };
  try {
    writeSync(file, createEvent(device.name, device.descriptor));
    await within(started.promise, START_LIMIT_MS, signal, () => unavailable(path, new Error('the kernel is silent')));
  } catch (error) {
    await dispose();
    signal.throwIfAborted();
    throw error instanceof StationFault ? error : unavailable(path, error);
  }
  return { input: (report) => void writeSync(file, inputEvent(report)), [Symbol.asyncDispose]: dispose };
}

function open(path: string): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  } catch (error) {
    throw unavailable(path, error);
  }
}

/** One event, `undefined` when there is none now. */
function read(file: number): Buffer | undefined {
  const event = Buffer.alloc(LONGEST_EVENT);
  try {
    const bytes = readSync(file, event, 0, event.length, null);
    return bytes < 4 ? undefined : event.subarray(0, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

function unavailable(path: string, cause: unknown): StationFault {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StationFault('SIMULATOR_UNAVAILABLE', PART, `${path}: ${why}`, { cause });
}
