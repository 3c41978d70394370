import { StationFault } from '../../shared/fault.ts';
import type { FaultCode } from '../../shared/faults.ts';
import type { ReadRange } from './read-fields.ts';

/** Does `work`, and once more after `recover` when it failed with one of `codes`. */
export async function retryOnce<T>(
  codes: readonly FaultCode[],
  recover: () => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!hasCode(error, codes)) throw error;
    await recover();
    return await work();
  }
}

/**
 * Reads range after range, and goes on where it was after noise (`CARD_PROTOCOL`): one bad status word, or a reset of
 * the card by another program that left the applet deselected.
 * @param recover selects again and makes sure that it is the same card; may fail like the read itself
 * @param most    recoveries for all ranges together; the fault after them is thrown
 */
export function resuming(read: ReadRange, recover: () => Promise<void>, most: number): ReadRange {
  let left = most;
  return async (range) => {
    for (let isAgain = false; ; isAgain = true) {
      try {
        if (isAgain) await recover();
        return await read(range);
      } catch (error) {
        if (!hasCode(error, ['CARD_PROTOCOL']) || left === 0) throw error;
        left--;
      }
    }
  };
}

export function hasCode(error: unknown, codes: readonly FaultCode[]): error is StationFault {
  return error instanceof StationFault && codes.includes(error.code);
}
