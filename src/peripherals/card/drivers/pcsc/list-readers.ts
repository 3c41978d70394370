import { StationFault } from '../../../../shared/fault.ts';
import { limitTo } from '../../transmit-within.ts';
import type { PcscBackend } from './backend.ts';
import { ChildLink } from './child-link.ts';

const LIST_LIMIT_MS = 5_000;

/**
 * Names of the readers that pcscd knows now; none is an empty list.
 * @throws StationFault `PCSC_SERVICE_DOWN`
 */
export async function listReaders(backend: PcscBackend, signal: AbortSignal): Promise<readonly string[]> {
  const limit = limitTo(LIST_LIMIT_MS, signal, () => {
    return new StationFault('PCSC_SERVICE_DOWN', 'pcsc', `no list of readers within ${LIST_LIMIT_MS} ms`);
  });
  const link = new ChildLink(
    backend,
    () => undefined,
    () => undefined,
  );
  try {
    return (await link.ask({ ask: 'list' }, limit.signal)) as readonly string[];
  } finally {
    limit.clear();
    await link.kill();
  }
}
