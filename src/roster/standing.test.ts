import { expect, test } from 'vitest';
import { rosterOf, somebody, TODAY, visitNote } from '../../tests/fixtures/roster.ts';
import type { KnownOutcome } from './order.ts';

const LATER = '2026-11-22T09:00:00.000Z';
const S = (letter: string) => letter.repeat(43);
const known = (rest: Partial<KnownOutcome>): KnownOutcome => ({
  ...{ visitId: 'elsewhere', outcome: 'undetermined', reason: 'face-not-clear', at: LATER, station: 'st-other' },
  ...{ receipt: 'R-E', nextStep: { id: 'officer-will-check', where: null, due: null }, referral: null },
  ...rest,
});
const mandate = (id: string, entry: string, until = '2026-12-31') => ({
  ...{ id, entry, until, by: S('r'), relation: 'child' as const, mandate: 'attested' as const },
  ...{ scope: ['register'] as const, witnesses: [] },
});
const represented = (id: string, entry: string, until?: string) =>
  visitNote({ outcome: 'represented', entry, representation: mandate(id, entry, until) as never });

test('somebody whose representative may not act any more is to be visited again; a mandate that is over leaves what was done', () => {
  const { roster, book, note } = rosterOf([somebody(), somebody({ entry: 'e-2' })]);
  note(represented('m-1', 'e-1'));
  note(represented('m-2', 'e-2', TODAY));
  const states = (day = TODAY) => ['e-1', 'e-2'].map((entry) => roster.person(entry, day)?.state);
  expect([states(), book.peopleOf(S('r'), TODAY)]).toEqual([['served', 'served'], 2]);
  expect([states('2026-11-23'), book.peopleOf(S('r'), '2026-11-23')]).toEqual([['served', 'served'], 1]);
  note({ kind: 'representation-revoked', id: 'm-1' });
  expect([states(), book.peopleOf(S('r'), TODAY)]).toEqual([['left', 'served'], 1]);
});

test('what was done stays done: nobody at home later, or a form of before that is entered late, brings no team back', () => {
  const verified = known({ outcome: 'verified', reason: null, at: '2026-11-21T03:00:00.000Z' });
  const undone = known({ outcome: 'not-served', reason: 'not-at-home', at: LATER });
  const { roster, note } = rosterOf([
    somebody(),
    somebody({ entry: 'e-2', known: undone }),
    somebody({ entry: 'e-3', known: verified }),
    somebody({ entry: 'e-4', known: verified }),
  ]);
  const step = { id: 'team-returns', where: null, due: TODAY } as const;
  note(visitNote());
  note(visitNote({ entry: 'e-2' }));
  for (const entry of ['e-1', 'e-3'])
    note(visitNote({ entry, outcome: 'not-served', reason: 'not-at-home', nextStep: step }));
  note(visitNote({ entry: 'e-4', outcome: 'referred', reason: 'card-damaged', visitId: 'v-4' }));
  const people = ['e-1', 'e-2', 'e-3', 'e-4'].map((entry) => roster.person(entry, TODAY));
  expect(people.map((one) => [one?.state, one?.last?.outcome])).toEqual(people.map(() => ['served', 'verified']));
  // The card is still to be replaced, and a representative who may act no more leaves what came before.
  expect(roster.referrals(TODAY)).toMatchObject([{ visitId: 'v-4', closed: null }]);
  note(represented('m-9', 'e-1'));
  note({ kind: 'representation-revoked', id: 'm-9' });
  expect(roster.person('e-1', TODAY)).toMatchObject({ state: 'served', last: { outcome: 'verified' } });
});

test('a mandate of another station that was taken back, there or here, is no more', () => {
  const representation = { id: 'm-1', relation: 'child', until: '2026-12-31', isRevoked: false };
  const told = (isRevoked: boolean) =>
    known({ outcome: 'represented', representation: { ...representation, isRevoked } });
  const { roster, note } = rosterOf([somebody({ known: told(true) }), somebody({ entry: 'e-2', known: told(false) })]);
  const states = () => ['e-1', 'e-2'].map((entry) => roster.person(entry, TODAY)?.state);
  expect(states()).toEqual(['left', 'served']);
  expect(roster.person('e-2', TODAY)?.representations).toMatchObject([{ id: 'm-1', isRevoked: false }]);
  note({ kind: 'representation-revoked', id: 'm-1' });
  expect(states()).toEqual(['left', 'left']);
});

test('one representative over many stations: the larger of what the server tells and what was recorded here counts', () => {
  const told = (id: string, people?: number) =>
    known({
      outcome: 'represented',
      representation: {
        ...{ id, relation: 'child', until: '2026-12-31', isRevoked: false },
        ...(people ? { people } : {}),
      },
    });
  const { roster, note } = rosterOf([
    somebody({ known: told('m-1', 5) }),
    somebody({ entry: 'e-2', known: told('m-2', 1) }),
    somebody({ entry: 'e-3', known: told('m-3', 4) }),
    somebody({ entry: 'e-4', known: told('m-4') }),
  ]);
  note(represented('m-1', 'e-1'));
  note(represented('m-2', 'e-2'));
  const counts = ['e-1', 'e-2', 'e-3', 'e-4'].map((entry) =>
    roster.person(entry, TODAY)?.representations.map((one) => one.peopleOfRepresentative),
  );
  expect(counts).toEqual([[5], [2], [4], [1]]);
});

test('whoever takes the consent back is not visited again by itself, until they give it again; what was done stays done', () => {
  const { roster, note } = rosterOf([somebody(), somebody({ entry: 'e-2' })]);
  const person = (entry: string) => roster.person(entry, TODAY);
  const consents = [{ purpose: 'face-comparison', given: true, how: 'touch', version: '1' }] as const;
  note(visitNote({ outcome: 'undetermined', reason: 'face-not-clear', consents }));
  note(visitNote({ entry: 'e-2', consents }));
  for (const entry of ['e-1', 'e-2'])
    note({ kind: 'consent-withdrawn', entry, subject: null, purpose: 'face-comparison' });
  expect([person('e-1')?.state, person('e-2')?.state]).toEqual(['closed', 'served']);
  expect(person('e-1')?.consents).toMatchObject([{ purpose: 'face-comparison', given: false }]);
  note(visitNote({ outcome: 'undetermined', reason: 'face-not-clear', consents }));
  expect(person('e-1')).toMatchObject({ state: 'left', consents: [{ given: true }] });
});

test('a consent that was taken back at another station counts here, also of somebody who was never seen here', () => {
  const withdrawn = [{ purpose: 'face-comparison', at: LATER }];
  const { roster, note } = rosterOf([somebody({ withdrawn }), somebody({ entry: 'e-2', withdrawn: [] })]);
  expect(['e-1', 'e-2'].map((entry) => roster.person(entry, TODAY)?.state)).toEqual(['closed', 'left']);
  expect(roster.person('e-1', TODAY)?.consents).toMatchObject([{ given: false, at: LATER }]);
  const consents = [{ purpose: 'face-comparison', given: true, how: 'touch', version: '1' }] as const;
  note(visitNote({ outcome: 'undetermined', consents }), '2026-11-22T10:00:00.000Z');
  expect(roster.person('e-1', TODAY)?.state).toBe('left');
});

test('what another station asked for a referral is on the pick-up list here, until somebody here says otherwise', () => {
  const needs = { transport: 'by-boat', bedsideReissue: true, contact: 'ป้าแดง', appointment: '2026-11-25' };
  const referral = { visitId: 'elsewhere', reason: 'card-expired', since: LATER, closed: null, needs };
  const { roster, note } = rosterOf([somebody({ known: known({ outcome: 'referred', referral }) })]);
  expect(roster.referrals(TODAY)).toMatchObject([{ ...needs, transport: 'needs-ride' }]);
  const own = { transport: 'own', bedsideReissue: false, contact: null, appointment: null } as const;
  note({ kind: 'referral', visitId: 'elsewhere', needs: own });
  expect(roster.referrals(TODAY)).toMatchObject([own]);
});

test('a referral for the representative’s card, or a child’s guardian, is over once somebody acts; a card of one’s own is still needed', () => {
  const sent = (visitId: string, reason: string) =>
    ({ visitId, outcome: 'referred', reason, nextStep: { id: 'renew-card', where: null, due: null } }) as const;
  const referral = (visitId: string, reason: string) => ({ visitId, reason, since: LATER, closed: null });
  const told = (visitId: string, reason: string) =>
    known({ visitId, outcome: 'referred', reason, referral: referral(visitId, reason) });
  const { roster, note } = rosterOf([
    ...['e-1', 'e-2', 'e-3'].map((entry) => somebody({ entry })),
    somebody({ entry: 'e-4', known: told('v-4', 'representative-card-expired') }),
    somebody({ entry: 'e-5', known: told('v-5', 'card-expired') }),
  ]);
  note(visitNote({ entry: 'e-1', ...sent('v-1', 'representative-card-expired') }));
  note(visitNote({ entry: 'e-2', ...sent('v-2', 'child') }));
  note(visitNote({ entry: 'e-3', ...sent('v-3', 'card-expired') }));
  const acts = (entry: string) => note(represented(`m-${entry}`, entry), '2026-11-22T10:00:00.000Z');
  for (const entry of ['e-1', 'e-2', 'e-3', 'e-4']) acts(entry);
  note(visitNote({ entry: 'e-5' }), '2026-11-22T10:00:00.000Z');
  // Whatever is recorded after that does not open it again.
  for (const entry of ['e-4', 'e-5'])
    note(visitNote({ entry, outcome: 'not-served', reason: 'not-at-home' }), '2026-11-22T11:00:00.000Z');
  const open = roster.referrals(TODAY).filter(({ closed }) => closed === null);
  expect(open.map(({ visitId }) => visitId)).toEqual(['v-3']);
});
