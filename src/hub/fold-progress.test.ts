import { describe, expect, test } from 'vitest';
import { COMPLETED, record } from '../../tests/fixtures/contract/events.ts';
import { orderSchema, type WorkOrder } from '../contract/orders.ts';
import { foldProgress } from './fold-progress.ts';
import type { OpenedRecord } from './progress-records.ts';

const S = (letter: string) => letter.repeat(43);
const NOW = '2026-11-23T00:00:00.000Z';
const MINE = 'st-mine';
const OTHER = 'st-other';
type Listed = WorkOrder['people'][number];

const somebody = (entry: string, rest: Partial<Listed> = {}): Listed => ({
  ...{ entry, subject: null, name: { title: 'นาย', given: 'สมชาย', family: 'ใจดี' }, bornYear: 1950 },
  ...{ village: '98010101', house: '1', phone: null, needs: [], due: null, team: null, known: null, attempts: 0 },
  ...rest,
});
const orderOf = (people: readonly Listed[], rest: Partial<WorkOrder> = {}): WorkOrder =>
  orderSchema.parse({
    ...{ id: 'order-1', rev: 4, station: MINE, programme: 'welfare', campaign: 'c-1' },
    ...{ issuedAt: '2026-11-20T00:00:00.000Z', validUntil: '2026-12-20T00:00:00.000Z' },
    villages: [{ code: '98010101', moo: 1, name: 'บ้านดอน', tambon: { code: '980101', name: 'ตำบล' }, at: null }],
    ...{ people, teams: [], staff: [], attemptsPerCampaign: 3, pseudonymKey: S('k') },
    about: { name: { th: 'โครงการ', en: 'Programme' }, purposes: [], explain: [], line: null, nextSteps: {} },
    ...rest,
  });

/** Makes records, each a minute after the one before and next in its station's chain. */
function chains() {
  const records: OpenedRecord[] = [];
  const seqs = new Map<string, number>();
  const say = (station: string, type: string, doc: object, at?: string) => {
    const seq = (seqs.get(station) ?? 0) + 1;
    seqs.set(station, seq);
    const id = `01935d2e-1111-7000-8000-${String(records.length).padStart(12, '0')}`;
    const time = at ?? new Date(Date.parse('2026-11-22T02:00:00.000Z') + records.length * 60_000).toISOString();
    records.push({ station, epoch: 'epoch-1', seq, id, type, at: time, doc });
    return id;
  };
  const visit = (station: string, rest: object, at?: string) =>
    say(station, COMPLETED, { ...record, subject: null, programme: 'welfare', campaign: 'c-1', ...rest }, at);
  const attempt = (station: string, subject: string, campaign = 'c-1') =>
    say(station, 'th.thuengban.visit.attempted.v1', {
      visitId: 'v',
      subject,
      campaign,
      attempt: 1,
      result: 'non-match',
    });
  return { records, say, visit, attempt };
}
const personOf = (order: WorkOrder, entry: string) => order.people.find((one) => one.entry === entry);

describe('TB-MSG-175 the last outcome of any station', () => {
  test('TB-MSG-160 is told with receipt and next step; one that was superseded, or is of another campaign, is not', () => {
    const { records, visit } = chains();
    const order = orderOf([somebody('e-1', { subject: S('a') }), somebody('e-2')]);
    const done = { outcome: 'verified', reason: null, nextStep: 'all-done' };
    const grey = { visitId: 'v-1', subject: S('a'), outcome: 'undetermined', nextStep: 'officer-will-check' };
    const first = visit(OTHER, grey);
    const nextStepAt = { where: 'อำเภอ', due: '2026-12-01' };
    visit(OTHER, { ...grey, supersedes: first, nextStepAt, receipt: '7KQ2-M8XD', reason: 'officers-unsure' });
    visit(MINE, { ...done, entry: 'e-2', campaign: 'c-2' });
    visit(MINE, { ...done, entry: 'e-2', programme: 'another' });
    const folded = foldProgress(order, records, NOW);
    expect(folded.counts).toEqual({ people: 2, known: 1, attempts: 0, walkIns: 0 });
    expect(folded.order).toMatchObject({ rev: 5, issuedAt: NOW });
    expect(personOf(folded.order, 'e-1')?.known).toEqual({
      ...{ visitId: 'v-1', outcome: 'undetermined', reason: 'officers-unsure', at: '2026-11-22T02:01:00.000Z' },
      ...{
        station: OTHER,
        receipt: '7KQ2-M8XD',
        nextStep: { id: 'officer-will-check', ...nextStepAt },
        referral: null,
      },
    });
    expect(personOf(folded.order, 'e-2')?.known).toBeNull();
    // The same once more says nothing new.
    expect(foldProgress(folded.order, records, NOW)).toMatchObject({ isChanged: false, order: { rev: 5 } });
    expect(orderSchema.parse(folded.order)).toEqual(folded.order);
  });

  test('within a station is the last of its chain, whatever its clock says; and what was told before stays', () => {
    const { records, visit } = chains();
    visit(OTHER, { visitId: 'v-1', entry: 'e-1', outcome: 'declined' }, '2027-01-01T00:00:00.000Z');
    visit(OTHER, { visitId: 'v-2', entry: 'e-1', outcome: 'verified' }, '2026-11-22T03:00:00.000Z');
    const folded = foldProgress(orderOf([somebody('e-1')]), records, NOW);
    expect(personOf(folded.order, 'e-1')?.known).toMatchObject({ visitId: 'v-2' });
    expect(foldProgress(folded.order, [], NOW)).toMatchObject({ isChanged: false });
  });

  test('of somebody who is served is that one, whoever found nobody at home later; a mandate that was taken back is none', () => {
    const { records, say, visit } = chains();
    const id = '01935d2e-0000-7000-8000-0000000000bb';
    const mandate = { id, by: S('r'), relation: 'child', mandate: 'attested', scope: [], until: '2026-12-31' };
    const representation = { ...mandate, witnesses: [], peopleOfRepresentative: 1 };
    const away = { outcome: 'not-served', reason: 'not-at-home', nextStep: 'team-returns' };
    visit(OTHER, { visitId: 'v-1', entry: 'e-1', outcome: 'verified', reason: null });
    visit(OTHER, { visitId: 'v-2', entry: 'e-2', outcome: 'represented', representation });
    for (const entry of ['e-1', 'e-2']) visit(MINE, { ...away, visitId: `v-away-${entry}`, entry });
    const people = [somebody('e-1'), somebody('e-2')];
    const outcomes = (order: WorkOrder) => order.people.map(({ known }) => known?.outcome);
    const served = foldProgress(orderOf(people), records, NOW).order;
    expect(outcomes(served)).toEqual(['verified', 'represented']);
    expect(foldProgress(served, records.slice(2), NOW).isChanged).toBe(false);
    // What an older server told is put right.
    const older = served.people.map((one) => ({ ...one, known: one.known && { ...one.known, ...away, at: NOW } }));
    expect(outcomes(foldProgress({ ...served, people: older as Listed[] }, records, NOW).order)).toEqual([
      'verified',
      'represented',
    ]);
    say('st-third', 'th.thuengban.representation.revoked.v1', { id, operator: null });
    expect(outcomes(foldProgress(served, records, NOW).order)).toEqual(['verified', 'not-served']);
  });

  test('a mandate that was taken back at any station is told as such', () => {
    const { records, say, visit } = chains();
    const id = '01935d2e-0000-7000-8000-0000000000bb';
    const representation = { id, by: S('r'), relation: 'child', mandate: 'attested', scope: [], until: '2026-12-31' };
    const rest = { witnesses: [], peopleOfRepresentative: 1 };
    visit(OTHER, { entry: 'e-1', outcome: 'represented', representation: { ...representation, ...rest } });
    const before = foldProgress(orderOf([somebody('e-1')]), records, NOW).order;
    expect(personOf(before, 'e-1')?.known?.representation).toMatchObject({ id, isRevoked: false });
    say('st-third', 'th.thuengban.representation.revoked.v1', { id, operator: null });
    const after = foldProgress(before, records, NOW).order;
    expect(personOf(after, 'e-1')?.known?.representation).toMatchObject({ id, isRevoked: true });
  });
});

test('TB-MSG-175 one representative over many stations: every list tells for how many people they stand, and none twice', () => {
  const { records, say, visit } = chains();
  const mandate = (n: number, by = 'r', until = '2026-12-31') => ({
    ...{ id: `01935d2e-0000-7000-8000-0000000000${10 + n}`, by: S(by), relation: 'child', mandate: 'paper', scope: [] },
    ...{ until, witnesses: [], peopleOfRepresentative: 1 },
  });
  const represented = (station: string, entry: string, representation: object, rest: object = {}) =>
    visit(station, { visitId: `v-${entry}`, entry, outcome: 'represented', representation, ...rest });
  represented(MINE, 'e-1', mandate(1));
  const first = represented(OTHER, 'e-2', mandate(2));
  represented(OTHER, 'e-2', mandate(2), { supersedes: first });
  represented('st-third', 'on-their-list', mandate(3));
  represented('st-third', 'another-campaign', mandate(4), { campaign: 'c-2' });
  represented('st-third', 'over', mandate(5, 'r', '2026-11-22'));
  represented('st-third', 'on-their-list', mandate(6));
  represented(MINE, 'e-3', mandate(7, 'q'));
  const order = orderOf([somebody('e-1'), somebody('e-2'), somebody('e-3')]);
  const told = (of: WorkOrder) => of.people.map(({ known }) => known?.representation?.people);
  const folded = foldProgress(order, records, NOW).order;
  expect(told(folded)).toEqual([3, 3, 1]);
  expect(orderSchema.parse(folded)).toEqual(folded);
  expect(JSON.stringify(folded)).not.toContain(S('r'));
  for (const again of [records, []]) expect(foldProgress(folded, again, NOW).isChanged).toBe(false);
  say('st-third', 'th.thuengban.representation.revoked.v1', { id: mandate(2).id, operator: null });
  expect(told(foldProgress(folded, records, NOW).order)).toEqual([2, 2, 1]);
  // The day is Thailand's: at ten in the evening in Greenwich the mandate's last day is over there.
  const over = foldProgress(folded, records, '2026-12-31T22:00:00.000Z').order;
  expect(told(over)).toEqual([undefined, undefined, undefined]);
});

describe('TB-MSG-176 a referral', () => {
  const referred = {
    visitId: 'v-1',
    entry: 'e-1',
    outcome: 'referred',
    reason: 'card-expired',
    nextStep: 'renew-card',
  };
  test.each([
    [
      'by an officer',
      (it: ReturnType<typeof chains>) =>
        it.say('st-third', 'th.thuengban.referral.closed.v1', { visitId: 'v-1', entry: 'e-1', by: 'officer' }),
      'officer',
    ],
    [
      'by a good card',
      (it: ReturnType<typeof chains>) => it.visit(MINE, { visitId: 'v-2', entry: 'e-1', outcome: 'verified' }),
      'card',
    ],
  ])('that is closed at any station %s is closed everywhere, with what was asked for it', (_, close, by) => {
    const it = chains();
    it.visit(OTHER, referred);
    const needs = { transport: 'needs-ride', bedsideReissue: false, contact: null, appointment: '2026-11-25' };
    it.say(OTHER, 'th.thuengban.referral.detailed.v1', { visitId: 'v-1', entry: 'e-1', needs });
    const open = foldProgress(orderOf([somebody('e-1')]), it.records, NOW).order;
    expect(personOf(open, 'e-1')?.known?.referral).toMatchObject({ visitId: 'v-1', closed: null, needs });
    close(it);
    const closed = foldProgress(open, it.records, NOW).order;
    expect(personOf(closed, 'e-1')?.known?.referral).toMatchObject({ visitId: 'v-1', closed: { by } });
  });
});

test('TB-MSG-176 a referral for a representative’s card is over when somebody acts, one for a card of their own is not', () => {
  const { records, visit } = chains();
  const referred = { outcome: 'referred', nextStep: 'renew-card' };
  const reasons = ['representative-card-expired', 'child', 'card-expired'];
  for (const [at, reason] of reasons.entries())
    visit(OTHER, { ...referred, visitId: `v-${at}`, entry: `e-${at}`, reason });
  const before = foldProgress(orderOf(reasons.map((_, at) => somebody(`e-${at}`))), records, NOW).order;
  for (const at of reasons.keys())
    visit(MINE, { visitId: `w-${at}`, entry: `e-${at}`, outcome: 'represented', reason: null });
  const isClosed = (from: readonly OpenedRecord[]) =>
    foldProgress(before, from, NOW).order.people.map(({ known }) => known?.referral?.closed?.by);
  expect(isClosed(records)).toEqual(['card', 'card', undefined]);
  // Also when the referral itself stands in no record any more.
  expect(isClosed(records.slice(3))).toEqual(['card', 'card', undefined]);
});

test('TB-MSG-177 captures are told for each station of the campaign; the list of each counts the others', () => {
  const { records, attempt } = chains();
  for (const station of [MINE, OTHER, OTHER]) attempt(station, S('a'));
  attempt(OTHER, S('a'), 'c-2');
  const order = orderOf([somebody('e-1', { subject: S('a') }), somebody('e-2', { subject: S('b'), attempts: 1 })]);
  const folded = foldProgress(order, [...records, ...records], NOW);
  expect(personOf(folded.order, 'e-1')).toMatchObject({ attempts: 2, attemptsBy: { [MINE]: 1, [OTHER]: 2 } });
  expect(personOf(folded.order, 'e-2')).toEqual(order.people[1]);
  const theirs = foldProgress({ ...order, station: OTHER }, records, NOW).order;
  expect(personOf(theirs, 'e-1')).toMatchObject({ attempts: 1, attemptsBy: { [MINE]: 1, [OTHER]: 2 } });
});

describe('TB-MSG-178 people who came without being on a list', () => {
  const walkIn = (entry: string, rest: object = {}) => ({
    ...{ entry, name: 'นางใหม่ มาเอง', village: '98010101', house: '7', needs: ['deaf', 'new-code'], campaign: 'c-1' },
    ...rest,
  });
  const ADDED = 'th.thuengban.roster.walk-in-added.v1';

  test('are on the list of their village from the next revision on, once, with what became of them', () => {
    const { records, say, visit } = chains();
    say(OTHER, ADDED, walkIn('walk-in-1'));
    say(OTHER, ADDED, walkIn('walk-in-2', { village: '98020202' }));
    say(OTHER, ADDED, walkIn('walk-in-3', { campaign: 'c-2' }));
    visit(OTHER, { entry: 'walk-in-1', subject: S('w'), outcome: 'verified' });
    const { order, counts } = foldProgress(orderOf([]), records, NOW);
    expect([order.people.length, counts.walkIns]).toEqual([1, 1]);
    expect(order.people[0]).toMatchObject({
      ...{ entry: 'walk-in-1', subject: S('w'), name: { given: 'นางใหม่', family: 'มาเอง' }, needs: ['deaf'] },
      known: { outcome: 'verified', station: OTHER },
    });
    expect(foldProgress(order, records, NOW).isChanged).toBe(false);
  });

  test('and turn out to be on it, or to have come twice, are one person', () => {
    const { records, say, visit } = chains();
    say(OTHER, ADDED, walkIn('walk-in-1'));
    say(MINE, ADDED, walkIn('walk-in-2'));
    visit(OTHER, { entry: 'walk-in-1', outcome: 'not-served', reason: 'not-at-home' });
    const before = foldProgress(orderOf([somebody('e-1', { subject: S('a') })]), records, NOW).order;
    expect(before.people.map(({ entry }) => entry)).toEqual(['e-1', 'walk-in-1', 'walk-in-2']);
    visit(MINE, { entry: 'walk-in-2', subject: S('a'), outcome: 'verified' });
    visit(OTHER, { entry: 'walk-in-1', subject: S('a'), outcome: 'verified', visitId: 'v-last' });
    const { order } = foldProgress(before, records, NOW);
    expect(order.people.map(({ entry }) => entry)).toEqual(['e-1']);
    expect(order.people[0]?.known).toMatchObject({ visitId: 'v-last', station: OTHER });
  });
});

test('TB-MSG-179 a consent that was taken back is told until it is given again', () => {
  const { records, say, visit } = chains();
  const WITHDRAWN = 'th.thuengban.consent.withdrawn.v1';
  const purpose = 'face-comparison';
  say(OTHER, WITHDRAWN, { entry: 'e-1', subject: null, purpose, campaign: 'c-1' });
  // Who is meant by an entry of another campaign, or of none, nobody knows.
  say(OTHER, WITHDRAWN, { entry: 'e-2', subject: null, purpose, campaign: 'c-2' });
  say(OTHER, WITHDRAWN, { entry: 'e-2', subject: null, purpose });
  const before = foldProgress(orderOf([somebody('e-1'), somebody('e-2')]), records, NOW).order;
  expect(before.people.map(({ withdrawn }) => withdrawn)).toEqual([
    [{ purpose, at: '2026-11-22T02:00:00.000Z' }],
    undefined,
  ]);
  const consent = { purpose, version: '1', given: true, how: 'touch', by: 'citizen' };
  visit(MINE, { entry: 'e-1', consents: [{ ...consent, witness: null, shown: null, language: 'th' }] });
  expect(personOf(foldProgress(before, records, NOW).order, 'e-1')).not.toHaveProperty('withdrawn');
});
