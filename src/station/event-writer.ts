import type { Journal, JournalEvent } from '../journal/port.ts';
import type { Log } from '../observe/log.ts';
import { asFault } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';

export interface EventWriterOptions {
  readonly journal: Journal;
  readonly log: Log;
  readonly onJournalFault: (code: FaultCode) => void;
}

/** Writes events to the journal. What was begun is finished, even when the card has left or the station stops. */
export class EventWriter {
  readonly #options: EventWriterOptions;
  readonly #writing = new Set<Promise<unknown>>();

  constructor(options: EventWriterOptions) {
    this.#options = options;
  }

  /**
   * @param visitId for the log; `undefined` = an event of the station itself
   * @returns the event as it lies on the disk, or the fault that kept it from there
   */
  write(
    type: string,
    data: Readonly<Record<string, unknown>>,
    visitId: string | undefined,
  ): Promise<JournalEvent | FaultCode> {
    const { journal, log, onJournalFault } = this.#options;
    const write = async () => {
      try {
        return await journal.append({ type, data });
      } catch (error) {
        const { code, message } = asFault(error, 'INTERNAL', 'journal');
        log.error('record-failed', { type, visitId, code, detail: message });
        onJournalFault(code);
        return code;
      }
    };
    const writing = write().finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
    return writing;
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
