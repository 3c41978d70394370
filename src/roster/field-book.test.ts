import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rosterOf, somebody, TODAY, visitNote } from '../../tests/fixtures/roster.ts';
import { bangkokDay } from '../shared/bangkok-day.ts';
import type { Representation } from '../visit/types.ts';
import { dayCounts, isReconciled } from './day-figures.ts';
import { FieldBook } from './field-book.ts';
import type { FieldEvent } from './field-event.ts';

const S = (letter: string) => letter.repeat(43);
const witness = { role: 'kamnan', staff: null, name: 'กำนัน' } as const;
const representation = (id: string, by: string): Representation & { id: string; by: string } => ({
  id,
  by,
  entry: null,
  relation: 'child',
  mandate: 'attested',
  scope: ['register'],
  until: '2026-12-31',
  witnesses: [witness, witness],
});

test('TB-MSG-160 a later result of the same visit takes the place of the one before, and the day still reconciles', () => {
  const { roster, book, note } = rosterOf([somebody()]);
  const first = visitNote({ outcome: 'undetermined', reason: 'officer-review', receipt: 'R-A' });
  const { eventId } = note(first);
  expect(roster.person('e-1', TODAY)?.state).toBe('left');
  note({ ...first, outcome: 'confirmed-by-officer', supersedes: eventId, reason: 'officer-review' });
  expect(book.lastOf({ entries: ['e-1'], subject: null })?.outcome).toBe('confirmed-by-officer');
  expect(roster.person('e-1', TODAY)?.state).toBe('served');
  const { counts, isReconciled: agrees } = roster.day(TODAY);
  expect(counts).toMatchObject({ visits: 1, events: 2, superseded: 1, receipts: 1 });
  expect([counts.outcomes['confirmed-by-officer'], counts.outcomes.undetermined, agrees]).toEqual([1, 0, true]);
  // Two results of one visit that both count: that is what reconciling is for.
  note({ ...first, outcome: 'verified' });
  expect(roster.day(TODAY).isReconciled).toBe(false);
});

test('TB-MSG-161 attempts count by person and campaign, those at other stations included', () => {
  const { roster, book, note } = rosterOf([somebody({ subject: S('a'), attempts: 1 })]);
  note({ kind: 'attempt', visitId: 'v', subject: S('a') });
  note({ kind: 'attempt', visitId: 'v', subject: S('a'), campaign: 'campaign-demo' });
  note({ kind: 'attempt', visitId: 'v', subject: S('a'), campaign: 'another' });
  note({ kind: 'attempt', visitId: 'v', subject: S('b') });
  expect([book.attemptsOf(S('a')), book.attemptsOf(S('c'))]).toEqual([3, 0]);
  expect(roster.attemptsOf(S('a'))).toEqual({ used: 3, allowed: 3 });
  expect(roster.attemptsOf(S('b'))).toEqual({ used: 1, allowed: 3 });
});

test('a referral is open until the card is good again, an officer closes it, or the server says so', () => {
  const expired = (entry: string) =>
    visitNote({
      entry,
      outcome: 'referred',
      reason: 'card-expired',
      nextStep: { id: 'renew-card', where: 'ที่ว่าการอำเภอ', due: '2026-11-30' },
    });
  const { roster, note } = rosterOf(['e-1', 'e-2', 'e-3'].map((entry) => somebody({ entry })));
  const notes = ['e-1', 'e-2', 'e-3'].map(expired);
  for (const one of notes) note(one);
  const needs = { transport: 'needs-ride', bedsideReissue: true, contact: 'ลูกสาว', appointment: '2026-11-25' } as const;
  note({ kind: 'referral', visitId: notes[0]?.visitId ?? '', needs });
  expect(roster.referrals(TODAY)).toMatchObject([{ entry: 'e-1', ...needs, closed: null }, { transport: 'own' }, {}]);
  expect(roster.villages(TODAY)[0]).toMatchObject({ newCard: 3, left: 0 });
  note(visitNote({ entry: 'e-1', subject: S('a') }));
  note({ kind: 'referral-closed', visitId: notes[1]?.visitId ?? '', by: 'officer' });
  const at = (entry: string) => roster.person(entry, TODAY);
  expect([at('e-1')?.state, at('e-1')?.referral?.closed?.by]).toEqual(['served', 'card']);
  // The card is there now: the team may come again.
  expect([at('e-2')?.state, at('e-2')?.referral?.closed?.by]).toEqual(['left', 'officer']);
  expect([at('e-3')?.state, at('e-3')?.referral?.closed]).toEqual(['new-card', null]);
  expect(roster.referrals(TODAY).map(({ entry }) => entry)).toEqual(['e-3', 'e-1', 'e-2']);
});

test('one representative for many is counted, and a revoked mandate does not count', () => {
  const people = ['e-1', 'e-2', 'e-3'].map((entry) => somebody({ entry }));
  const { roster, note } = rosterOf(people);
  for (const [at, { entry }] of people.entries())
    note(visitNote({ entry, outcome: 'represented', representation: representation(`rep-${at}`, S('r')) }));
  expect(roster.person('e-1', TODAY)).toMatchObject({
    state: 'served',
    representations: [{ id: 'rep-0', relation: 'child', isRevoked: false, peopleOfRepresentative: 3 }],
  });
  note({ kind: 'representation-revoked', id: 'rep-1' });
  expect(roster.person('e-1', TODAY)?.representations[0]?.peopleOfRepresentative).toBe(2);
  expect(roster.person('e-2', TODAY)?.representations[0]?.isRevoked).toBe(true);
});

test('consents are the last answer to each purpose; a withdrawal holds until somebody consents again', () => {
  const { roster, note } = rosterOf([somebody()]);
  const consent = { purpose: 'face-comparison', given: true, how: 'touch', version: '2026-11' } as const;
  note(visitNote({ consents: [consent] }));
  const given = () => roster.person('e-1', TODAY)?.consents.map((one) => [one.purpose, one.given, one.words.en]);
  expect(given()).toEqual([['face-comparison', true, 'Compare the face with the photo on the card']]);
  note({ kind: 'consent-withdrawn', entry: 'e-1', subject: null, purpose: 'face-comparison' });
  expect(given()?.[0]?.[1]).toBe(false);
  note(visitNote({ consents: [consent] }));
  expect(given()?.[0]?.[1]).toBe(true);
});

test('walk-ins and cards on no list are found again; a card that turns out to be on a list joins it', () => {
  const { roster, book, note } = rosterOf([somebody({ subject: S('a') })]);
  const find = (text: string) =>
    roster.find(text, { today: TODAY, subjectOf: () => S('z') }).map(({ entry, isWalkIn }) => [entry, isWalkIn]);
  note({ kind: 'walk-in', entry: 'w-1', name: 'นางบุญมา ศรีสุข', village: '98010101', house: '4', needs: ['deaf'] });
  note(visitNote({ entry: null, subject: S('z'), name: 'มาลี แก้วใส', village: '98010102' }));
  expect([find('บุญมา'), find('มาลี'), find('1-2345-67890-12-3')]).toEqual([
    [['w-1', true]],
    [[`card:${S('z')}`, true]],
    [[`card:${S('z')}`, true]],
  ]);
  expect(roster.person('w-1', TODAY)).toMatchObject({ needs: ['deaf'], house: '4', state: 'left', isWalkIn: true });
  note(visitNote({ entry: 'w-1', subject: S('a') }));
  expect(roster.person('w-1', TODAY)).toMatchObject({ entry: 'e-1', isWalkIn: false, state: 'served' });
  expect(book.subjectOf('w-1')).toBe(S('a'));
});

test('days begin in Thailand, forms and who attended are told, opening and closing are remembered', () => {
  expect(bangkokDay('2026-11-22T16:59:59.999Z')).toBe('2026-11-22');
  expect(bangkokDay('2026-11-22T17:00:00.000Z')).toBe('2026-11-23');
  const { roster, book, note } = rosterOf([somebody()]);
  expect(roster.day(TODAY).state).toBe('not-opened');
  note({ kind: 'day-opened', day: TODAY, confirmed: ['battery'] });
  note({ kind: 'forms-issued', from: 1, upto: 20 });
  note({ kind: 'forms-issued', from: 11, upto: 30 });
  note({ kind: 'attended', witness });
  note({ kind: 'explained', entry: 'e-1', how: 'pictures' });
  note(visitNote({ form: 'F-3', village: '98010101' }));
  note({ kind: 'form-spoilt', form: 'F-4' });
  note({ kind: 'form-spoilt', form: 'F-3' });
  note(visitNote({ visitId: 'v-of-others', form: 'G-9' }));
  expect(roster.day(TODAY).state).toBe('open');
  const isOwn = (serial: string) => serial.startsWith('F-');
  expect(book.forms.counts(isOwn)).toEqual({ issued: 30, entered: 1, spoilt: 1, left: 28, ofOthers: 1 });
  expect(book.forms.issuings()).toHaveLength(2);
  expect([book.forms.last(), book.forms.dayOf(30), book.forms.dayOf(31)]).toEqual([30, TODAY, undefined]);
  expect(roster.day(TODAY).villages[0]).toMatchObject({ village: '98010101', visits: 2, served: 1 });
  expect([book.present(TODAY), book.openingOf(TODAY)?.confirmed, roster.person('e-1', TODAY)?.isExplained]).toEqual([
    [witness],
    ['battery'],
    true,
  ]);
  note({ kind: 'day-closed', day: TODAY });
  expect(roster.day(TODAY).state).toBe('closed');
});

test('whatever happens in whatever order: events handed in twice change nothing, and honest days always reconcile', () => {
  const step = fc.record({
    visit: fc.nat(9),
    minutes: fc.nat(4000),
    outcome: fc.constantFrom('verified', 'referred', 'declined', 'undetermined'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.array(fc.nat(39), { maxLength: 10 }), (steps, again) => {
      const latest = new Map<number, string>();
      const events = steps.map(({ visit, minutes, outcome }, at): FieldEvent => {
        const supersedes = latest.get(visit) ?? null;
        latest.set(visit, `ev-${at}`);
        const note = visitNote({
          visitId: `v-${visit}`,
          entry: `e-${visit}`,
          outcome: outcome as 'verified',
          receipt: `R${visit}`,
          supersedes,
        });
        return {
          eventId: `ev-${at}`,
          at: new Date(Date.parse(`${TODAY}T00:00:00Z`) + minutes * 60_000).toISOString(),
          note,
        };
      });
      const book = FieldBook.of(events);
      for (const at of again) if (events[at]) book.apply(events[at]);
      const days = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'].map((day) => dayCounts(book, day));
      expect(days.every(isReconciled)).toBe(true);
      expect(days.reduce((sum, { visits }) => sum + visits, 0)).toBe(latest.size);
      expect(days.reduce((sum, { events: all }) => sum + all, 0)).toBe(steps.length);
    }),
    { numRuns: 100 },
  );
});
