import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptList, rosterOf, smallOrder, somebody, TODAY, visitNote } from '../../tests/fixtures/roster.ts';
import { FieldBook } from './field-book.ts';
import { type KnownOutcome, type OrderPerson, plannedStep } from './order.ts';
import { Roster } from './roster.ts';

const S = (letter: string) => letter.repeat(43);
const known = (rest: Partial<KnownOutcome> = {}): KnownOutcome => ({
  visitId: 'elsewhere',
  outcome: 'verified',
  reason: null,
  at: '2026-11-21T03:00:00.000Z',
  station: 'st-other',
  receipt: 'R-E',
  nextStep: { id: 'all-done', where: null, due: null },
  referral: null,
  ...rest,
});
const options = { today: TODAY, subjectOf: () => null };

test('the same person on two lists is one: by pseudonym or entry, whatever the names say; and a clash of entries is refused', () => {
  const roster = new Roster(new FieldBook(), [
    keptList(
      smallOrder({
        id: 'a',
        people: [somebody({ subject: S('a'), due: '2026-11-25' }), somebody({ entry: 'e-9', house: '3' })],
      }),
    ),
    keptList(
      smallOrder({
        id: 'b',
        issuedAt: '2026-11-23T00:00:00.000Z',
        people: [
          somebody({
            entry: 'x-1',
            subject: S('a'),
            name: { title: 'นาง', given: 'ใหม่', family: 'ใจดี' },
            needs: ['deaf'],
          }),
          somebody({ entry: 'e-9', house: '3', subject: S('c') }),
        ],
      }),
    ),
  ]);
  expect(roster.villages(TODAY)[0]).toMatchObject({ people: 2, left: 2 });
  // The newest list's word, under the entry of the first list by name: it stays when another list changes.
  expect(roster.person('x-1', TODAY)).toMatchObject({
    entry: 'e-1',
    name: 'นางใหม่ ใจดี',
    needs: ['deaf'],
    due: '2026-11-25',
  });
  expect([roster.entryOf(S('a')), roster.entryOf(S('c')), roster.entryOf(S('x'))]).toEqual(['e-1', 'e-9', undefined]);
  const clash = keptList(smallOrder({ id: 'c', people: [somebody({ entry: 'e-1', subject: S('z') })] }));
  expect(roster.merge(clash)).toEqual({ kind: 'refused', why: 'clash' });
});

test('a code on a letter finds its entry by capitals and digits alone, and nobody when it may mean two', () => {
  const entries = ['e-00017', 'walk.in:9_b', 'e-1-2', 'e-12', 'E12'];
  const { roster } = rosterOf(entries.map((entry) => somebody({ entry })));
  const found = ['E00017', 'WALKIN9B', 'E12', 'E0001', ''].map((code) => roster.entryOfCode(code));
  expect(found).toEqual(['e-00017', 'walk.in:9_b', undefined, undefined, undefined]);
});

test('a number is found as it is written, in Thai digits too; a team is called by its name', () => {
  const teams = [{ id: 'team-7', name: 'ทีมปลัดสมศรี' }];
  const people = [somebody({ subject: S('a'), team: 'team-7' }), somebody({ entry: 'e-2', team: 'team-8' })];
  const { roster } = rosterOf(people, { teams });
  const subjectOf = (number: string) => (number === '1101700230704' ? S('a') : null);
  for (const text of ['1-1017-00230-70-4', '๑๑๐๑๗๐๐๒๓๐๗๐๔', ' ๑-๑๐๑๗-๐๐๒๓๐-๗๐-๔ ', '1101700230704\u200b'])
    expect(roster.find(text, { ...options, subjectOf })).toMatchObject([{ entry: 'e-1', team: 'ทีมปลัดสมศรี' }]);
  expect(roster.person('e-2', TODAY)?.team).toBe('team-8');
});

test('an entry is a name within a programme: a list that would make two people one is refused, the same person twice is not', () => {
  const other = (rest: Partial<OrderPerson>) =>
    keptList(smallOrder({ id: 'other', programme: 'another', people: [somebody({ subject: S('b'), ...rest })] }));
  const { roster } = rosterOf([somebody()]);
  const named = (given: string) => ({ name: { title: '', given, family: 'ใจดี' } });
  expect(roster.merge(other(named('บุญมา')))).toEqual({ kind: 'refused', why: 'clash' });
  expect(roster.merge(other({ bornYear: 1970 }))).toEqual({ kind: 'refused', why: 'clash' });
  expect(roster.merge(other(named('ซมชาย'))).kind).toBe('merged');
  // The same pseudonym is the same person, whatever they are called there.
  const known = rosterOf([somebody({ subject: S('b') })]).roster;
  expect(known.merge(other(named('บุญมา'))).kind).toBe('merged');
});

test('whoever a revision strikes off is not gone for any more; what was recorded of them stays, and they come back with the next', () => {
  const { roster, note } = rosterOf([somebody({ due: TODAY }), somebody({ entry: 'e-2' }), somebody({ entry: 'e-3' })]);
  const away = { outcome: 'not-served', reason: 'not-at-home' } as const;
  note(visitNote({ ...away, nextStep: { id: 'team-returns', where: null, due: TODAY } }));
  note(visitNote({ entry: 'e-2' }));
  const take = (rev: number, entries: readonly string[]) => {
    const people = entries.map((entry) => somebody({ entry }));
    const merged = roster.merge(keptList(smallOrder({ rev, people })));
    if (merged.kind === 'merged') roster.use(merged.list);
  };
  const states = () => ['e-1', 'e-2', 'e-3'].map((entry) => roster.person(entry, TODAY)?.state);
  take(2, ['e-3']);
  expect(states()).toEqual(['closed', 'served', 'left']);
  expect(roster.person('e-1', TODAY)?.last).toMatchObject({ outcome: 'not-served' });
  expect(roster.overview(TODAY).days.reduce((sum, { people }) => sum + people, 0)).toBe(1);
  take(3, ['e-1', 'e-3']);
  expect(states()).toEqual(['due-today', 'served', 'left']);
});

test('perhaps the same is shown both ways and never joined', () => {
  const twin = (rest: Partial<OrderPerson>) =>
    somebody({ entry: 'e-2', name: { title: '', given: 'สมชาญ์', family: 'ไจดี' }, ...rest });
  const seen = (rest: Partial<OrderPerson>) =>
    rosterOf([somebody({ subject: S('a') }), twin(rest)])
      .roster.person('e-1', TODAY)
      ?.perhapsSame.map(({ entry }) => entry);
  expect(seen({ name: { title: 'นาย', given: 'ซมชาย', family: 'ไจดี' } })).toEqual(['e-2']);
  expect(seen({ name: { title: 'นาย', given: 'สมชาย', family: 'ใจดี' }, bornYear: null })).toEqual(['e-2']);
  for (const rest of [{ bornYear: 1951 }, { village: '98010201' }, { subject: S('b') }])
    expect(seen({ name: { title: 'นาย', given: 'สมชาย', family: 'ใจดี' }, ...rest })).toEqual([]);
});

test('what the server told counts when it is newer, and never over this station’s own visit', () => {
  const { roster, note } = rosterOf([
    somebody({ known: known() }),
    somebody({
      entry: 'e-2',
      known: known({ visitId: 'ours', outcome: 'undetermined', at: '2026-11-30T00:00:00.000Z' }),
    }),
    somebody({
      entry: 'e-3',
      known: known({
        outcome: 'referred',
        reason: 'card-expired',
        referral: { visitId: 'elsewhere', reason: 'card-expired', since: '2026-11-21T03:00:00.000Z', closed: null },
      }),
    }),
    somebody({
      entry: 'e-4',
      known: known({
        outcome: 'not-served',
        reason: 'new-reason',
        nextStep: { id: 'team-returns', where: null, due: TODAY },
      }),
    }),
  ]);
  note(visitNote({ entry: 'e-2', visitId: 'ours' }));
  const state = (entry: string) => [roster.person(entry, TODAY)?.state, roster.person(entry, TODAY)?.last?.isElsewhere];
  expect(['e-1', 'e-2', 'e-3', 'e-4'].map(state)).toEqual([
    ['served', true],
    ['served', false],
    ['new-card', true],
    ['due-today', true],
  ]);
  expect(roster.person('e-4', TODAY)?.last?.reason).toEqual({
    code: 'new-reason',
    words: { th: 'new-reason', en: 'new-reason' },
  });
  note(visitNote({ entry: 'e-1', outcome: 'declined' }));
  expect(state('e-1')).toEqual(['closed', false]);
  note(visitNote({ entry: 'e-3', subject: S('q') }));
  expect(roster.person('e-3', TODAY)).toMatchObject({ state: 'served', referral: { closed: { by: 'card' } } });
});

test('villages tell who is left, due, needs a card, and where they lie; people of a village stand by urgency', () => {
  const order = smallOrder({ people: [] }, 0);
  const village = order.villages[0]?.code ?? '';
  const { roster, note } = rosterOf([
    somebody({ entry: 'late', due: '2026-11-20', village }),
    somebody({ entry: 'soon', due: '2026-11-24', village, house: '2' }),
    somebody({ entry: 'left', village, house: '10' }),
    somebody({ entry: 'gone', village }),
    somebody({ entry: 'done', village }),
  ]);
  note(
    visitNote({
      entry: 'gone',
      outcome: 'not-served',
      reason: 'deceased',
      nextStep: { id: 'register-is-updated', where: null, due: null },
    }),
  );
  note(visitNote({ entry: 'done' }));
  const shown = roster.village(village, TODAY);
  expect(shown?.village).toMatchObject({
    people: 5,
    served: 1,
    left: 3,
    dueToday: 1,
    newCard: 0,
    order: 1,
    day: TODAY,
  });
  expect(shown?.people.map(({ entry }) => entry)).toEqual(['late', 'soon', 'left', 'done', 'gone']);
  const { villages, days } = roster.overview(TODAY);
  expect(days).toEqual([{ day: TODAY, villages: [village], people: 3 }]);
  for (const { at, order: place, left } of villages) {
    expect(at?.x).toSatisfy((x: number) => x >= 0 && x <= 1);
    expect(place === null).toBe(left === 0);
  }
  expect(roster.village('00000000', TODAY)).toBeUndefined();
  expect(roster.find('late', options)).toMatchObject([{ entry: 'late', age: 76 }]);
});

test('a lease that is over is told, and a forgotten list takes its people along, but not what was recorded', () => {
  const { roster, book, note } = rosterOf([somebody({ subject: S('a') })]);
  note(visitNote({ subject: S('a') }));
  expect(roster.ended('2026-12-21T23:59:59.000Z')).toEqual([]);
  expect(roster.ended('2026-12-22T00:00:00.000Z')).toEqual(['order-synthetic']);
  roster.forget('order-synthetic');
  expect([roster.lists(), roster.villages(TODAY), roster.person('e-1', TODAY)]).toEqual([[], [], undefined]);
  expect(book.visitsOf({ entries: ['e-1'], subject: null })).toHaveLength(1);
});

test('whatever revisions come: no local outcome is lost, counts add up, an older one changes nothing, the same one twice neither', () => {
  const revision = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(revision, { minLength: 1, maxLength: 5 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 8 })),
      (revisions, visited) => {
        const book = new FieldBook();
        const roster = new Roster(book);
        const at = (rev: number, entries: readonly number[]) =>
          keptList(smallOrder({ rev, people: entries.map((n) => somebody({ entry: `e-${n}`, house: String(rev) })) }));
        let shown = new Set<string>();
        for (const [index, entries] of revisions.entries()) {
          const merged = roster.merge(at(index + 1, entries));
          if (merged.kind === 'refused') throw new Error(merged.why);
          const { added, changed, kept, removed } = merged.changes;
          roster.use(merged.list);
          const now = [...merged.list.order.people, ...merged.list.struckOff].map(({ entry }) => entry);
          expect(added + changed + kept).toBe(now.length);
          expect(removed).toBe([...shown].filter((entry) => !now.includes(entry)).length);
          shown = new Set(now);
          if (index === 0)
            for (const n of visited)
              if (entries.includes(n))
                book.apply({ eventId: `v-${n}`, at: `${TODAY}T03:00:00.000Z`, note: visitNote({ entry: `e-${n}` }) });
          const again = roster.merge(at(index + 1, entries));
          expect(again).toMatchObject({
            kind: 'merged',
            list: merged.list,
            changes: { added: 0, changed: 0, removed: 0 },
          });
          if (index > 0) expect(roster.merge(at(index, entries))).toMatchObject({ why: 'older' });
        }
        for (const n of visited)
          if (revisions[0]?.includes(n)) expect(roster.person(`e-${n}`, TODAY)?.state).toBe('served');
      },
    ),
    { numRuns: 60 },
  );
});

test('where and by when a next step takes place is the list’s to say', () => {
  const { about } = smallOrder();
  expect(plannedStep(about, 'renew-card', '2026-11-25')).toEqual({
    id: 'renew-card',
    where: 'ที่ว่าการอำเภอ',
    due: '2026-12-09',
  });
  expect(plannedStep(undefined, 'all-done', TODAY)).toEqual({ id: 'all-done', where: null, due: null });
});

test('a tour is for the days that are left: whoever is to be seen again after it stretches no plan', () => {
  const people = [
    somebody({ due: '2026-11-23' }),
    somebody({ entry: 'e-2', village: '98010201' }),
    somebody({ entry: 'e-3', village: '98010102' }),
  ];
  const { roster, note } = rosterOf(people);
  const inHospital = { outcome: 'not-served', reason: 'in-hospital' } as const;
  const returns = { id: 'team-returns', where: null, due: '2026-12-06' } as const;
  note(visitNote({ entry: 'e-3', ...inHospital, nextStep: returns }), '2026-11-21T03:00:00.000Z');
  // Up to the last day by which somebody who was not seen yet is due, not the day in two weeks.
  const { days } = roster.overview(TODAY);
  expect(days.map(({ day }) => day)).toEqual([TODAY, '2026-11-23']);
  expect(days.flatMap(({ villages }) => villages).sort()).toEqual(['98010101', '98010201']);
  // On the last day everything that is left is today's.
  expect(roster.overview(TODAY, 1).days).toMatchObject([{ day: TODAY, people: 2 }]);
});

test('a village where the team is today stays today’s until the day is over, and no other takes its place', () => {
  const people = Array.from({ length: 8 }, (_, n) =>
    somebody({
      entry: `e-${n}`,
      village: `9801010${1 + Math.floor(n / 2)}`,
      due: n === 0 ? TODAY : '2026-11-25',
      house: String(n),
    }),
  );
  const { roster, note } = rosterOf(people);
  const plan = () =>
    roster.overview(TODAY).days.map(({ villages, people: n }) => ({ villages: villages.toSorted(), people: n }));
  const morning = plan();
  const there = roster.village('98010101', TODAY);
  expect(there?.village).toMatchObject({ day: TODAY, left: 2 });
  note(visitNote({ entry: 'e-0' }));
  expect(plan()).toEqual(morning.map((one, day) => ({ ...one, people: one.people - (day === 0 ? 1 : 0) })));
  expect(roster.village('98010101', TODAY)?.village).toMatchObject({ day: TODAY, order: 1, left: 1, dueToday: 0 });
  note(visitNote({ entry: 'e-1' }));
  expect(plan().map(({ villages }) => villages)).toEqual(morning.map(({ villages }) => villages));
  // Done: still on the map of the day, and no stop any more.
  expect(roster.village('98010101', TODAY)?.village).toMatchObject({ day: TODAY, order: null, left: 0 });
  expect(roster.overview('2026-11-23').days.flatMap(({ villages }) => villages)).not.toContain('98010101');
});

test('whoever shows a slip is found by its code, as it is read aloud or written down, of another station too', () => {
  const { roster, note } = rosterOf([somebody(), somebody({ entry: 'e-2', known: known({ receipt: '9ZZZ-0001' }) })]);
  const find = (text: string) => roster.find(text, { today: TODAY, subjectOf: () => null }).map(({ entry }) => entry);
  const first = note(visitNote({ outcome: 'undetermined', receipt: '7KQ2-M8X1' }));
  note(visitNote({ receipt: '7KQ2-M8X1', supersedes: first.eventId }));
  note(visitNote({ entry: null, subject: 'z'.repeat(43), name: 'มาลี แก้วใส', receipt: 'ABCD-EFGH' }));
  for (const text of ['7KQ2-M8X1', ' 7kq2 m8xl ', '7KQ2M8XI']) expect(find(text), text).toEqual(['e-1']);
  expect(find('9ZZZ-OOO1')).toEqual(['e-2']);
  expect(find('abcdefgh')).toEqual([`card:${'z'.repeat(43)}`]);
  expect(find('7KQ2-M8X2')).toEqual([]);
});

test('staff are named with the programmes of all lists that name them, by the newest list’s word', () => {
  const member = (name: string, until: string | null) =>
    ({
      ...{ id: 's-1', name: { th: name, en: name }, role: 'operator' as const, organisation: 'อบต.', areas: [], until },
      ...{ pin: null, badge: null, subject: null },
    }) as const;
  const list = (id: string, programme: string, issuedAt: string, name: string, until: string | null = null) =>
    keptList(smallOrder({ id, programme, issuedAt, staff: [member(name, until)] }));
  const roster = new Roster(new FieldBook(), [
    list('a', 'one', '2026-11-22T00:00:00.000Z', 'เก่า'),
    list('b', 'two', '2026-11-23T00:00:00.000Z', 'ใหม่'),
    list('c', 'three', '2026-11-24T00:00:00.000Z', 'หมด', '2026-11-24T01:00:00.000Z'),
  ]);
  expect(roster.staff('2026-11-24T02:00:00.000Z')).toMatchObject([{ name: { th: 'ใหม่' }, programmes: ['one', 'two'] }]);
});
