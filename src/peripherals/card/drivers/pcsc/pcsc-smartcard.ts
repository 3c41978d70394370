import { createRequire } from 'node:module';
import type { PcscLite } from './pcsc-lite.ts';

/** The package `smartcard` has the shape of {@link PcscLite} already. */
export function load(): PcscLite {
  return createRequire(import.meta.url)('smartcard') as PcscLite;
}
