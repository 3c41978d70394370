import type { Settings } from '../config/settings.ts';
import { type DeskFacts, type FieldWork, visitNote } from '../desk/port.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import { receiptOf } from '../receipt/receipt-code.ts';
import type { FaultCode } from '../shared/faults.ts';
import { VISIT_ABANDONED, VISIT_ATTEMPTED, VISIT_COMPLETED, visitRecord } from '../visit/record.ts';
import type { Outcome, Recorded } from '../visit/types.ts';
import type { OpenVisit, VisitEffect } from '../visit/visit.ts';
import type { EventWriter } from './event-writer.ts';
import type { VisitMarks } from './visit-session.ts';

/** A visit whose outcome is on disk. */
export interface FinishedVisit {
  readonly visitId: string;
  readonly outcome: Outcome;
  readonly eventId: string;
  readonly at: string;
  readonly marks: VisitMarks;
}

export interface VisitRecorderOptions {
  readonly events: EventWriter;
  readonly log: Log;
  readonly settings: Pick<Settings, 'visit'>;
  readonly metrics: Metrics;
  /** Asked only once the desk is there. */
  readonly field: () => FieldWork;
  /** Language on the screen now. */
  readonly language: () => 'th' | 'en';
  readonly onFinished: (finished: FinishedVisit) => void;
}

/** What is recorded, and when it began. */
export interface VisitEnd {
  readonly visitId: string;
  readonly visit: OpenVisit | null;
  readonly outcome: Outcome;
  readonly supersedes: string | null;
  /** Keyed pseudonym of the card's holder; `null` = none was read. */
  readonly cardSubject: string | null;
  readonly startedAt: Date;
  readonly elapsedMs: () => number;
  readonly marks: VisitMarks;
  /** What staff said of an outcome that needs no card; `null` = a visit at the reader. */
  readonly desk: DeskFacts | null;
}

/** Writes outcomes to the journal, of visits at the reader and of those that staff record. */
export class VisitRecorder {
  readonly #options: VisitRecorderOptions;
  readonly #events: EventWriter;

  constructor(options: VisitRecorderOptions) {
    this.#options = options;
    this.#events = options.events;
  }

  /** @returns the place of the outcome in the journal, or the fault that kept it from being written */
  async record(end: VisitEnd): Promise<Recorded | FaultCode> {
    const { log, metrics, settings, language } = this.#options;
    const field = this.#options.field();
    const { visitId, visit, outcome, cardSubject, desk } = end;
    const data = visitRecord(visitId, visit, outcome, {
      ...field.facts({ visitId, cardSubject, visit, outcome, language: language(), desk }),
      consentVersion: settings.visit.consentVersion,
      supersedes: end.supersedes,
      receipt: receiptOf(visitId).code,
      startedAt: end.startedAt.toISOString(),
      durationMs: end.elapsedMs(),
    });
    const event = await this.#events.write(VISIT_COMPLETED, data, visitId, visitNote(data, field.walkInName(visitId)));
    if (typeof event === 'string') return event;
    const { id: eventId, seq, time: at } = event;
    end.marks.recorded ??= Math.round(end.elapsedMs() * 10) / 10;
    metrics.visits.inc({ outcome: outcome.kind });
    // How the visit ended is sealed: the log tells only that it is kept.
    log.info('visit-recorded', { visitId, eventId, seq });
    this.#options.onFinished({ visitId, outcome, eventId, at, marks: end.marks });
    return { eventId, seq };
  }

  /** A capture that did not verify, for the budget of the person and the campaign. Without a person there is none. */
  async recordAttempt(
    { visitId, attempt, result }: Extract<VisitEffect, { do: 'record-attempt' }>,
    subject: string | null,
    campaign: string,
  ): Promise<void> {
    if (subject === null) return;
    const data = { visitId, subject, campaign, attempt, result };
    await this.#events.write(VISIT_ATTEMPTED, data, visitId, { kind: 'attempt', visitId, subject, campaign });
  }

  async recordAbandoned(visitId: string, code: FaultCode | null): Promise<void> {
    const event = await this.#events.write(VISIT_ABANDONED, { visitId, fault: code }, visitId, null);
    if (typeof event === 'string') return;
    this.#options.metrics.visits.inc({ outcome: 'abandoned' });
    this.#options.log.info('visit-abandoned', { visitId, code });
  }

  /** Resolves when nothing is being written any more. */
  settled(): Promise<void> {
    return this.#events.settled();
  }
}
