import { reasonForOfficers } from '../visit/decide.ts';
import { mayCaptureAgain } from '../visit/step.ts';
import { purposeAsked } from '../visit/step-open.ts';
import type { DecidedVisit } from '../visit/visit.ts';
import { proofRefused } from './asks-team.ts';
import { type DeskContext, DONE, type Handlers } from './context.ts';
import { isSameOfficer, mayDecide } from './officers.ts';
import { refuse } from './refusals.ts';

/** The visit at the reader, as far as staff may move it. */
export const visitAsks: Handlers<'expect' | 'decide' | 'capture-again' | 'consent' | 'end-visit' | 'take-over'> = {
  expect({ entry, place }, { field, people, visit, today }) {
    if (visit.state().phase !== 'idle') return refuse('not-now');
    if (entry !== null && !people.person(entry, today())) return refuse('unknown');
    field.expect(entry, place);
    return DONE;
  },

  async decide({ visitId, credential, answer, reason }, desk) {
    const before = undecided(desk, visitId);
    if (!before) return refuse('not-now');
    const proven = await desk.lock.prove(credential);
    if (proven.kind === 'refused') return proofRefused(proven);
    const { member, by } = proven;
    if (!mayDecide(desk, member.id, desk.field.village())) return refuse('no-right');
    // Asked again after the wait for the PIN: the card may have left meanwhile.
    const visit = undecided(desk, visitId);
    if (!visit) return refuse('not-now');
    if (visit.answers.some(({ staff }) => isSameOfficer(desk, staff, member))) return refuse('same-officer');
    desk.visit.dispatch({ kind: 'officer-answered', answer: { staff: member.id, by, answer, reason } });
    return { state: visit.answers.length === 0 ? 'waiting' : 'recorded' };
  },
  'capture-again'({ visitId }, desk) {
    const state = desk.visit.state();
    if (state.phase !== 'decided' || state.visitId !== visitId) return refuse('not-now');
    if (!mayCaptureAgain(state, desk.field.policy())) return refuse('not-now');
    desk.visit.dispatch({ kind: 'capture-again-wanted' });
    return DONE;
  },
  consent({ purpose, given, how, witness }, { field, visit }) {
    const state = visit.state();
    if (state.phase !== 'open') return refuse('not-now');
    if (purpose !== purposeAsked(state, field.policy())) return refuse('not-now');
    // A yes that was said aloud counts when somebody heard it; a no costs nothing and needs nobody.
    if (given && how === 'witnessed-voice' && witness === null) return refuse('not-now');
    if (witness) field.consentWitnessed(purpose, witness);
    visit.dispatch({ kind: given ? 'consent-given' : 'consent-refused', purpose, how });
    return DONE;
  },
  'end-visit'({ visitId, choice }, { visit }) {
    const state = visit.state();
    if (!('visitId' in state) || state.visitId !== visitId || state.phase === 'recording') return refuse('not-now');
    visit.dispatch({ kind: 'ended-by-staff', choice });
    return visit.state() === state ? refuse('not-now') : DONE;
  },
  'take-over'({ visitId }, { visit }) {
    const state = visit.state();
    if (state.phase === 'idle') visit.dispatch({ kind: 'staff-attended' });
    else if (state.visitId !== visitId) return refuse('not-now');
    else visit.dispatch({ kind: state.phase === 'decided' ? 'staff-attended' : 'staff-called' });
    return DONE;
  },
};

/** The visit that waits for officers, if it is this one. */
function undecided({ visit }: DeskContext, visitId: string): DecidedVisit | undefined {
  const state = visit.state();
  if (state.phase !== 'decided' || state.visitId !== visitId || state.recorded === null) return undefined;
  return reasonForOfficers(state.outcome) === undefined ? undefined : state;
}
