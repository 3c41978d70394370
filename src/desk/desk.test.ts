import { describe, expect, test } from 'vitest';
import { makeDesk } from '../../tests/fixtures/desk.ts';
import { keptList, smallOrder } from '../../tests/fixtures/roster.ts';
import { AGREE, NOT_MATCHED, PHOTO, PROBES, REPRESENTATION, REVIEW, textRead } from '../../tests/fixtures/visit.ts';
import type { DayState, PersonDetail } from '../kiosk/desk-protocol.ts';
import { syntheticOrder } from '../roster/synthetic-order.ts';
import { purposeAsked } from '../visit/step-open.ts';
import type { OpenVisit, VisitEvent } from '../visit/visit.ts';
import type { DayReport } from './port.ts';

const REVIEWED: VisitEvent = { kind: 'compared', result: { kind: 'review', evidence: REVIEW } };
const SAME = { answer: 'same-person', reason: 'face-alike' } as const;
const pin = (staff: string, code: string) => ({ by: 'pin', staff, pin: code }) as const;

/** A desk with somebody signed in, and the first person of the list. */
async function open(who: 'a' | 'b' | 'c' = 'a') {
  const it = await makeDesk();
  await it.signIn(who);
  const entry = it.entries().find((one) => it.roster.subjectOf(one) !== undefined) ?? '';
  const subject = it.roster.subjectOf(entry) ?? '';
  const person = async (of = entry) => (await it.desk.ask({ do: 'person', entry: of })) as PersonDetail;
  const toOfficers = () => {
    const visitId = it.insert(subject);
    for (const event of [textRead(), PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
    return visitId;
  };
  return { ...it, entry, subject, person, toOfficers };
}

test('nothing of a person is told while nobody is signed in, nor to whose role it is not', async () => {
  const it = await makeDesk();
  expect(await it.desk.ask({ do: 'overview' })).toMatchObject({ refused: 'sign-in-first' });
  expect(it.desk.status()).toMatchObject({ session: null, visit: null });
  await it.signIn('c');
  expect(await it.desk.ask({ do: 'find', text: 'สมชาย' })).toMatchObject({ refused: 'no-right' });
  it.insert('S'.repeat(43));
  expect(it.desk.status().visit).toBeNull();
});

describe('outcomes without a card', () => {
  test('not at home: recorded with its reason, a next step, a day and a receipt; the person is still to be visited', async () => {
    const { desk, entry, person, written } = await open();
    const choice = { kind: 'not-served', reason: 'not-at-home' } as const;
    const past = await desk.ask({ do: 'record', entry, choice, due: '2026-11-26' });
    expect(past).toMatchObject({
      outcome: 'not-served',
      reason: { code: 'not-at-home', words: { th: 'ไม่อยู่บ้าน' } },
      nextStep: { id: 'team-returns', due: '2026-11-26' },
      receipt: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
    });
    expect(await person()).toMatchObject({ state: 'left', due: '2026-11-26', last: { outcome: 'not-served' } });
    expect(written.at(-1)).toMatchObject({ data: { entry, operator: 'a', reasons: '2026-11', evidence: null } });
  });

  test('the same once more within ten seconds is the same visit, while the first is under way too; something else is not', async () => {
    const { desk, entry, written, clock, journal } = await open();
    const ask = { do: 'record', entry, choice: { kind: 'not-served', reason: 'not-at-home' }, due: null } as const;
    const before = written.length;
    journal.fault = 'DISK_FULL';
    expect(await desk.ask(ask)).toMatchObject({ refused: 'fault' });
    journal.fault = undefined;
    const [first, second] = await Promise.all([desk.ask(ask), desk.ask(ask)]);
    expect(first).toMatchObject({ outcome: 'not-served' });
    expect(second).toEqual(first);
    clock.now = new Date(clock.now.getTime() + 9_000);
    expect(await desk.ask(ask)).toEqual(first);
    expect(written).toHaveLength(before + 1);
    await desk.ask({ ...ask, choice: { kind: 'declined' } });
    expect(await desk.ask(ask)).not.toEqual(first);
    clock.now = new Date(clock.now.getTime() + 10_000);
    await desk.ask(ask);
    expect(written).toHaveLength(before + 4);
  });

  test.each([
    [{ kind: 'not-served', reason: 'deceased' }, 'closed'],
    [{ kind: 'declined' }, 'closed'],
    [{ kind: 'referred', reason: 'no-card' }, 'new-card'],
    [{ kind: 'not-served', reason: 'in-hospital' }, 'left'],
  ] as const)('%o leaves the person %s', async (choice, state) => {
    const { desk, entry, person } = await open();
    await desk.ask({ do: 'record', entry, choice, due: null });
    expect((await person()).state).toBe(state);
  });

  test('a full disk is told, and nothing is said to be recorded', async () => {
    const { desk, entry, journal, person } = await open();
    journal.fault = 'DISK_FULL';
    const answer = await desk.ask({ do: 'record', entry, choice: { kind: 'declined' }, due: null });
    expect(answer).toMatchObject({ refused: 'fault', words: { en: expect.stringContaining('disk') } });
    expect((await person()).last).toBeNull();
  });
});

test('with two programmes on one station everybody is asked, and told of the next step, by their own', async () => {
  const { desk, entry, subject, roster, field, insert, dispatch, visit, written } = await open();
  const [list] = roster.lists();
  const about = roster.about();
  const home = roster.person(entry, '2026-11-23')?.village ?? '';
  const order = syntheticOrder({
    seed: 9,
    station: 'st-test',
    people: 1,
    villages: 1,
    tambons: 1,
    day: '2026-11-24',
    days: 5,
  });
  const [other] = order.people;
  if (!list || !about || !other) throw new Error('no list');
  const photo = { id: 'photo-kept', version: '1', words: { th: 'เก็บภาพไว้', en: 'The picture is kept' } };
  roster.use({
    order: {
      ...order,
      ...{ id: 'order-2', programme: 'second', campaign: 'second-2026', issuedAt: '2026-11-23T00:20:00.000Z' },
      about: { ...about, purposes: [photo], nextSteps: { 'team-returns': { where: 'ที่อื่น', days: 2 } } },
      people: [{ ...other, entry: 'second-1', subject: 'T'.repeat(43), village: home }],
    },
    ...{ struckOff: [], from: 'file', sha256: '1'.repeat(64), takenAt: '2026-11-23T00:20:00.000Z' },
  });
  expect(field.policy().purposes).toEqual(['face-comparison', 'photo-kept']);
  insert(subject);
  expect(field.policy().purposes).not.toContain('photo-kept');
  expect(field.campaign).not.toBe('second-2026');
  dispatch({ kind: 'card-removed' });
  insert('T'.repeat(43));
  for (const event of [textRead(), AGREE]) dispatch(event);
  expect(purposeAsked(visit() as OpenVisit, field.policy())).toBe('photo-kept');
  expect(field.campaign).toBe('second-2026');
  dispatch({ kind: 'card-removed' });
  const choice = { kind: 'not-served', reason: 'not-at-home' } as const;
  const planned = async (of: string) => await desk.ask({ do: 'plan', entry: of, choice, seenOn: null });
  expect(await planned('second-1')).toMatchObject({ where: 'ที่อื่น', due: '2026-11-25' });
  expect(await planned(entry)).not.toMatchObject({ where: 'ที่อื่น' });
  await desk.ask({ do: 'record', entry: 'second-1', choice, due: null });
  await desk.ask({ do: 'record', entry, choice, due: null });
  expect(written.slice(-2).map(({ data }) => [data['campaign'], data['nextStepAt']])).toEqual([
    ['second-2026', { where: 'ที่อื่น', due: '2026-11-25' }],
    [roster.campaign(entry)?.campaign, expect.not.objectContaining({ where: 'ที่อื่น' })],
  ]);
});

describe('two officers', () => {
  test('each answers without the other’s answer or the score; two times the same person confirms', async () => {
    const { desk, toOfficers, person } = await open();
    const visitId = toOfficers();
    const before = desk.status().visit;
    expect(before).toMatchObject({
      phase: 'with-officers',
      answers: 0,
      scoreBand: null,
      reason: { code: 'officers-look' },
    });
    expect(desk.picture(before?.pictures?.token ?? '', 'card')).toEqual(Uint8Array.of(1));
    expect(desk.picture('another-token', 'card')).toBeUndefined();
    expect(await desk.ask({ do: 'decide', visitId, credential: pin('a', '1111'), ...SAME })).toEqual({
      state: 'waiting',
    });
    // All that has changed is how many have answered.
    expect(desk.status().visit).toEqual({ ...before, answers: 1 });
    expect(await desk.ask({ do: 'decide', visitId, credential: pin('a', '1111'), ...SAME })).toMatchObject({
      refused: 'same-officer',
    });
    expect(await desk.ask({ do: 'decide', visitId, credential: pin('b', '2222'), ...SAME })).toEqual({
      state: 'recorded',
    });
    expect(desk.status().visit).toMatchObject({ outcome: 'confirmed-by-officer', scoreBand: 'review', pictures: null });
    expect(await person()).toMatchObject({ state: 'served', last: { outcome: 'confirmed-by-officer' } });
  });

  test('when they differ it stays open, with a day on which the office calls', async () => {
    const { desk, toOfficers, written } = await open();
    const visitId = toOfficers();
    await desk.ask({ do: 'decide', visitId, credential: pin('a', '1111'), ...SAME });
    const doubt = { answer: 'not-same-person', reason: 'face-unlike' } as const;
    await desk.ask({ do: 'decide', visitId, credential: pin('b', '2222'), ...doubt });
    expect(desk.status().visit).toMatchObject({
      outcome: 'undetermined',
      reason: { code: 'officers-disagree' },
      nextStep: { id: 'office-will-call', due: '2026-12-07' },
    });
    const [first, second] = written.filter(({ type }) => type.includes('visit.completed'));
    expect([first?.data['supersedes'], typeof second?.data['supersedes']]).toEqual([null, 'string']);
  });

  test('a witness and a technician may not decide, and a wrong PIN decides nothing', async () => {
    const { desk, toOfficers, lock } = await open();
    const visitId = toOfficers();
    lock.see({ by: 'badge', operatorId: 'KAMNAN07' });
    expect(await desk.ask({ do: 'decide', visitId, credential: { by: 'badge' }, ...SAME })).toMatchObject({
      refused: 'no-right',
    });
    expect(await desk.ask({ do: 'decide', visitId, credential: pin('c', '3333'), ...SAME })).toMatchObject({
      refused: 'no-right',
    });
    expect(await desk.ask({ do: 'decide', visitId, credential: pin('b', '0000'), ...SAME })).toMatchObject({
      refused: 'wrong-pin',
    });
    expect(desk.status().visit?.answers).toBe(0);
  });
});

test('the card of somebody else is told, and the visit is theirs', async () => {
  const it = await open();
  const other = it.entries().find((one) => one !== it.entry && it.roster.subjectOf(one) !== undefined) ?? '';
  await it.desk.ask({ do: 'expect', entry: it.entry, place: 'bedside' });
  it.insert(it.roster.subjectOf(other) ?? '');
  expect(it.desk.status().visit).toMatchObject({ isSomebodyElse: true, entry: other, place: 'bedside' });
  expect(await it.desk.ask({ do: 'expect', entry: null, place: 'station' })).toMatchObject({ refused: 'not-now' });
});

test('somebody on the list without a number is known by their card from then on', async () => {
  const it = await open();
  const { entry: walkIn } = (await it.desk.ask({
    do: 'add-walk-in',
    name: 'นางมาใหม่ ใจดี',
    village: it.roster.villages('2026-11-23')[0]?.code ?? '',
    house: null,
    needs: ['deaf'],
  })) as { entry: string };
  await it.desk.ask({ do: 'expect', entry: walkIn, place: 'station' });
  // Somebody else's card is their own visit, never written down as hers.
  it.insert('X'.repeat(43));
  expect(it.desk.status().visit).toMatchObject({ entry: null, isSomebodyElse: true });
  it.dispatch({ kind: 'card-removed' });
  it.insert('W'.repeat(43), true, 'นาง มาไหม่ ใจดี');
  expect(it.desk.status().visit).toMatchObject({ entry: walkIn, isSomebodyElse: false, name: 'นางมาใหม่ ใจดี' });
  for (const event of [textRead(), PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
  expect(it.roster.entryOf('W'.repeat(43))).toBe(walkIn);
});

test('captures of all visits count against one budget', async () => {
  const it = await open();
  const allowed = it.roster.attemptsOf(it.subject).allowed;
  for (let used = 0; used < allowed; used++) {
    it.insert(it.subject);
    for (const event of [textRead('valid', it.field.attemptsBefore(it.subject)), PHOTO, AGREE, PROBES, NOT_MATCHED])
      it.dispatch(event);
    it.dispatch({ kind: 'card-removed' });
  }
  expect((await it.person()).attempts).toEqual({ used: allowed, allowed });
  it.insert(it.subject);
  for (const event of [textRead('valid', it.field.attemptsBefore(it.subject)), PHOTO, AGREE]) it.dispatch(event);
  expect(it.visit()).toMatchObject({ phase: 'decided', outcome: { reason: 'budget-used' } });
});

describe('a representative', () => {
  const until = '2027-11-22';
  const OFFICER = pin('b', '2222');
  test('proves who they are; the outcome is the citizen’s, and from three on it is flagged, never refused', async () => {
    const it = await open();
    for (const [at, entry] of it.entries().slice(0, 3).entries()) {
      const representation = { ...REPRESENTATION, entry, until };
      const expected = { do: 'expect-representative', representation, place: 'station', credential: OFFICER } as const;
      expect(await it.desk.ask(expected)).toEqual({ done: true });
      it.insert('R'.repeat(43));
      const matched: VisitEvent = { kind: 'compared', result: { kind: 'review', evidence: REVIEW } };
      for (const event of [textRead(), PHOTO, AGREE, PROBES, matched]) it.dispatch(event);
      const visitId = it.desk.status().visit?.visitId ?? '';
      await it.desk.ask({ do: 'decide', visitId, credential: pin('a', '1111'), ...SAME });
      await it.desk.ask({ do: 'decide', visitId, credential: pin('b', '2222'), ...SAME });
      expect(it.written.at(-1)?.data).toMatchObject({
        outcome: 'represented',
        entry,
        subject: it.roster.subjectOf(entry) ?? null,
        representation: { by: 'R'.repeat(43), peopleOfRepresentative: at + 1 },
      });
      it.dispatch({ kind: 'card-removed' });
    }
    const [first] = it.entries();
    const { representations } = await it.person(first);
    expect(representations).toMatchObject([{ isRevoked: false, peopleOfRepresentative: 3 }]);
    await it.desk.ask({ do: 'revoke-representation', id: representations[0]?.id ?? '' });
    expect((await it.person(first)).representations).toMatchObject([{ isRevoked: true }]);
  });

  test('one witness twice, or a mandate that has ended, is not enough', async () => {
    const { desk, entry } = await open();
    const [one] = REPRESENTATION.witnesses;
    const twice = { ...REPRESENTATION, entry, until, witnesses: [one, one] as const };
    const ask = { do: 'expect-representative', place: 'station', credential: OFFICER } as const;
    expect(await desk.ask({ ...ask, representation: twice })).toMatchObject({ refused: 'not-now' });
    const ended = { ...REPRESENTATION, entry, until: '2026-11-22' };
    expect(await desk.ask({ ...ask, representation: ended })).toMatchObject({ refused: 'not-now' });
  });

  test('a card that was put in askew does not lose whom they came for', async () => {
    const it = await open();
    await it.desk.ask({
      do: 'expect-representative',
      representation: { ...REPRESENTATION, entry: it.entry, until },
      place: 'station',
      credential: OFFICER,
    });
    it.insert('R'.repeat(43));
    it.dispatch({ kind: 'card-failed', code: 'CARD_MUTE' });
    it.dispatch({ kind: 'card-removed' });
    expect(it.field.expected().task.kind).toBe('represent');
  });
});

test('a referral gets what one trip needs, is on its day’s list, and closes when the new card is read', async () => {
  const it = await open();
  const visitId = it.insert(it.subject, false);
  for (const event of [textRead('expired'), PHOTO, AGREE, PROBES, REVIEWED]) it.dispatch(event);
  it.dispatch({ kind: 'card-removed' });
  const needs = {
    transport: 'needs-ride',
    bedsideReissue: false,
    contact: 'ลูกสาว',
    appointment: '2026-11-27',
  } as const;
  expect(await it.desk.ask({ do: 'refer', visitId, needs })).toEqual({ done: true });
  expect(await it.desk.ask({ do: 'batch-day', day: '2026-11-27' })).toMatchObject({
    rides: 1,
    lines: [{ entry: it.entry, villageName: expect.stringMatching(/^หมู่ \d+ บ้าน\S+ ต\.ตัวอย่าง \d$/) }],
  });
  expect((await it.person()).state).toBe('new-card');
  it.insert(it.subject);
  expect((await it.person()).referral).toMatchObject({ closed: { by: 'card' } });
});

test('consent that was spoken counts when somebody heard it, and can be withdrawn', async () => {
  const it = await open();
  it.insert(it.subject);
  it.dispatch(textRead());
  expect(
    await it.desk.ask({
      do: 'consent',
      purpose: 'face-comparison',
      given: true,
      how: 'witnessed-voice',
      witness: null,
    }),
  ).toMatchObject({
    refused: 'not-now',
  });
  const witness = { role: 'village-head', staff: null, name: 'ผู้ใหญ่ตัวอย่าง' } as const;
  await it.desk.ask({ do: 'consent', purpose: 'face-comparison', given: true, how: 'witnessed-voice', witness });
  for (const event of [PHOTO, PROBES, REVIEWED]) it.dispatch(event);
  expect(it.written.at(-1)?.data['consents']).toMatchObject([
    {
      purpose: 'face-comparison',
      given: true,
      how: 'witnessed-voice',
      witness,
      shown: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
  expect((await it.person()).consents).toMatchObject([{ given: true }]);
  await it.desk.ask({ do: 'withdraw-consent', entry: it.entry, purpose: 'face-comparison' });
  expect((await it.person()).consents).toMatchObject([{ given: false }]);
});

test('a no that was spoken needs nobody to have heard it, and each spoken yes keeps whom it was heard by', async () => {
  const it = await open();
  const witness = { role: 'village-head', staff: null, name: 'ผู้ใหญ่ตัวอย่าง' } as const;
  const other = { role: 'neighbour', staff: null, name: 'เพื่อนบ้านตัวอย่าง' } as const;
  const { about } = smallOrder();
  const words = { th: 'ให้โรงพยาบาลรู้', en: 'Tell the hospital' };
  const purposes = ['health', 'labour'].map((id) => ({ id, version: '1', words }));
  it.roster.use(
    keptList(
      smallOrder({
        id: 'more',
        people: [],
        about: about && { ...about, purposes },
        issuedAt: '2026-11-23T00:00:00.000Z',
      }),
    ),
  );
  const spoken = { do: 'consent', how: 'witnessed-voice' } as const;
  it.insert('N'.repeat(43));
  it.dispatch(textRead());
  const yes = { ...spoken, purpose: 'face-comparison', given: true, witness };
  expect(await it.desk.ask(yes)).toEqual({ done: true });
  // A tap that came twice does not answer the next question, which staff are told to read aloud.
  expect(await it.desk.ask(yes)).toMatchObject({ refused: 'not-now' });
  expect(it.desk.status().visit?.asked).toEqual({ purpose: 'health', words });
  expect(await it.desk.ask({ ...spoken, purpose: 'health', given: false, witness: null })).toEqual({ done: true });
  expect(await it.desk.ask({ ...spoken, purpose: 'labour', given: true, witness: other })).toEqual({ done: true });
  expect(it.desk.status().visit?.asked).toBeNull();
  for (const event of [PHOTO, PROBES, REVIEWED]) it.dispatch(event);
  expect(it.written.at(-1)?.data['consents']).toMatchObject([
    { purpose: 'face-comparison', given: true, witness },
    { purpose: 'health', given: false, witness: null },
    { purpose: 'labour', given: true, witness: other },
  ]);
});

test('the day opens with a check, counts what happened, and closes reconciled', async () => {
  const it = await open();
  await it.desk.ask({ do: 'open-day', confirmed: ['battery', 'paper-pack'] });
  expect(it.desk.status().day).toBe('open');
  expect(await it.desk.ask({ do: 'open-day', confirmed: [] })).toMatchObject({ refused: 'not-now' });
  await it.desk.ask({
    do: 'record',
    entry: it.entries()[1] ?? '',
    choice: { kind: 'declined' },
    due: null,
  });
  const visitId = it.toOfficers();
  expect(await it.desk.ask({ do: 'close-day' })).toMatchObject({ refused: 'not-now' });
  for (const [who, code] of [
    ['a', '1111'],
    ['b', '2222'],
  ] as const)
    await it.desk.ask({ do: 'decide', visitId, credential: pin(who, code), ...SAME });
  it.dispatch({ kind: 'card-removed' });
  const day = (await it.desk.ask({ do: 'close-day' })) as DayState;
  expect(day).toMatchObject({
    state: 'closed',
    isReconciled: true,
    villages: expect.arrayContaining([
      expect.objectContaining({ name: expect.stringMatching(/^หมู่ \d+ บ้าน\S+ ต\.ตัวอย่าง \d$/) }),
    ]),
    counts: { visits: 2, events: 3, superseded: 1, receipts: 2, outcomes: { declined: 1, 'confirmed-by-officer': 1 } },
  });
  expect(it.written.at(-1)).toMatchObject({
    type: 'th.thuengban.day.closed.v1',
    data: { visits: 2, report: 'f'.repeat(64) },
  });
});

test('what is printed after closing is what was published, until somebody comes after all; what was looked at stays so', async () => {
  const it = await open();
  const print = async () => {
    await it.desk.ask({ do: 'print', what: { kind: 'day-report' } });
    return it.reported.at(-1);
  };
  const stateOf = (report: DayReport | undefined, check: string) =>
    report?.state.checks.find(({ id }) => id === check)?.state;
  await it.desk.ask({ do: 'open-day', confirmed: ['battery'] });
  await it.desk.ask({ do: 'attend', witness: { role: 'kamnan', staff: 'k', name: null } });
  expect((await print())?.state.state).toBe('open');
  await it.desk.ask({ do: 'close-day' });
  it.clock.now = new Date(it.clock.now.getTime() + 40_000);
  await it.desk.ask({ do: 'still-here' });
  it.clock.now = new Date(it.clock.now.getTime() + 40_000);
  const report = await print();
  expect(report).toEqual(it.closed[0]);
  expect(report).toMatchObject({
    at: '2026-11-23T00:30:00.000Z',
    state: { state: 'closed' },
    present: [{ role: 'kamnan', name: 'เจ้าหน้าที่ k' }],
  });
  expect([stateOf(report, 'battery'), stateOf(report, 'poster')]).toEqual(['well', 'to-be-looked-at']);

  await it.desk.ask({ do: 'record', entry: it.entry, choice: { kind: 'declined' }, due: null });
  expect(it.desk.status().day).toBe('open');
  expect(await print()).toMatchObject({
    at: '2026-11-23T00:31:00.000Z',
    state: { state: 'open', counts: { visits: 1 } },
  });
  expect(await it.desk.ask({ do: 'close-day' })).toMatchObject({ state: 'closed', counts: { visits: 1 } });
});

test('whoever recorded a no, took over or answered is there: nobody is called for them, but for the next one', async () => {
  const it = await open();
  const inserted = () => {
    const visitId = it.insert(it.subject);
    for (const event of [textRead(), PHOTO]) it.dispatch(event);
    return visitId;
  };
  const no = {
    do: 'consent',
    purpose: 'face-comparison',
    given: false,
    how: 'witnessed-voice',
    witness: null,
  } as const;
  inserted();
  expect(it.desk.status().isStaffThere).toBe(false);
  await it.desk.ask(no);
  expect(it.visit()).toMatchObject({ phase: 'decided', outcome: { kind: 'undetermined' } });
  expect(it.desk.status().isStaffThere).toBe(true);
  await it.signIn('b');
  expect(it.desk.status().isStaffThere).toBe(false);
  it.dispatch({ kind: 'card-removed' });

  await it.signIn('a');
  const visitId = inserted();
  expect(it.desk.status().isStaffThere).toBe(false);
  await it.desk.ask({ do: 'take-over', visitId });
  expect(it.desk.status().isStaffThere).toBe(true);
  it.dispatch({ kind: 'card-removed' });
  expect(it.desk.status().isStaffThere).toBe(false);

  // Nobody's visit: whoever calls next is heard.
  it.dispatch({ kind: 'staff-called' });
  await it.desk.ask({ do: 'take-over', visitId: 'none' });
  it.dispatch({ kind: 'staff-called' });
  expect(it.desk.status().isStaffThere).toBe(false);

  // A yes that they read out leads to the camera: what comes of it is told as to anybody.
  inserted();
  const witness = { role: 'kamnan', staff: 'k', name: null } as const;
  await it.desk.ask({ ...no, given: true, witness });
  it.dispatch({ kind: 'staff-called' });
  expect(it.visit().phase).toBe('decided');
  expect(it.desk.status().isStaffThere).toBe(false);
});

test('a day that nobody closed is found, closed, printed and published on a later one, as that day', async () => {
  const it = await open();
  await it.desk.ask({ do: 'open-day', confirmed: ['battery'] });
  await it.desk.ask({ do: 'attend', witness: { role: 'kamnan', staff: 'k', name: null } });
  await it.desk.ask({ do: 'record', entry: it.entry, choice: { kind: 'declined' }, due: null });
  expect(await it.desk.ask({ do: 'day' })).toMatchObject({ day: '2026-11-23', unclosed: null });

  it.clock.now = new Date('2026-11-24T00:30:00.000Z');
  await it.signIn('a');
  const then = '2026-11-23';
  expect(await it.desk.ask({ do: 'day' })).toMatchObject({ day: '2026-11-24', unclosed: then, counts: { visits: 0 } });
  const before = (await it.desk.ask({ do: 'day', day: then })) as DayState;
  expect(before).toMatchObject({ day: then, state: 'open', unclosed: null, counts: { visits: 1 } });
  // The reader was well and the list there when the day was opened; nobody looked at the poster.
  it.parts[0] = { part: 'card-reader', state: 'missing', since: '', name: 'x', fault: null };
  const looked = (await it.desk.ask({ do: 'day', day: then })) as DayState;
  const stateOf = (id: string) => looked.checks.find((one) => one.id === id)?.state;
  expect(['card-reader', 'orders', 'battery', 'poster'].map(stateOf)).toEqual([
    'well',
    'well',
    'well',
    'to-be-looked-at',
  ]);

  expect(await it.desk.ask({ do: 'close-day', day: then })).toMatchObject({ day: then, state: 'closed' });
  expect(it.written.at(-1)).toMatchObject({ type: 'th.thuengban.day.closed.v1', data: { day: then, visits: 1 } });
  expect(it.closed[0]).toMatchObject({
    at: '2026-11-24T00:30:00.000Z',
    present: [{ role: 'kamnan', name: 'เจ้าหน้าที่ k' }],
  });
  await it.desk.ask({ do: 'print', what: { kind: 'day-report', day: then } });
  await it.desk.ask({ do: 'export', what: 'day-report', day: then });
  expect(it.reported).toEqual([it.closed[0], it.closed[0]]);
  expect(await it.desk.ask({ do: 'day' })).toMatchObject({ day: '2026-11-24', state: 'not-opened', unclosed: null });
  expect(it.desk.status().day).toBe('not-opened');
});

test('a day that is still to come is neither shown nor closed nor reported', async () => {
  const { desk, written } = await open();
  const day = '2026-11-24';
  const before = written.length;
  for (const ask of [
    { do: 'day', day },
    { do: 'close-day', day },
    { do: 'print', what: { kind: 'day-report', day } },
    { do: 'export', what: 'day-report', day },
  ] as const)
    expect(await desk.ask(ask)).toMatchObject({ refused: 'not-now' });
  expect(written).toHaveLength(before);
});

test('numbers of paper forms are given out once', async () => {
  const { desk } = await open();
  expect(await desk.ask({ do: 'export', what: 'paper-pack' })).toMatchObject({ files: ['1-50.pdf'] });
  expect(await desk.ask({ do: 'export', what: 'paper-pack' })).toMatchObject({ files: ['51-100.pdf'] });
});

test('whoever attends is named in the records of that day, once', async () => {
  const { desk, entry, written } = await open();
  const witness = { role: 'health-volunteer', staff: null, name: 'อสม. ตัวอย่าง' } as const;
  await desk.ask({ do: 'attend', witness });
  await desk.ask({ do: 'attend', witness });
  await desk.ask({ do: 'record', entry, choice: { kind: 'declined' }, due: null });
  expect(written.at(-1)?.data['witnesses']).toEqual([witness]);
});
