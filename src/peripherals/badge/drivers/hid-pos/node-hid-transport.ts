import { constants } from 'node:fs';
import { access, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isAbort, StationFault } from '../../../../shared/fault.ts';
import { orAbort, pause } from '../../../../shared/wait.ts';
import type { HidConnection, HidEvents, HidTransport } from '../../hid-transport.ts';
import type { NodeHid, NodeHidDevice } from './node-hid.ts';

export interface NodeHidOptions {
  readonly hid: NodeHid;
  /** Device path; `null` = the first device that says it is a bar code scanner. */
  readonly path: string | null;
  /** Where the kernel lists hidraw devices: `/sys/class/hidraw`. */
  readonly sysfs: string;
}

/** USB-IF HID Point of Sale Usage Tables 1.02: page Bar Code Scanner, usage Bar Code Scanner. */
const SCANNER = { usagePage: 0x8c, usage: 0x02 } as const;
const OPEN_LIMIT_MS = 5_000;
const CLOSE_LIMIT_MS = 1_000;

/** Scanners on hidraw through `node-hid`. */
export class NodeHidTransport implements HidTransport {
  readonly #options: NodeHidOptions;

  constructor(options: NodeHidOptions) {
    this.#options = options;
  }

  async open(signal: AbortSignal): Promise<HidConnection> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(OPEN_LIMIT_MS)]);
    try {
      return await this.#open(limit);
    } catch (error) {
      if (signal.aborted || !isAbort(error)) throw error;
      throw missing(this.#options.path ?? 'hid-pos', `no answer within ${OPEN_LIMIT_MS} ms`, error);
    }
  }

  async #open(signal: AbortSignal): Promise<HidConnection> {
    const { hid, sysfs } = this.#options;
    const { path, product } = await this.#find(signal);
    await access(path, constants.R_OK | constants.W_OK).catch((cause) => {
      throw accessFault(cause, path);
    });
    const descriptor = await readDescriptor(sysfs, path);
    const opening = hid.HIDAsync.open(path);
    let device: NodeHidDevice;
    try {
      device = await orAbort(opening, signal);
    } catch (cause) {
      // One that opens too late is nobody's.
      if (signal.aborted) opening.then((late) => late.close()).catch(() => undefined);
      if (signal.aborted) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      if (/busy/i.test(why)) throw new StationFault('CODE_SCANNER_BUSY', path, why, { cause });
      throw missing(path, why, cause);
    }
    return connectionTo(device, descriptor, nameOf(path, product));
  }

  async #find(signal: AbortSignal): Promise<{ readonly path: string; readonly product: string }> {
    const { hid, path } = this.#options;
    // Links made by udev rules are followed: the descriptor lies under the kernel's own name.
    const wanted =
      path &&
      (await realpath(path).catch((cause) => {
        throw missing(path, 'no such device', cause);
      }));
    const devices = await orAbort(hid.devicesAsync(), signal);
    const found = devices.find((device) =>
      wanted ? device.path === wanted : device.usagePage === SCANNER.usagePage && device.usage === SCANNER.usage,
    );
    const foundPath = wanted ?? found?.path;
    if (!foundPath) throw missing('hid-pos', 'no device with usage page 8C, usage 02');
    return { path: foundPath, product: found?.product ?? '' };
  }
}

/** What it means that a device node may not be opened. */
export function accessFault(cause: NodeJS.ErrnoException, path: string): StationFault {
  if (cause.code !== 'EACCES' && cause.code !== 'EPERM') return missing(path, 'the device is gone', cause);
  return new StationFault('CODE_SCANNER_DENIED', path, 'no right to read and write it', { cause });
}

async function readDescriptor(sysfs: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(join(sysfs, basename(path), 'device', 'report_descriptor'));
  } catch (cause) {
    throw missing(path, 'its report descriptor cannot be read', cause);
  }
}

function connectionTo(device: NodeHidDevice, descriptor: Uint8Array, name: string): HidConnection {
  let events: HidEvents | undefined;
  let isClosed = false;
  // Always one listener: an `error` event without any would end the process.
  device.on('error', (error) => {
    if (!isClosed) events?.lost(error instanceof Error ? error.message : String(error));
  });
  return {
    name,
    descriptor,
    listen(told) {
      events = told;
      device.on('data', (report) => {
        if (!isClosed) told.report(report);
      });
    },
    async close() {
      isClosed = true;
      // The reading begins one tick after the listener is there; on a closed device it would throw where nobody catches.
      await setImmediate();
      const closing = device.close().catch(() => undefined);
      const over = new AbortController();
      await Promise.race([closing, pause(CLOSE_LIMIT_MS, over.signal)]);
      over.abort();
    },
  };
}

/** The product string comes from the device: only what is safe in a log and on a screen is kept. No serial number. */
function nameOf(path: string, product: string): string {
  const words = product
    .replace(/[^\p{L}\p{N} ._()/+-]/gu, '')
    .trim()
    .slice(0, 48);
  return words === '' ? path : `${words} (${path})`;
}

function missing(part: string, why: string, cause?: unknown): StationFault {
  return new StationFault('CODE_SCANNER_MISSING', part, why, cause === undefined ? {} : { cause });
}
