import type { OperatorVisit } from '../kiosk/desk-protocol.ts';
import { reasonForOfficers } from '../visit/decide.ts';
import { reasonWords } from '../visit/reasons.ts';
import { mayCaptureAgain } from '../visit/step.ts';
import type { Outcome } from '../visit/types.ts';
import type { OpenVisit, Visit } from '../visit/visit.ts';
import type { DeskContext } from './context.ts';

/** Reasons that would tell an officer what the machine made of the face: both judge without it. */
const TELLS_THE_SCORE = new Set(['attempts-used', 'budget-used', 'dignity-time', 'officer-review', 'attack-check']);
const OFFICERS_LOOK = { code: 'officers-look', words: { th: 'ให้เจ้าหน้าที่ช่วยดู', en: 'Officers are to look' } };

/** The visit in progress as staff see it, or `null`. @param token under which this visit's pictures are given out */
export function operatorVisit(desk: DeskContext, token: string): OperatorVisit | null {
  const state = desk.visit.state();
  if (state.phase === 'idle') return null;
  const { field, visit } = desk;
  const open = openOf(state);
  const outcome = 'outcome' in state ? state.outcome : null;
  const isForOfficers =
    state.phase === 'decided' && state.recorded !== null && reasonForOfficers(state.outcome) !== undefined;
  const pictures = visit.pictures();
  const subject = field.card?.subject;
  const entry = subject === undefined ? field.expectedEntry : field.entryOfCard(subject);
  const policy = field.policy();
  const place = open?.place ?? field.place;
  const isShown = isForOfficers && (pictures.card !== undefined || pictures.probe !== undefined);
  return {
    visitId: state.visitId,
    place,
    phase: phaseOf(state, isForOfficers),
    name: nameOf(desk, entry),
    entry,
    isSomebodyElse: field.isSomebodyElse(),
    task: open?.task.kind ?? field.expected().task.kind,
    outcome: outcome?.kind ?? null,
    reason: outcome && 'reason' in outcome ? shownReason(outcome.reason, isForOfficers) : null,
    attempts: { used: open?.consent === 'given' ? open.attempt : 0, allowed: policy.attemptsAllowed[place] },
    mayCaptureAgain: state.phase === 'decided' && mayCaptureAgain(state, policy),
    answers: state.phase === 'decided' ? state.answers.length : 0,
    scoreBand: isForOfficers || outcome === null ? null : bandOf(outcome),
    pictures: isShown ? { token, card: pictures.card !== undefined, probe: pictures.probe !== undefined } : null,
    dignityLeftS: visit.dignityLeftS(),
    receipt: state.phase === 'decided' && state.recorded ? (desk.people.visit(state.visitId)?.receipt ?? null) : null,
    nextStep: outcome ? { id: outcome.nextStep, ...field.nextStepAt(outcome, null, entry) } : null,
  };
}

function openOf(state: Visit): OpenVisit | null {
  if (state.phase === 'open') return state;
  return 'open' in state ? state.open : null;
}

function phaseOf(state: Visit, isForOfficers: boolean): OperatorVisit['phase'] {
  switch (state.phase) {
    case 'open':
      if (state.capture === 'capturing') return 'capturing';
      if (state.capture === 'comparing') return 'checking';
      return state.capture === 'waiting' && state.card ? 'asking' : 'reading';
    case 'recording':
      return 'checking';
    case 'decided':
      return isForOfficers ? 'with-officers' : 'ended';
    default:
      return 'reading';
  }
}

function nameOf({ people, field, today }: DeskContext, entry: string | null): string | null {
  return (entry !== null ? people.person(entry, today())?.name : undefined) ?? field.card?.holder.name ?? null;
}

const shownReason = (reason: string, isForOfficers: boolean) =>
  isForOfficers && TELLS_THE_SCORE.has(reason) ? OFFICERS_LOOK : reasonWords(reason);

const bandOf = (outcome: Outcome) => ('evidence' in outcome ? (outcome.evidence?.decision ?? null) : null);
