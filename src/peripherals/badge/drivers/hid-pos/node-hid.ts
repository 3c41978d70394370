import { createRequire } from 'node:module';
import { StationFault } from '../../../../shared/fault.ts';

/**
 * The part of the `node-hid` package that is used, written down here because the package is optional: where it cannot
 * be loaded the station must still type-check and say so in a sentence.
 */
export interface NodeHid {
  /** One entry per top-level collection of each device. */
  devicesAsync(): Promise<readonly NodeHidInfo[]>;
  readonly HIDAsync: { open(path: string): Promise<NodeHidDevice> };
}

export interface NodeHidInfo {
  readonly path?: string | undefined;
  readonly product?: string | undefined;
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
}

export interface NodeHidDevice {
  /** Begins to read. A second listener throws "read is already running" where nobody can catch it. */
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  /** The unplug comes here, as a string; there is no `close` event. */
  on(event: 'error', listener: (error: unknown) => void): unknown;
  close(): Promise<void>;
}

/** Loads the native package. @throws StationFault `CODE_SCANNER_PACKAGE_MISSING` when it is not there or does not fit */
export function loadNodeHid(): NodeHid {
  const require = createRequire(import.meta.url);
  try {
    const hid = require('node-hid') as NodeHid & { getHidapiVersion(): string };
    // The binding is loaded at the first use; a missing library shows here and not in the middle of the work.
    hid.getHidapiVersion();
    return hid;
  } catch (cause) {
    throw new StationFault('CODE_SCANNER_PACKAGE_MISSING', 'node-hid', 'the native package cannot be loaded', {
      cause,
    });
  }
}
