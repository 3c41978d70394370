import { StationFault } from '../../shared/fault.ts';
import type { Send } from './apdu.ts';
import type { CardReader } from './port.ts';

/** A limit that aborts with a fault as its reason; `clear` it when the work is done. */
export interface Limit {
  readonly signal: AbortSignal;
  clear(): void;
}

/** Aborts after `limitMs` with `fault()`, or with the reason of `outer`, whichever comes first. */
export function limitTo(limitMs: number, outer: AbortSignal, fault: () => StationFault): Limit {
  const controller = new AbortController();
  const onOuter = () => controller.abort(outer.reason);
  const timer = setTimeout(() => controller.abort(fault()), limitMs);
  if (outer.aborted) onOuter();
  else outer.addEventListener('abort', onOuter, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', onOuter);
    },
  };
}

/**
 * A `send` with a watchdog on every command. A chip that never answered is `CARD_MUTE` (wrong side, dirty contacts);
 * one that stopped answering is `CARD_TIMEOUT`.
 */
export function transmitWithin(reader: CardReader, limitMs: number, signal: AbortSignal): Send {
  let hasAnswered = false;
  return async (command) => {
    const limit = limitTo(limitMs, signal, () => {
      const code = hasAnswered ? 'CARD_TIMEOUT' : 'CARD_MUTE';
      return new StationFault(code, reader.name, `no answer within ${limitMs} ms`);
    });
    try {
      const response = await reader.transmit(command, limit.signal);
      hasAnswered = true;
      return response;
    } catch (error) {
      // A reader may wrap or rename the abort; the reason we gave is the truth.
      throw limit.signal.aborted ? limit.signal.reason : error;
    } finally {
      limit.clear();
    }
  };
}
