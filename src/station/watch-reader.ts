import type { CardEvent, CardReader } from '../peripherals/card/port.ts';
import { pause } from '../shared/wait.ts';

/** A reader that is lost is asked for again at this pace: it may be plugged in any time. */
const RETRY_MS = 500;

/**
 * Follows the reader until `signal` aborts, through unplugging and service restarts; a card that was in a lost reader
 * counts as removed. What is wrong with the reader is in its `fault`.
 */
export async function watchReader(
  reader: CardReader,
  on: { readonly event: (event: CardEvent) => void; readonly changed: () => void },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of reader.events(signal)) {
        on.changed();
        on.event(event);
      }
    } catch {
      on.event({ kind: 'card-removed' });
      on.changed();
    }
    await pause(RETRY_MS, signal);
  }
}
