import type { Outcome } from './types.ts';
import type { OpenVisit } from './visit.ts';

/** What the record needs beside the reducer's state; made by the runner. */
export interface RecordContext {
  /** Keyed pseudonym of the citizen, or `null` when no number was read. */
  readonly subject: string | null;
  readonly consentVersion: string;
  readonly startedAt: string;
  readonly durationMs: number;
}

/**
 * The outcome as it is kept and published: figures, codes and versions; no name, number, image or template.
 * It says what an offline read can prove and no more (`assurance`).
 */
export function visitRecord(visitId: string, visit: OpenVisit | null, outcome: Outcome, context: RecordContext) {
  const evidence = 'evidence' in outcome ? outcome.evidence : null;
  return {
    visitId,
    outcome: outcome.kind,
    reason: 'reason' in outcome ? outcome.reason : null,
    nextStep: outcome.nextStep,
    // Who declines leaves nothing behind that leads back to them.
    subject: outcome.kind === 'declined' ? null : context.subject,
    startedAt: context.startedAt,
    durationMs: Math.round(context.durationMs),
    attempts: visit?.consent === 'given' ? visit.attempt : 0,
    consent: { version: context.consentVersion, given: visit?.consent === 'given' },
    card: visit?.card ?? null,
    evidence,
    assurance: {
      chipRead: visit?.card !== undefined && visit !== null,
      chipAuthenticated: false,
      cardStatusOnline: 'not-checked',
      faceComparison: evidence?.decision ?? 'not-made',
      officerAttested: false,
    },
  } as const;
}

export const VISIT_COMPLETED = 'th.thuengban.visit.completed.v1';
export const VISIT_ABANDONED = 'th.thuengban.visit.abandoned.v1';
