import { describe, expect, test } from 'vitest';
import { makeDesk } from '../../tests/fixtures/desk.ts';
import { keptList, smallOrder, somebody } from '../../tests/fixtures/roster.ts';
import {
  AGREE,
  EVIDENCE,
  NOT_MATCHED,
  PHOTO,
  PROBES,
  REPRESENTATION,
  REVIEW,
  textRead,
} from '../../tests/fixtures/visit.ts';
import { EVENTS } from '../contract/events.ts';
import { askSchema } from '../kiosk/asks.ts';
import type { Ask, EntryLine, Overview, PersonDetail } from '../kiosk/desk-protocol.ts';
import { purposeAsked } from '../visit/step-open.ts';
import type { Representation } from '../visit/types.ts';
import type { VisitEvent } from '../visit/visit.ts';

const REVIEWED: VisitEvent = { kind: 'compared', result: { kind: 'review', evidence: REVIEW } };
const SAME = { answer: 'same-person', reason: 'face-alike' } as const;
const pin = (staff: string, code: string) => ({ by: 'pin', staff, pin: code }) as const;

async function open() {
  const it = await makeDesk();
  await it.signIn('a');
  const entry = it.entries().find((one) => it.roster.subjectOf(one) !== undefined) ?? '';
  const subject = it.roster.subjectOf(entry) ?? '';
  const person = async (of = entry) => (await it.desk.ask({ do: 'person', entry: of })) as PersonDetail;
  return { ...it, entry, subject, person };
}

type Ready = Awaited<ReturnType<typeof open>>;

describe('a desk that is left during a visit', () => {
  test('loses nothing of it: the next officer signs in, finds it as it was and decides; it says who had begun it', async () => {
    const it = await open();
    const visitId = it.insert(it.subject);
    for (const event of [textRead(), PHOTO, AGREE]) it.dispatch(event);
    await it.desk.ask({ do: 'sign-out' });
    expect(it.desk.status()).toMatchObject({ session: null, visit: null });
    expect(await it.desk.ask({ do: 'end-visit', visitId, choice: { kind: 'declined' } })).toMatchObject({
      refused: 'sign-in-first',
    });
    for (const event of [PROBES, REVIEWED]) it.dispatch(event);
    expect(it.written.at(-1)).toMatchObject({ data: { outcome: 'undetermined', operator: 'a' } });
    await it.signIn('b');
    expect(it.desk.status().visit).toMatchObject({ visitId, phase: 'with-officers', answers: 0 });
    await it.desk.ask({ do: 'decide', visitId, credential: pin('b', '2222'), ...SAME });
    // The lock between two answers takes neither of them away.
    it.lock.signOut();
    await it.signIn('a');
    expect(await it.desk.ask({ do: 'decide', visitId, credential: pin('a', '1111'), ...SAME })).toEqual({
      state: 'recorded',
    });
    expect(await it.person()).toMatchObject({ state: 'served' });
  });
});

describe('a mandate on paper', () => {
  const until = '2027-11-22';
  const expectOne = (it: Awaited<ReturnType<typeof open>>, entry: string) => {
    const representation = { ...REPRESENTATION, entry, until, mandate: 'paper' } as const;
    return it.desk.ask({ do: 'expect-representative', representation, place: 'station', credential: null });
  };

  test('is photographed before the representative is expected, and the record names the photograph', async () => {
    const it = await open();
    expect(await expectOne(it, it.entry)).toMatchObject({ refused: 'photograph-first' });
    expect(await it.desk.ask({ do: 'photograph-mandate', entry: it.entry })).toEqual({ done: true });
    await it.desk.ask({ do: 'photograph-mandate', entry: it.entry });
    const [first, second] = it.written.filter(({ type }) => type.includes('mandate-photographed'));
    expect(first?.data['id']).toBe(second?.data['id']);
    // A photograph for one is none for another.
    const another = it.entries().find((one) => one !== it.entry) ?? '';
    expect(await expectOne(it, another)).toMatchObject({ refused: 'photograph-first' });
    expect(await expectOne(it, it.entry)).toEqual({ done: true });
    it.insert('R'.repeat(43));
    for (const event of [textRead(), PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
    const visitId = it.desk.status().visit?.visitId ?? '';
    for (const [who, code] of [
      ['a', '1111'],
      ['b', '2222'],
    ] as const)
      await it.desk.ask({ do: 'decide', visitId, credential: pin(who, code), ...SAME });
    expect(it.written.at(-1)?.data).toMatchObject({
      outcome: 'represented',
      representation: { mandate: 'paper', id: first?.data['id'] },
    });
    // It is used up with its representation.
    it.dispatch({ kind: 'card-removed' });
    expect(await expectOne(it, it.entry)).toMatchObject({ refused: 'photograph-first' });
  });

  test('that could not be written down is not photographed', async () => {
    const it = await open();
    it.journal.fault = 'DISK_FULL';
    expect(await it.desk.ask({ do: 'photograph-mandate', entry: it.entry })).toMatchObject({ refused: 'fault' });
    it.journal.fault = undefined;
    expect(await expectOne(it, it.entry)).toMatchObject({ refused: 'photograph-first' });
    expect(await it.desk.ask({ do: 'photograph-mandate', entry: 'nobody' })).toMatchObject({ refused: 'unknown' });
  });
});

describe('without paper an officer attests', () => {
  const OFFICER = pin('b', '2222');
  const attest = (
    it: Ready,
    credential: Extract<Ask, { do: 'expect-representative' }>['credential'],
    more: Partial<Representation> = {},
  ) =>
    it.desk.ask({
      do: 'expect-representative',
      representation: { ...REPRESENTATION, entry: it.entry, ...more },
      place: 'station',
      credential,
    });
  const isExpected = (it: Ready) => it.field.expected().task.kind === 'represent';

  test('with their own PIN or badge: the record, and the person’s page, name them', async () => {
    const it = await open();
    expect(await attest(it, OFFICER)).toEqual({ done: true });
    it.insert('R'.repeat(43));
    for (const event of [textRead(), PHOTO, AGREE, PROBES]) it.dispatch(event);
    it.dispatch({ kind: 'compared', result: { kind: 'matched', evidence: EVIDENCE } });
    const { data } = it.written.at(-1) ?? {};
    expect(data).toMatchObject({
      outcome: 'represented',
      representation: { mandate: 'attested', attestedBy: { staff: 'b', by: 'pin' } },
    });
    const { representation } = EVENTS['th.thuengban.visit.completed.v1'].data.shape;
    expect(representation.parse(data?.['representation'])).toMatchObject({ attestedBy: { staff: 'b', by: 'pin' } });
    expect((await it.person()).representations).toMatchObject([{ attestedBy: 'b' }]);
  });

  test('nobody is expected on the word of nobody, of a wrong PIN, of an operator, or of somebody who has left', async () => {
    const it = await open();
    expect(await attest(it, null)).toMatchObject({ refused: 'nothing-scanned' });
    expect(await attest(it, { by: 'badge' })).toMatchObject({ refused: 'nothing-scanned' });
    expect(await attest(it, pin('b', '9999'))).toMatchObject({ refused: 'wrong-pin' });
    expect(await attest(it, pin('nobody', '9999'))).toMatchObject({ refused: 'unknown' });
    expect(await attest(it, pin('a', '1111'))).toMatchObject({ refused: 'no-right' });
    expect(await attest(it, pin('c', '3333'))).toMatchObject({ refused: 'no-right' });
    it.changeMember('b', { until: '2026-11-22' });
    expect(await attest(it, OFFICER)).toMatchObject({ refused: 'no-right' });
    expect(isExpected(it)).toBe(false);
  });

  test('nobody attests what they are witness of, under whichever of their names', async () => {
    const it = await open();
    const [first, second] = REPRESENTATION.witnesses;
    const byId = { role: 'officer', staff: 'b', name: null } as const;
    expect(await attest(it, OFFICER, { witnesses: [byId, second] })).toMatchObject({ refused: 'same-officer' });
    const byName = { role: 'officer', staff: null, name: 'เจ้าหน้าที่ b' } as const;
    expect(await attest(it, OFFICER, { witnesses: [first, byName] })).toMatchObject({ refused: 'same-officer' });
    // Two entries of the staff list may be one person: then they have one card, or one badge.
    for (const shared of [{ subject: 'B'.repeat(43) }, { badge: 'b'.repeat(64) }]) {
      for (const id of ['b', 'k']) it.changeMember(id, { subject: null, badge: null, ...shared });
      const kamnan = { role: 'kamnan', staff: 'k', name: null } as const;
      expect(await attest(it, OFFICER, { witnesses: [kamnan, second] })).toMatchObject({ refused: 'same-officer' });
    }
    expect(isExpected(it)).toBe(false);
  });

  test('a card that was put in while the officer typed is not their representative’s', async () => {
    const it = await open();
    const answer = attest(it, OFFICER);
    it.insert(it.subject);
    expect(await answer).toMatchObject({ refused: 'not-now' });
    expect(isExpected(it)).toBe(false);
  });

  test('the page cannot say by itself who attested', () => {
    const ask = { do: 'expect-representative', representation: REPRESENTATION, place: 'station', credential: OFFICER };
    expect(askSchema.safeParse(ask).success).toBe(true);
    const forged = { ...REPRESENTATION, attestedBy: { staff: 'b', by: 'pin' } };
    expect(askSchema.safeParse({ ...ask, representation: forged }).success).toBe(false);
  });
});

test.each([
  ['card', { subject: 'B'.repeat(43) }],
  ['badge', { badge: 'b'.repeat(64) }],
])('dual control takes two people: two entries of the staff list with one %s are one of them', async (_, shared) => {
  const it = await open();
  for (const id of ['a', 'b']) it.changeMember(id, shared);
  const visitId = it.insert(it.subject);
  for (const event of [textRead(), PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
  const decide = (who: string, code: string) =>
    it.desk.ask({ do: 'decide', visitId, credential: pin(who, code), ...SAME });
  expect(await decide('a', '1111')).toEqual({ state: 'waiting' });
  expect(await decide('b', '2222')).toMatchObject({ refused: 'same-officer' });
  expect(it.desk.status().visit).toMatchObject({ phase: 'with-officers', answers: 1 });
  it.changeMember('b', { subject: 'C'.repeat(43), badge: 'c'.repeat(64) });
  expect(await decide('b', '2222')).toEqual({ state: 'recorded' });
});

describe('an officer whose right is an area', () => {
  const reviewed = (it: Ready, subject: string) => {
    const visitId = it.insert(subject);
    for (const event of [textRead(), PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
    return (who: 'a' | 'b') =>
      it.desk.ask({ do: 'decide', visitId, credential: pin(who, who === 'a' ? '1111' : '2222'), ...SAME });
  };

  test('decides for people of it, and for whoever is on no list', async () => {
    const it = await open();
    const { village } = await it.person();
    it.changeMember('b', { areas: ['1001'] });
    const decide = reviewed(it, it.subject);
    expect(await decide('b')).toMatchObject({ refused: 'no-right' });
    expect(it.desk.status().visit).toMatchObject({ answers: 0 });
    it.changeMember('b', { areas: ['1001', village.slice(0, 4)] });
    expect(await decide('b')).toEqual({ state: 'waiting' });
    // What the one who is signed in may look up does not narrow what the other may decide.
    it.changeMember('a', { areas: ['1001'] });
    expect(await decide('a')).toMatchObject({ refused: 'no-right' });
    it.dispatch({ kind: 'card-removed' });
    expect(await reviewed(it, 'Z'.repeat(43))('a')).toEqual({ state: 'waiting' });
  });

  test('attests for people of it: it is the village of whom somebody stands for that counts', async () => {
    const it = await open();
    const { village } = await it.person();
    const representation = { ...REPRESENTATION, entry: it.entry };
    const ask = { do: 'expect-representative', representation, place: 'station' } as const;
    const attest = () => it.desk.ask({ ...ask, credential: pin('b', '2222') });
    it.changeMember('b', { areas: ['1001'] });
    expect(await attest()).toMatchObject({ refused: 'no-right' });
    it.changeMember('b', { areas: [village] });
    expect(await attest()).toEqual({ done: true });
    it.changeMember('b', { areas: ['1001'] });
    expect(await reviewed(it, 'R'.repeat(43))('b')).toMatchObject({ refused: 'no-right' });
  });
});

test('who was to be represented and came with their own card is served in their own name; nobody acts with another’s card', async () => {
  const it = await open();
  const representation = { ...REPRESENTATION, entry: it.entry, until: '2027-11-22' };
  await it.desk.ask({ do: 'expect-representative', representation, place: 'station', credential: pin('b', '2222') });
  it.insert(it.subject);
  for (const event of [textRead(), PHOTO, AGREE, PROBES]) it.dispatch(event);
  expect(it.desk.status().visit).toMatchObject({ task: 'own', entry: it.entry, isSomebodyElse: false });
  it.dispatch({ kind: 'compared', result: { kind: 'matched', evidence: EVIDENCE } });
  expect(it.written.at(-1)?.data).toMatchObject({ outcome: 'verified', entry: it.entry, representation: null });
  expect(it.written.at(-1)?.data['consents']).toMatchObject([{ by: 'citizen' }]);
});

test('a representative whose mandate was revoked: their person is to be visited again, once written down', async () => {
  const it = await open();
  const representation = { ...REPRESENTATION, entry: it.entry, until: '2027-11-22' };
  await it.desk.ask({ do: 'expect-representative', representation, place: 'station', credential: pin('b', '2222') });
  it.insert('R'.repeat(43));
  for (const event of [textRead(), PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
  const visitId = it.desk.status().visit?.visitId ?? '';
  for (const [who, code] of [
    ['a', '1111'],
    ['b', '2222'],
  ] as const)
    await it.desk.ask({ do: 'decide', visitId, credential: pin(who, code), ...SAME });
  it.dispatch({ kind: 'card-removed' });
  const { state, representations } = await it.person();
  expect(state).toBe('served');
  const id = representations[0]?.id ?? '';
  for (let tap = 0; tap < 2; tap++)
    expect(await it.desk.ask({ do: 'revoke-representation', id })).toEqual({ done: true });
  expect(it.written.filter(({ type }) => type.includes('representation.revoked'))).toHaveLength(1);
  expect((await it.person()).state).toBe('left');
});

test('whoever takes the consent back is asked for every purpose anew at the next visit, and before that by nobody', async () => {
  const it = await open();
  it.insert(it.subject);
  for (const event of [textRead(), PHOTO, AGREE, PROBES, NOT_MATCHED]) it.dispatch(event);
  it.dispatch({ kind: 'card-removed' });
  expect((await it.person()).state).toBe('left');
  await it.desk.ask({ do: 'withdraw-consent', entry: it.entry, purpose: 'face-comparison' });
  expect(await it.person()).toMatchObject({ state: 'closed', consents: [{ given: false }] });
  it.insert(it.subject);
  it.dispatch(textRead());
  const visit = it.visit();
  expect(visit.phase === 'open' && purposeAsked(visit, it.field.policy())).toBe('face-comparison');
});

test('who attends is asked anew each day: nobody of yesterday is named today, though the station ran all night', async () => {
  const it = await open();
  const witness = { role: 'village-head', staff: null, name: 'ผู้ใหญ่ตัวอย่าง' } as const;
  await it.desk.ask({ do: 'attend', witness });
  expect(await it.desk.ask({ do: 'team' })).toMatchObject({ present: [witness] });
  it.clock.now = new Date(it.clock.now.getTime() + 86_400_000);
  expect(await it.desk.ask({ do: 'team' })).toMatchObject({ present: [] });
  await it.desk.ask({ do: 'record', entry: it.entry, choice: { kind: 'declined' }, due: null });
  expect(it.written.at(-1)?.data['witnesses']).toEqual([]);
});

test('a printer that will not print says why in words, and a slip that there is none of is not done', async () => {
  const it = await open();
  const friend = { do: 'print', what: { kind: 'line-friend' } } as const;
  expect(await it.desk.ask(friend)).toEqual({ done: true });
  const { about } = smallOrder();
  it.roster.use(
    keptList(smallOrder({ id: 'newest', issuedAt: '2026-12-01T00:00:00.000Z', about: { ...about, line: null } })),
  );
  expect(await it.desk.ask(friend)).toMatchObject({ refused: 'unknown' });
  it.paper.fault = 'PRINTER_PAPER_OUT';
  expect(await it.desk.ask({ do: 'print', what: { kind: 'referrals' } })).toMatchObject({
    refused: 'fault',
    words: { th: expect.stringContaining('กระดาษหมด'), en: expect.stringContaining('new roll') },
  });
});

describe('what leads to a person stays with those who may see people', () => {
  test('a technician, whose role is repair, prints no receipt, no list of names and no day', async () => {
    const it = await open();
    await it.desk.ask({ do: 'record', entry: it.entry, choice: { kind: 'declined' }, due: null });
    const visitId = String(it.written.at(-1)?.data['visitId']);
    await it.signIn('c');
    for (const what of [{ kind: 'referrals' }, { kind: 'day-report' }, { kind: 'receipt', visitId }] as const)
      expect(await it.desk.ask({ do: 'print', what })).toMatchObject({ refused: 'no-right' });
    expect(it.printed).toEqual([]);
    expect(await it.desk.ask({ do: 'print', what: { kind: 'explain-slip' } })).toEqual({ done: true });
  });

  test('what was held before the scanner is gone with whoever saw it; a badge is told to who is about to sign in', async () => {
    const it = await open();
    const person = { kind: 'person', entry: it.entry } as const;
    it.desk.scanned(person);
    expect(it.desk.status().scanned).toMatchObject({ what: person });
    it.lock.signOut();
    expect(it.desk.status().scanned).toBeNull();
    it.desk.scanned(person);
    expect(it.desk.status().scanned).toBeNull();
    it.desk.scanned({ kind: 'badge', by: 'badge', name: null });
    expect(it.desk.status().scanned).toMatchObject({ what: { kind: 'badge' } });
    await it.signIn('c');
    it.desk.scanned(person);
    expect(it.desk.status().scanned).toBeNull();
  });
});

test('whose right is an area sees, finds and records people of that area only; whoever puts a card in is served all the same', async () => {
  const it = await makeDesk({ areasOfA: ['980101'] });
  await it.signIn('b');
  const all = ((await it.desk.ask({ do: 'overview' })) as Overview).villages.map(({ code }) => code);
  const away = all.find((code) => !code.startsWith('980101')) ?? '';
  const people = ((await it.desk.ask({ do: 'village', village: away })) as { people: EntryLine[] }).people;
  const entry = people.find((one) => it.roster.subjectOf(one.entry) !== undefined)?.entry ?? '';
  const name = people.find((one) => one.entry === entry)?.name ?? '';
  const choice = { kind: 'referred', reason: 'no-card' } as const;
  await it.desk.ask({ do: 'record', entry, choice, due: null });
  expect(await it.desk.ask({ do: 'referrals' })).toHaveLength(1);
  await it.signIn('a');
  const overview = (await it.desk.ask({ do: 'overview' })) as Overview;
  const theirs = all.filter((code) => code.startsWith('980101'));
  expect(overview.villages.map(({ code }) => code)).toEqual(theirs);
  expect(overview.days.flatMap(({ villages }) => villages).every((code) => theirs.includes(code))).toBe(true);
  expect(await it.desk.ask({ do: 'find', text: entry })).toEqual([]);
  expect(await it.desk.ask({ do: 'referrals' })).toEqual([]);
  const refused = { refused: 'unknown' };
  expect(await it.desk.ask({ do: 'village', village: away })).toMatchObject(refused);
  expect(await it.desk.ask({ do: 'person', entry })).toMatchObject(refused);
  expect(await it.desk.ask({ do: 'record', entry, choice, due: null })).toMatchObject(refused);
  expect(await it.desk.ask({ do: 'expect', entry, place: 'station' })).toMatchObject(refused);
  it.insert(it.roster.subjectOf(entry) ?? '');
  for (const event of [textRead(), PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
  expect(it.desk.status().visit).toMatchObject({ phase: 'with-officers', entry, name });
});

test('staff whom one organisation’s list names see the people of its programme, those of both lists included', async () => {
  const it = await makeDesk({ programmesOfA: ['second'] });
  const [both = '', first = ''] = it.entries().filter((one) => it.roster.subjectOf(one) !== undefined);
  const order = smallOrder({
    id: 'order-2',
    programme: 'second',
    campaign: 'second-2026',
    issuedAt: '2026-11-22T00:00:00.000Z',
  });
  const { village, house } = it.roster.person(first, '2026-11-23') ?? {};
  if (village === undefined || house === undefined) throw new Error('no person');
  const of = (entry: string, subject: string | null) => somebody({ entry, subject, village, house });
  const people = [of('second-1', null), of('second-2', it.roster.subjectOf(both) ?? null)];
  it.roster.use(keptList({ ...order, people }));
  await it.signIn('a');
  const person = (entry: string) => it.desk.ask({ do: 'person', entry });
  expect(await person('second-1')).toMatchObject({ entry: 'second-1' });
  // One person on two lists goes by the entry of the first list by name.
  expect(await person(both)).toMatchObject({ entry: 'second-2' });
  expect(await person(first)).toMatchObject({ refused: 'unknown' });
  expect(await it.desk.ask({ do: 'find', text: first })).toEqual([]);
  const there = (await it.desk.ask({ do: 'village', village })) as { people: EntryLine[] };
  expect(there.people.map(({ entry }) => entry)).not.toContain(first);
  const added = { do: 'add-walk-in', name: 'นางมาใหม่ ใจดี', village, house: null, needs: [] } as const;
  const { entry: walkIn } = (await it.desk.ask(added)) as { entry: string };
  expect(await person(walkIn)).toMatchObject({ isWalkIn: true });
  await it.signIn('b');
  expect(await person(first)).toMatchObject({ entry: first });
});

test('a day with many who attend: the record names as many as one can hold, the last to come; the team’s page names all', async () => {
  const it = await open();
  for (let n = 1; n <= 11; n++)
    await it.desk.ask({ do: 'attend', witness: { role: 'village-head', staff: null, name: `ผู้ใหญ่ที่ ${n}` } });
  await it.desk.ask({ do: 'record', entry: it.entry, choice: { kind: 'declined' }, due: null });
  const record = it.written.at(-1)?.data ?? {};
  expect(EVENTS['th.thuengban.visit.completed.v1'].data.shape.witnesses.safeParse(record['witnesses']).success).toBe(
    true,
  );
  expect(record['witnesses']).toHaveLength(8);
  expect(record['witnesses']).toContainEqual({ role: 'village-head', staff: null, name: 'ผู้ใหญ่ที่ 11' });
  expect(((await it.desk.ask({ do: 'team' })) as { present: unknown[] }).present).toHaveLength(11);
});

test('a batch day counts seats: whoever cannot travel needs no ride', async () => {
  const it = await open();
  for (const [entry, transport] of [
    [it.entries()[0] ?? '', 'needs-ride'],
    [it.entries()[1] ?? '', 'cannot-travel'],
  ] as const) {
    const choice = { kind: 'referred', reason: 'no-card' } as const;
    await it.desk.ask({ do: 'record', entry, choice, due: null });
    const needs = {
      transport,
      bedsideReissue: transport === 'cannot-travel',
      contact: null,
      appointment: '2026-11-27',
    };
    await it.desk.ask({ do: 'refer', visitId: String(it.written.at(-1)?.data['visitId']), needs });
  }
  const day = (await it.desk.ask({ do: 'batch-day', day: '2026-11-27' })) as { lines: unknown[]; rides: number };
  expect([day.lines.length, day.rides]).toEqual([2, 1]);
});

test('who is on no list is called by no entry in what is published, also the second time; who declines leaves nothing', async () => {
  const it = await open();
  const stranger = 'Z'.repeat(43);
  for (const [at, end] of (['undetermined', 'declined'] as const).entries()) {
    const visitId = it.insert(stranger);
    it.dispatch(textRead());
    if (end === 'declined') await it.desk.ask({ do: 'end-visit', visitId, choice: { kind: 'declined' } });
    else for (const event of [PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
    it.dispatch({ kind: 'card-removed' });
    const { data } = it.written.filter(({ type }) => type.includes('visit.completed'))[at] ?? {};
    expect(data).toMatchObject({ outcome: end, entry: null, subject: end === 'declined' ? null : stranger });
  }
});
