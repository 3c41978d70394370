import type { Settings } from '../config/settings.ts';
import type { Journal } from '../journal/port.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import { asFault } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';
import { VISIT_ABANDONED, VISIT_COMPLETED, visitRecord } from '../visit/record.ts';
import type { Outcome, Recorded } from '../visit/types.ts';
import type { OpenVisit } from '../visit/visit.ts';
import type { VisitMarks, VisitSession } from './visit-session.ts';

/** A visit whose outcome is on disk. */
export interface FinishedVisit {
  readonly visitId: string;
  readonly outcome: Outcome;
  readonly eventId: string;
  readonly at: string;
  readonly marks: VisitMarks;
}

export interface VisitRecorderOptions {
  readonly journal: Journal;
  readonly settings: Pick<Settings, 'visit'>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly onFinished: (finished: FinishedVisit) => void;
  readonly onJournalFault: (code: FaultCode) => void;
}

/** Writes outcomes to the journal. What was begun is finished, even when the card has left or the station stops. */
export class VisitRecorder {
  readonly #options: VisitRecorderOptions;
  readonly #writing = new Set<Promise<unknown>>();

  constructor(options: VisitRecorderOptions) {
    this.#options = options;
  }

  /** @returns the place of the outcome in the journal, or the fault that kept it from being written */
  record(
    session: VisitSession,
    visitId: string,
    visit: OpenVisit | null,
    outcome: Outcome,
  ): Promise<Recorded | FaultCode> {
    const { log, metrics, settings } = this.#options;
    const data = visitRecord(visitId, visit, outcome, {
      subject: session.subject,
      consentVersion: settings.visit.consentVersion,
      startedAt: session.startedAt.toISOString(),
      durationMs: session.elapsedMs,
    });
    return this.#write(visitId, VISIT_COMPLETED, data, (event) => {
      session.mark('recorded');
      metrics.visits.inc({ outcome: outcome.kind });
      log.info('visit-recorded', {
        visitId,
        outcome: outcome.kind,
        reason: data.reason,
        eventId: event.eventId,
        seq: event.seq,
      });
      this.#options.onFinished({ visitId, outcome, eventId: event.eventId, at: event.at, marks: session.marks });
    });
  }

  recordAbandoned(visitId: string, code: FaultCode | null): void {
    void this.#write(visitId, VISIT_ABANDONED, { visitId, fault: code }, () => {
      this.#options.metrics.visits.inc({ outcome: 'abandoned' });
      this.#options.log.info('visit-abandoned', { visitId, code });
    });
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  #write(
    visitId: string,
    type: string,
    data: Readonly<Record<string, unknown>>,
    onWritten: (event: Recorded & { readonly at: string }) => void,
  ): Promise<Recorded | FaultCode> {
    const write = async (): Promise<Recorded | FaultCode> => {
      try {
        const { id, seq, time } = await this.#options.journal.append({ type, data });
        onWritten({ eventId: id, seq, at: time });
        return { eventId: id, seq };
      } catch (error) {
        const { code, message } = asFault(error, 'INTERNAL', 'journal');
        this.#options.log.error('visit-record-failed', { visitId, code, detail: message });
        this.#options.onJournalFault(code);
        return code;
      }
    };
    const writing = write().finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
    return writing;
  }
}
