import type { Journal, JournalEvent } from '../journal/port.ts';
import type { Log } from '../observe/log.ts';
import type { FieldEvent, FieldNote } from '../roster/field-event.ts';
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
  readonly #listeners = new Set<(event: FieldEvent) => void>();

  constructor(options: EventWriterOptions) {
    this.#options = options;
  }

  /**
   * @param visitId for the log; `undefined` = an event of the station itself
   * @param note what the station itself has to remember of it
   * @returns the event as it lies on the disk, or the fault that kept it from there
   */
  write(
    type: string,
    data: Readonly<Record<string, unknown>>,
    visitId: string | undefined,
    note: FieldNote | null,
  ): Promise<JournalEvent | FaultCode> {
    const { journal, log, onJournalFault } = this.#options;
    const write = async () => {
      try {
        const event = await journal.append({ type, data, ...(note ? { note: { ...note } } : {}) });
        if (note) for (const tell of this.#listeners) tell({ eventId: event.id, at: event.time, note });
        return event;
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

  /** Told of what the station remembers, once it is on the disk; returns the way to stop. */
  onRemembered(listener: (event: FieldEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
