import type { CardConfig } from '../../config.ts';
import type { PcscLite } from './pcsc-lite.ts';

/** The npm package that speaks to libpcsclite. */
export type PcscBackend = CardConfig['backend'];

/** What must be there for a package to work, for the operator who reads why it does not. */
export const MEND: Readonly<Record<PcscBackend, string>> = {
  smartcard: 'the package "smartcard" needs libpcsclite-dev, g++ and python3',
  'pcsc-mini': 'the package "pcsc-mini" needs its prebuilt part for this processor, or set card.backend to smartcard',
};

/** Loads a native package; throws when it is not installed or not usable on this machine. */
export async function loadPcsc(backend: PcscBackend): Promise<PcscLite> {
  const { load } = backend === 'pcsc-mini' ? await import('./pcsc-mini.ts') : await import('./pcsc-smartcard.ts');
  return load();
}
