import { uuidV7 } from '../shared/uuid.ts';
import { outcomeOfChoice, outcomeOfForm } from '../visit/decide.ts';
import { DONE, doneUnless, type Handlers } from './context.ts';
import { recordOutcome } from './record-outcome.ts';
import { refuse, refuseFault } from './refusals.ts';

/** The event that a referral is done, as {@link FieldJournal.write} takes it. */
export function referralClosed(visitId: string, entry: string | null, by: 'card' | 'officer') {
  const note = { kind: 'referral-closed', visitId, by } as const;
  return ['th.thuengban.referral.closed.v1', { visitId, entry, by }, note] as const;
}

/** Who is to be visited, and outcomes that need no card. */
export const peopleAsks: Handlers<
  | 'overview'
  | 'village'
  | 'find'
  | 'person'
  | 'add-walk-in'
  | 'record'
  | 'plan'
  | 'referrals'
  | 'refer'
  | 'close-referral'
  | 'batch-day'
  | 'revoke-representation'
  | 'withdraw-consent'
  | 'explain'
  | 'explained'
> = {
  overview: ({ days }, { people, today }) => people.overview(today(), days),
  village: ({ village }, { people, today }) => people.village(village, today()) ?? refuse('unknown'),
  find: ({ text }, { people, today }) => people.find(text, today()),
  person: ({ entry }, { people, today }) => people.person(entry, today()) ?? refuse('unknown'),

  async 'add-walk-in'({ name, village, house, needs }, { journal, now, people, today }) {
    const villages = people.villageCodes(today());
    if (villages.length > 0 && !villages.includes(village)) return refuse('unknown');
    const entry = `walk-in-${uuidV7(now().getTime())}`;
    const data = { entry, name, village, house, needs: [...needs] };
    const { campaign } = people.programme();
    const fault = await journal.write(
      'th.thuengban.roster.walk-in-added.v1',
      { ...data, campaign },
      { kind: 'walk-in', ...data },
    );
    return fault === undefined ? { entry } : refuseFault(fault);
  },

  async record({ entry, choice, due }, desk) {
    if (!desk.people.person(entry, desk.today())) return refuse('unknown');
    return await desk.recent.once(JSON.stringify([entry, choice]), desk.now().getTime(), () =>
      recordOutcome(desk, outcomeOfChoice(choice), { entry, due, form: null, seenOn: null }),
    );
  },

  plan({ entry, choice, seenOn }, { people, field, today }) {
    if (!people.person(entry, today())) return refuse('unknown');
    const outcome = outcomeOfForm(choice);
    return { id: outcome.nextStep, ...field.nextStepAt(outcome, { due: null, seenOn }, entry) };
  },

  referrals: (_ask, { people, today }) => people.referrals(today()),
  async refer({ visitId, needs }, { people, journal, today }) {
    const line = people.referrals(today()).find((one) => one.visitId === visitId);
    if (!line) return refuse('unknown');
    const data = { visitId, entry: line.entry, needs };
    return doneUnless(
      await journal.write('th.thuengban.referral.detailed.v1', data, { kind: 'referral', visitId, needs }),
    );
  },
  async 'close-referral'({ visitId }, { people, journal, today }) {
    const line = people.referrals(today()).find((one) => one.visitId === visitId);
    if (!line) return refuse('unknown');
    if (line.closed) return DONE;
    return doneUnless(await journal.write(...referralClosed(visitId, line.entry, 'officer')));
  },
  'batch-day'({ day }, { people, today }) {
    const lines = people.referrals(today()).filter(({ appointment, closed }) => appointment === day && !closed);
    return { day, lines, rides: lines.filter(({ transport }) => transport === 'needs-ride').length };
  },

  async 'revoke-representation'({ id }, { journal, lock, people }) {
    if (people.isRevoked(id)) return DONE;
    const data = { id, operator: lock.signedIn?.id ?? null };
    return doneUnless(
      await journal.write('th.thuengban.representation.revoked.v1', data, { kind: 'representation-revoked', id }),
    );
  },
  async 'withdraw-consent'({ entry, purpose }, { journal, people, today }) {
    if (!people.person(entry, today())) return refuse('unknown');
    const data = { entry, subject: people.subjectOf(entry) ?? null, purpose };
    const { campaign } = people.programme(entry);
    return doneUnless(
      await journal.write(
        'th.thuengban.consent.withdrawn.v1',
        { ...data, campaign },
        { kind: 'consent-withdrawn', ...data },
      ),
    );
  },

  explain: (_ask, { people }) => people.programme().explain,
  async explained({ entry, how }, { journal, visit }) {
    const state = visit.state();
    const visitId = 'visitId' in state ? state.visitId : null;
    const data = { entry, visitId, how };
    return doneUnless(
      await journal.write('th.thuengban.programme.explained.v1', data, { kind: 'explained', entry, how }),
    );
  },
};
