import { REASONS_VERSION } from './reasons.ts';
import type { Consent, Outcome, Representation, VisitPlace, Witness } from './types.ts';
import type { OpenVisit } from './visit.ts';

/** A consent with what was shown: which text in which version and language, and who was there when it was spoken. */
export interface ShownConsent extends Consent {
  readonly version: string;
  readonly by: 'citizen' | 'representative';
  readonly witness: Witness | null;
  /** SHA-256 of the text on the screen, or `null` when nothing was shown. */
  readonly shown: string | null;
  readonly language: 'th' | 'en';
}

/** What field work knows of a visit beside the reducer's state. */
export interface FieldFacts {
  readonly programme: string;
  readonly campaign: string;
  /** Entry of the lists, or `null`. */
  readonly entry: string | null;
  /** Keyed pseudonym of the citizen that the visit is about, or `null` when none is known. */
  readonly subject: string | null;
  readonly village: string | null;
  readonly place: VisitPlace;
  readonly nextStepAt: { readonly where: string | null; readonly due: string | null };
  readonly operator: string | null;
  readonly witnesses: readonly Witness[];
  readonly consents: readonly ShownConsent[];
  readonly representation:
    | (Representation & {
        readonly id: string;
        /** Keyed pseudonym of the representative. */
        readonly by: string;
        readonly peopleOfRepresentative: number;
      })
    | null;
  /** Serial of the paper form that it was entered from. */
  readonly form: string | null;
  /** Day that the form says, ISO; `null` = it says none, or there is no form. */
  readonly seenOn: string | null;
}

/** What the record needs beside that; made by the recorder. */
export interface RecordContext extends FieldFacts {
  readonly consentVersion: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly supersedes: string | null;
  /** Short code of the receipt. */
  readonly receipt: string;
}

/**
 * The outcome as it is kept and published: figures, codes and versions; no name, number, image or template.
 * It says what an offline read can prove and no more (`assurance`).
 */
export function visitRecord(visitId: string, visit: OpenVisit | null, outcome: Outcome, context: RecordContext) {
  const evidence = 'evidence' in outcome ? outcome.evidence : null;
  const officers = 'officers' in outcome ? (outcome.officers ?? []) : [];
  const hasDeclined =
    outcome.kind === 'declined' || (outcome.kind === 'undetermined' && outcome.reason === 'biometric-declined');
  return {
    visitId,
    outcome: outcome.kind,
    reason: 'reason' in outcome ? outcome.reason : null,
    reasons: REASONS_VERSION,
    nextStep: outcome.nextStep,
    nextStepAt: context.nextStepAt,
    supersedes: context.supersedes,
    programme: context.programme,
    campaign: context.campaign,
    entry: context.entry,
    // Who declines, or would rather have people, leaves nothing behind that leads back but the entry of the list.
    subject: hasDeclined ? null : context.subject,
    village: context.village,
    place: context.place,
    startedAt: context.startedAt,
    durationMs: Math.round(context.durationMs),
    attempts: visit?.consent === 'given' ? visit.attempt : 0,
    consent: { version: context.consentVersion, given: visit?.consents[0]?.given === true },
    consents: context.consents,
    operator: context.operator,
    officers,
    witnesses: context.witnesses,
    representation: outcome.kind === 'represented' ? context.representation : null,
    receipt: context.receipt,
    form: context.form,
    seenOn: context.seenOn,
    card: hasDeclined ? null : (visit?.card ?? null),
    evidence,
    assurance: {
      chipRead: visit?.card !== undefined && visit !== null,
      chipAuthenticated: false,
      cardStatusOnline: 'not-checked',
      faceComparison: evidence?.decision ?? 'not-made',
      officerAttested: officers.length === 2,
    },
  } as const;
}

export type VisitRecord = ReturnType<typeof visitRecord>;

export const VISIT_COMPLETED = 'th.thuengban.visit.completed.v1';
export const VISIT_ABANDONED = 'th.thuengban.visit.abandoned.v1';
export const VISIT_ATTEMPTED = 'th.thuengban.visit.attempted.v1';
