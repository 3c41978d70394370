import type { FormFacts, FormLine, PastOutcome, Refusal } from '../kiosk/desk-protocol.ts';
import { outcomeOfForm, outcomeOnPaper } from '../visit/decide.ts';
import type { PaperOutcome } from '../visit/types.ts';
import { proofRefused } from './asks-team.ts';
import { type DeskContext, doneUnless, type Handlers } from './context.ts';
import { isSameOfficer, mayDecide } from './officers.ts';
import { recordOutcome } from './record-outcome.ts';
import { refuse } from './refusals.ts';

/** Forms of the paper pack: what was written while the station was dead is entered whole, each number once. */
export const formAsks: Handlers<'form' | 'record-form' | 'decide-form' | 'spoil-form'> = {
  form({ form }, desk) {
    desk.forms.begin();
    return openForm(desk, form);
  },

  async 'record-form'({ choice, ...facts }, desk) {
    return mayEnter(desk, facts) ?? (await enter(desk, facts, outcomeOfForm(choice)));
  },

  async 'decide-form'({ credential, answer, reason, why, form, entry, seenOn, due }, desk) {
    const facts = { form, entry, seenOn, due };
    const refusal = mayEnter(desk, facts);
    if (refusal) return refusal;
    const proven = await desk.lock.prove(credential);
    if (proven.kind === 'refused') return proofRefused(proven);
    const { member, by } = proven;
    if (!mayDecide(desk, member.id, desk.field.villageOf(entry))) return refuse('no-right');
    const given = { staff: member.id, by, answer, reason };
    const both = desk.forms.answered(JSON.stringify([why, facts]), given, (staff) =>
      isSameOfficer(desk, staff, member),
    );
    if (both === 'waiting') return { state: 'waiting' };
    if (both === 'same-officer') return refuse('same-officer');
    const outcome = await enter(desk, facts, outcomeOnPaper(why, both));
    return 'refused' in outcome ? outcome : { state: 'recorded', outcome };
  },

  async 'spoil-form'({ form }, desk) {
    const line = openForm(desk, form);
    if ('refused' in line) return line;
    // Of another station's numbers this one keeps no count.
    if (line.isElsewhere) return refuse('form-not-issued');
    const { serial } = line;
    const spoilt = await desk.forms.once(serial, () =>
      desk.journal.write('th.thuengban.day.form-spoilt.v1', { form: serial }, { kind: 'form-spoilt', form: serial }),
    );
    return doneUnless(spoilt);
  },
};

/** The form of a text that was typed or scanned, or why it cannot be entered. */
function openForm({ people }: DeskContext, text: string): FormLine | Refusal {
  const form = people.form(text);
  if (!form) return refuse('form-unknown');
  const { state, ...line } = form;
  return state === 'open' ? line : refuse(`form-${state}`);
}

function mayEnter(desk: DeskContext, { form, entry, seenOn }: FormFacts): Refusal | undefined {
  const line = openForm(desk, form);
  if ('refused' in line) return line;
  if (!desk.people.person(entry, desk.today())) return refuse('unknown');
  const isOff = seenOn !== null && (seenOn > desk.today() || (line.issuedOn !== null && seenOn < line.issuedOn));
  return isOff ? refuse('form-day') : undefined;
}

async function enter(desk: DeskContext, facts: FormFacts, outcome: PaperOutcome): Promise<PastOutcome | Refusal> {
  const form = openForm(desk, facts.form);
  // Asked again: somebody may have entered it while an officer was typing.
  if ('refused' in form) return form;
  const due = outcome.nextStep === 'all-done' ? null : facts.due;
  const entered = await desk.forms.once(form.serial, () =>
    recordOutcome(desk, outcome, { ...facts, due, form: form.serial }),
  );
  return entered ?? refuse('form-entered');
}
