import type { Settings } from '../config/settings.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { FaultCode } from '../shared/faults.ts';
import { VISIT_ABANDONED, VISIT_COMPLETED, visitRecord } from '../visit/record.ts';
import type { Outcome, Recorded } from '../visit/types.ts';
import type { OpenVisit } from '../visit/visit.ts';
import { EventWriter, type EventWriterOptions } from './event-writer.ts';
import type { VisitMarks, VisitSession } from './visit-session.ts';

/** A visit whose outcome is on disk. */
export interface FinishedVisit {
  readonly visitId: string;
  readonly outcome: Outcome;
  readonly eventId: string;
  readonly at: string;
  readonly marks: VisitMarks;
}

export interface VisitRecorderOptions extends EventWriterOptions {
  readonly settings: Pick<Settings, 'visit'>;
  readonly metrics: Metrics;
  readonly onFinished: (finished: FinishedVisit) => void;
}

/** Writes outcomes to the journal. */
export class VisitRecorder {
  readonly #options: VisitRecorderOptions;
  readonly #events: EventWriter;

  constructor(options: VisitRecorderOptions) {
    this.#options = options;
    this.#events = new EventWriter(options);
  }

  /** @returns the place of the outcome in the journal, or the fault that kept it from being written */
  async record(
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
    const event = await this.#events.write(VISIT_COMPLETED, data, visitId);
    if (typeof event === 'string') return event;
    const { id: eventId, seq, time: at } = event;
    session.mark('recorded');
    metrics.visits.inc({ outcome: outcome.kind });
    // How the visit ended is sealed: the log tells only that it is kept.
    log.info('visit-recorded', { visitId, eventId, seq });
    this.#options.onFinished({ visitId, outcome, eventId, at, marks: session.marks });
    return { eventId, seq };
  }

  async recordAbandoned(visitId: string, code: FaultCode | null): Promise<void> {
    const event = await this.#events.write(VISIT_ABANDONED, { visitId, fault: code }, visitId);
    if (typeof event === 'string') return;
    this.#options.metrics.visits.inc({ outcome: 'abandoned' });
    this.#options.log.info('visit-abandoned', { visitId, code });
  }

  /** Resolves when nothing is being written any more. */
  settled(): Promise<void> {
    return this.#events.settled();
  }
}
