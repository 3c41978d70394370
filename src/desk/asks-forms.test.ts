import { describe, expect, test } from 'vitest';
import { makeDesk } from '../../tests/fixtures/desk.ts';
import { formsOf } from '../../tests/fixtures/paper.ts';
import { askSchema } from '../kiosk/asks.ts';
import type { Ask, DayState, PersonDetail } from '../kiosk/desk-protocol.ts';
import { formsPack } from '../paper/documents/forms-pack.ts';
import { formSerials } from '../station/papers.ts';
import { REASON_WORDS } from '../visit/reasons.ts';

const TODAY = '2026-11-23';
const SAME = { answer: 'same-person', reason: 'known-in-person' } as const;
const UNSURE = { answer: 'cannot-tell', reason: 'face-changed' } as const;
const pin = (staff: string, code: string) => ({ by: 'pin', staff, pin: code }) as const;
const [A, B] = [pin('a', '1111'), pin('b', '2222')];
const serialOf = (number: number) => formSerials('st-test', number, number)[0]?.serial ?? '';

/** A station that gave out forms 1 to 50 last Saturday, and is back on Monday. */
async function open() {
  const it = await makeDesk();
  const monday = it.clock.now;
  it.clock.now = new Date(monday.getTime() - 2 * 86_400_000);
  await it.signIn('a');
  await it.desk.ask({ do: 'export', what: 'paper-pack' });
  it.clock.now = monday;
  const [entry = '', other = ''] = it.entries();
  const facts = { form: serialOf(12), entry, seenOn: null, due: null };
  const declined = (more: object = {}) =>
    it.desk.ask({ do: 'record-form', ...facts, choice: { kind: 'declined' }, ...more });
  const decide = (
    credential: Extract<Ask, { do: 'decide-form' }>['credential'],
    said: typeof SAME | typeof UNSURE,
    more: object = {},
  ) => it.desk.ask({ do: 'decide-form', ...facts, why: 'engine-failed', credential, ...said, ...more });
  const visits = () => it.written.filter(({ type }) => type.includes('visit.completed'));
  const person = async () => (await it.desk.ask({ do: 'person', entry })) as PersonDetail;
  const forms = async () => ((await it.desk.ask({ do: 'day' })) as DayState).paperForms;
  return { ...it, entry, other, facts, declined, decide, visits, person, forms };
}

test('every reason that is printed on a form can be entered', () => {
  const printed = formsPack(formsOf(1)).blocks.flatMap((block) => (block.kind === 'choices' ? block.choices : []));
  const codes = Object.entries(REASON_WORDS).flatMap(([code, { th }]) =>
    printed.some((words) => words.th === th) ? [code] : [],
  );
  expect(codes).toHaveLength(19);
  const facts = { form: serialOf(1), entry: 'e-1', seenOn: null, due: null };
  const byChoice = (reason: string) =>
    ['referred', 'not-served', 'undetermined'].map((kind) => ({
      ...{ do: 'record-form', ...facts, choice: { kind, reason } },
    }));
  const byOfficers = (why: string) => ({ do: 'decide-form', ...facts, why, credential: { by: 'badge' }, ...SAME });
  // What two officers saw is told by their two answers.
  const isEnterable = (code: string) =>
    code.startsWith('officers-') ||
    [...byChoice(code), byOfficers(code)].some((ask) => askSchema.safeParse(ask).success);
  expect(codes.filter((code) => !isEnterable(code))).toEqual([]);
  expect(isEnterable('attack-check')).toBe(false);
});

describe('the number of a form', () => {
  test('is taken as typed or scanned, when this station has given it out', async () => {
    const { desk } = await open();
    const line = { serial: 'STTEST000012', isElsewhere: false, issuedOn: '2026-11-21' };
    for (const form of ['sttest 000012', formSerials('st-test', 12, 12)[0]?.qrText ?? ''])
      expect(await desk.ask({ do: 'form', form })).toEqual(line);
  });

  test.each([
    ['1-2345-67890', 'form-unknown', /head of the sheet/],
    ['STTEST000051', 'form-not-issued', /Compare it with the sheet/],
  ] as const)('%s is refused as %s, with what to do', async (form, refused, words) => {
    const { desk, visits, declined } = await open();
    const answer = { refused, words: { th: expect.stringMatching(/[ก-๙]/), en: expect.stringMatching(words) } };
    expect(await desk.ask({ do: 'form', form })).toMatchObject(answer);
    expect(await declined({ form })).toMatchObject(answer);
    expect(await desk.ask({ do: 'spoil-form', form })).toMatchObject(answer);
    expect(visits()).toEqual([]);
  });

  test('of another station is told as one, entered once, and not counted among the own ones', async () => {
    const { desk, declined, forms } = await open();
    const form = 'STOTHER000003';
    expect(await desk.ask({ do: 'form', form })).toEqual({ serial: form, isElsewhere: true, issuedOn: null });
    expect(await desk.ask({ do: 'spoil-form', form })).toMatchObject({ refused: 'form-not-issued' });
    expect(await declined({ form })).toMatchObject({ outcome: 'declined' });
    expect(await desk.ask({ do: 'form', form })).toMatchObject({ refused: 'form-entered' });
    expect(await forms()).toEqual({ issued: 50, entered: 0, spoilt: 0, left: 50, ofOthers: 1 });
  });

  test('goes in once: not for somebody else, not by a second tap that comes while the first is being written', async () => {
    const { declined, other, visits, forms } = await open();
    const taps = await Promise.all([declined(), declined()]);
    expect(taps).toMatchObject([{ outcome: 'declined' }, { refused: 'form-entered' }]);
    expect(await declined({ entry: other, form: 'sttest-000012' })).toMatchObject({ refused: 'form-entered' });
    expect(visits()).toHaveLength(1);
    expect(visits()[0]?.data).toMatchObject({ form: 'STTEST000012' });
    expect(await forms()).toMatchObject({ entered: 1, left: 49 });
  });

  test('of a spoilt form is told, counted and not entered any more', async () => {
    const { desk, declined, forms, written } = await open();
    const spoil = () => desk.ask({ do: 'spoil-form', form: serialOf(13) });
    expect(await spoil()).toEqual({ done: true });
    expect(written.at(-1)).toEqual({ type: 'th.thuengban.day.form-spoilt.v1', data: { form: 'STTEST000013' } });
    expect(await spoil()).toMatchObject({ refused: 'form-spoilt' });
    expect(await declined({ form: serialOf(13) })).toMatchObject({ refused: 'form-spoilt' });
    await declined();
    expect(await desk.ask({ do: 'spoil-form', form: serialOf(12) })).toMatchObject({ refused: 'form-entered' });
    expect(await forms()).toEqual({ issued: 50, entered: 1, spoilt: 1, left: 48, ofOthers: 0 });
  });

  test('when the disk is full nothing is said to be entered, and the form stays to be entered', async () => {
    const { declined, decide, journal } = await open();
    await decide(A, SAME);
    journal.fault = 'DISK_FULL';
    expect(await declined()).toMatchObject({ refused: 'fault' });
    expect(await decide(B, SAME)).toMatchObject({ refused: 'fault' });
    journal.fault = undefined;
    expect(await decide(B, SAME)).toMatchObject({ state: 'recorded' });
  });
});

describe('the day on a form', () => {
  test.each(['2026-11-24', '2026-11-20'])('%s is after today or before the form was given out', async (seenOn) => {
    const { declined, decide, visits } = await open();
    expect(await declined({ seenOn })).toMatchObject({ refused: 'form-day' });
    expect(await decide(A, SAME, { seenOn })).toMatchObject({ refused: 'form-day' });
    expect(visits()).toEqual([]);
  });

  test('is kept with who attended then, and the next step counts from it', async () => {
    const { desk, clock, entry, declined, visits } = await open();
    const monday = clock.now;
    clock.now = new Date(monday.getTime() - 86_400_000);
    await desk.ask({ do: 'attend', witness: { role: 'kamnan', staff: null, name: 'กำนันวันอาทิตย์' } });
    clock.now = monday;
    await desk.ask({ do: 'attend', witness: { role: 'kamnan', staff: null, name: 'กำนันวันจันทร์' } });
    const choice = { kind: 'not-served', reason: 'not-at-home' } as const;
    const plan = (seenOn: string | null) => desk.ask({ do: 'plan', entry, choice, seenOn });
    const [planned, ofSunday] = [await plan(TODAY), await plan('2026-11-22')];
    expect(await declined({ seenOn: '2026-11-22', choice })).toMatchObject({ nextStep: ofSunday });
    expect(ofSunday).not.toEqual(planned);
    const { data } = visits()[0] ?? {};
    expect(data).toMatchObject({ seenOn: '2026-11-22', witnesses: [{ name: 'กำนันวันอาทิตย์' }] });
    await declined({ form: serialOf(13) });
    expect(visits()[1]?.data).toMatchObject({ seenOn: null, witnesses: [] });
  });

  test('a day that was agreed on stands, but for whom all is done', async () => {
    const { declined, decide, visits } = await open();
    const due = '2026-11-30';
    await declined({ choice: { kind: 'undetermined', reason: 'no-answer' }, due });
    await decide(A, SAME, { form: serialOf(13), due });
    await decide(B, SAME, { form: serialOf(13), due });
    expect(visits()).toMatchObject([
      { data: { outcome: 'undetermined', reason: 'no-answer', nextStep: 'officer-will-check', nextStepAt: { due } } },
      { data: { outcome: 'confirmed-by-officer', nextStepAt: { due: null } } },
    ]);
  });
});

describe('what two officers decided on paper', () => {
  test('is confirmed by officers with a right for the village only', async () => {
    const { decide, visits, changeMember } = await open();
    changeMember('b', { areas: ['1001'] });
    expect(await decide(A, SAME)).toEqual({ state: 'waiting' });
    expect(await decide(B, SAME)).toMatchObject({ refused: 'no-right' });
    expect(visits()).toEqual([]);
  });

  test('is not confirmed by one person with two entries of the staff list', async () => {
    const { decide, visits, changeMember } = await open();
    for (const id of ['a', 'b']) changeMember(id, { subject: 'B'.repeat(43) });
    expect(await decide(A, SAME)).toEqual({ state: 'waiting' });
    expect(await decide(B, SAME)).toMatchObject({ refused: 'same-officer' });
    expect(visits()).toEqual([]);
  });

  test('is confirmed when both say so again, each with a credential of their own', async () => {
    const { decide, lock, visits, person } = await open();
    expect(await decide(A, SAME)).toEqual({ state: 'waiting' });
    expect(visits()).toEqual([]);
    expect(await decide(A, SAME)).toMatchObject({ refused: 'same-officer' });
    expect(await decide(pin('b', '0000'), SAME)).toMatchObject({ refused: 'wrong-pin' });
    expect(await decide(pin('c', '3333'), SAME)).toMatchObject({ refused: 'no-right' });
    lock.see({ by: 'badge', operatorId: 'KAMNAN07' });
    expect(await decide({ by: 'badge' }, SAME)).toMatchObject({ refused: 'no-right' });
    expect(await decide({ by: 'badge' }, SAME)).toMatchObject({ refused: 'nothing-scanned' });
    expect(visits()).toEqual([]);
    expect(await decide(B, SAME)).toMatchObject({
      state: 'recorded',
      outcome: { outcome: 'confirmed-by-officer', reason: { code: 'engine-failed' }, nextStep: { id: 'all-done' } },
    });
    expect(visits()[0]?.data).toMatchObject({
      officers: [
        { staff: 'a', by: 'pin', ...SAME },
        { staff: 'b', by: 'pin', ...SAME },
      ],
      evidence: null,
      card: null,
      assurance: { chipRead: false, faceComparison: 'not-made', officerAttested: true },
    });
    expect((await person()).state).toBe('served');
    expect(await decide(B, SAME)).toMatchObject({ refused: 'form-entered' });
  });

  test.each([
    [SAME, UNSURE, 'officers-disagree'],
    [UNSURE, SAME, 'officers-disagree'],
    [UNSURE, UNSURE, 'officers-unsure'],
  ] as const)('%o and %o leaves it open: %s', async (first, second, reason) => {
    const { decide, person } = await open();
    await decide(A, first);
    expect(await decide(B, second)).toMatchObject({
      outcome: { outcome: 'undetermined', reason: { code: reason }, nextStep: { id: 'office-will-call' } },
    });
    expect((await person()).state).not.toBe('served');
  });

  test('an answer counts for what stood there when it was given: another person, day or reason is asked anew', async () => {
    const { desk, decide, other, visits } = await open();
    for (const change of [{ entry: other }, { seenOn: TODAY }, { why: 'staff-called' }, { form: serialOf(13) }]) {
      expect(await decide(A, SAME)).toEqual({ state: 'waiting' });
      expect(await decide(B, SAME, change)).toEqual({ state: 'waiting' });
    }
    // A form that is taken up anew begins with its first officer.
    expect(await decide(A, SAME)).toEqual({ state: 'waiting' });
    await desk.ask({ do: 'form', form: serialOf(12) });
    expect(await decide(B, SAME)).toEqual({ state: 'waiting' });
    expect(visits()).toEqual([]);
  });

  test('is nobody’s to enter who is not signed in', async () => {
    const { desk, decide, declined } = await open();
    await desk.ask({ do: 'sign-out' });
    expect(await decide(A, SAME)).toMatchObject({ refused: 'sign-in-first' });
    expect(await declined()).toMatchObject({ refused: 'sign-in-first' });
  });
});
