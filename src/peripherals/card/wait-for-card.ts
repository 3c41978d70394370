import { StationFault } from '../../shared/fault.ts';
import type { CardReader } from './port.ts';
import { limitTo } from './transmit-within.ts';

/**
 * Waits until a card is in the reader.
 * @returns its answer to reset
 * @throws StationFault `CARD_ABSENT` after `limitMs`, or the reader's own fault; the reason of `signal` when it aborts
 */
export async function waitForCard(reader: CardReader, limitMs: number, signal: AbortSignal): Promise<Uint8Array> {
  const limit = limitTo(limitMs, signal, () => {
    return new StationFault('CARD_ABSENT', reader.name, `no card within ${limitMs} ms`);
  });
  try {
    for await (const event of reader.events(limit.signal)) if (event.kind === 'card-inserted') return event.atr;
    throw limit.signal.reason ?? new StationFault('READER_MISSING', reader.name, 'the reader went away');
  } finally {
    limit.clear();
  }
}
