import type { WorkOrder } from '../contract/orders.ts';
import { bangkokDay } from '../shared/bangkok-day.ts';
import { type OpenedRecord, type Said, type SaidRecords, sortRecords } from './progress-records.ts';
import { peopleOfRepresentatives } from './representatives.ts';
import { whoIsWho } from './who-is-who.ts';

type Listed = WorkOrder['people'][number];
type Known = NonNullable<Listed['known']>;

/** What of a list has changed, in people. */
export interface ProgressCounts {
  readonly people: number;
  /** With a newer outcome, or another word on their referral or representative. */
  readonly known: number;
  readonly attempts: number;
  readonly walkIns: number;
}

/**
 * Folds what all stations of a campaign have done into the next revision of one station's list: last outcomes, referrals, captures,
 * consents that were taken back, and people who came without being on it.
 * @param now RFC 3339, when the revision is issued
 * @returns the same order, and zeros, when there is nothing to tell
 */
export function foldProgress(
  order: WorkOrder,
  records: readonly OpenedRecord[],
  now: string,
): { readonly order: WorkOrder; readonly isChanged: boolean; readonly counts: ProgressCounts } {
  const said = campaignOnly(sortRecords(records), order);
  const { people, keyOf } = whoIsWho(order, said);
  const superseded = new Set(said.visit.flatMap(({ data }) => data.supersedes ?? []));
  const counted = said.visit.filter(({ id }) => !superseded.has(id));
  const visits = Map.groupBy(counted, ({ data }) => keyOf(data.entry ?? null, data.subject));
  const attempts = Map.groupBy(said.attempt, ({ data }) => keyOf(null, data.subject));
  const withdrawals = Map.groupBy(said.withdrawal, ({ data }) => keyOf(data.entry, data.subject));
  const peopleBy = peopleOfRepresentatives(counted, said.revocation, keyOf, bangkokDay(now));
  const told = people.map((person): Listed => {
    const { attemptsBy: before, withdrawn: earlier, ...rest } = person;
    const attemptsBy = captures(before, attempts.get(person.entry) ?? []);
    const withdrawn = takenBack(earlier, visits.get(person.entry) ?? [], withdrawals.get(person.entry) ?? []);
    return {
      ...rest,
      known: countPeople(knownOf(person.known, visits.get(person.entry) ?? [], said), peopleBy),
      attempts: attemptsBy ? elsewhere(attemptsBy, order.station) : person.attempts,
      ...(attemptsBy ? { attemptsBy } : {}),
      ...(withdrawn.length > 0 ? { withdrawn } : {}),
    };
  });
  const before = new Map(order.people.map((person) => [person.entry, person]));
  const changed = (of: (person: Listed) => unknown) =>
    told.filter((person) => {
      const was = before.get(person.entry);
      return was !== undefined && JSON.stringify(of(was)) !== JSON.stringify(of(person));
    }).length;
  const isChanged = JSON.stringify(told) !== JSON.stringify(order.people);
  return {
    order: isChanged ? { ...order, rev: order.rev + 1, issuedAt: now, people: told } : order,
    isChanged,
    counts: {
      people: told.length,
      known: changed(({ known }) => known),
      attempts: changed(({ attemptsBy }) => attemptsBy),
      walkIns: told.filter(({ entry }) => !before.has(entry)).length,
    },
  };
}

/** Entries are names within a programme: what another one says of the same name is of somebody else. */
function campaignOnly(said: SaidRecords, { programme, campaign }: WorkOrder): SaidRecords {
  return {
    ...said,
    visit: said.visit.filter(({ data }) => data.programme === programme && data.campaign === campaign),
    attempt: said.attempt.filter(({ data }) => data.campaign === campaign),
    // An older station names no campaign: then only the pseudonym says of whom it is.
    withdrawal: said.withdrawal
      .filter(({ data }) => data.campaign === undefined || data.campaign === campaign)
      .map((one) => (one.data.campaign === undefined ? { ...one, data: { ...one.data, entry: null } } : one)),
  };
}

/** The last of each chain by its place, since a clock may be wrong; of those the newest, since chains have nothing else in common. */
function newest(visits: readonly Said<'visit'>[]): Said<'visit'> | undefined {
  const lasts = Map.groupBy(visits, ({ station, epoch }) => `${station} ${epoch}`).values();
  return [...lasts]
    .flatMap((chain) => chain.toSorted((a, b) => a.seq - b.seq).at(-1) ?? [])
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
}

function isLater(one: Said<'visit'>, than: Said<'visit'>): boolean {
  return one.station === than.station && one.epoch === than.epoch ? one.seq > than.seq : one.at > than.at;
}

const SERVED: ReadonlySet<string> = new Set(['verified', 'confirmed-by-officer', 'represented']);
/** Outcomes that bring a team back, and undo nothing that was done before. */
const OPEN: ReadonlySet<string> = new Set(['referred', 'not-served', 'undetermined']);

type Outcome = Pick<Known, 'outcome' | 'at'> & {
  readonly representation?: { readonly id: string; readonly isRevoked?: boolean } | null | undefined;
};

/** Whether somebody is served by it, and nobody has taken the mandate back. */
function isDone({ outcome, representation: of }: Outcome, { revocation }: SaidRecords): boolean {
  return SERVED.has(outcome) && of?.isRevoked !== true && !revocation.some(({ data }) => data.id === of?.id);
}

/** Whether an outcome takes the place of another: the later one, unless it would undo what was done. */
function counts(one: Outcome, than: Outcome, said: SaidRecords): boolean {
  if (OPEN.has(one.outcome) && isDone(than, said)) return false;
  return (OPEN.has(than.outcome) && isDone(one, said)) || one.at >= than.at;
}

function knownOf(before: Known | null, visits: readonly Said<'visit'>[], said: SaidRecords): Known | null {
  const newer = newest(visits);
  const served =
    OPEN.has(newer?.data.outcome ?? '') && newest(visits.filter(({ data }) => isDone({ ...data, at: '' }, said)));
  const last = served || newer;
  const referral = referralOf(before, visits, said);
  // What was told before and stands in no record any more is still true.
  if (!last || (before && !counts({ ...last.data, at: last.at }, before, said)))
    return before && { ...before, referral, ...representationOf(before.representation, said) };
  const { data } = last;
  const { representation } = data;
  return {
    visitId: data.visitId,
    outcome: data.outcome,
    reason: data.reason,
    at: last.at,
    station: last.station,
    receipt: data.receipt ?? '',
    nextStep: { id: data.nextStep, where: data.nextStepAt?.where ?? null, due: data.nextStepAt?.due ?? null },
    referral,
    ...representationOf(representation ? { ...representation, isRevoked: false } : undefined, said),
  };
}

function representationOf(of: Known['representation'], { revocation }: SaidRecords): Pick<Known, 'representation'> {
  if (!of) return {};
  const { id, relation, until, people } = of;
  const isRevoked = of.isRevoked || revocation.some(({ data }) => data.id === id);
  return { representation: { id, relation, until, isRevoked, ...(people ? { people } : {}) } };
}

/** Says for how many people a representative stands; what was told before stays where no record says whose mandate it is. */
function countPeople(known: Known | null, peopleBy: (id: string) => number | undefined): Known | null {
  const counted = known?.representation && peopleBy(known.representation.id);
  if (!known?.representation || counted === undefined) return known;
  const { people: _, ...representation } = known.representation;
  return { ...known, representation: { ...representation, ...(counted > 0 ? { people: counted } : {}) } };
}

/** Whether an outcome leaves nothing to be done of a referral before it: who acts for somebody makes up for their own card only. */
function closesReferral(outcome: string, reason: string | null): boolean {
  const isTheirs = reason === 'representative-card-expired' || reason === 'child';
  return outcome === 'verified' || (outcome === 'represented' && isTheirs);
}

function referralOf(before: Known | null, visits: readonly Said<'visit'>[], said: SaidRecords): Known['referral'] {
  const told = before?.referral ?? null;
  const last = newest(visits.filter(({ data }) => data.outcome === 'referred'));
  const closedBy = (reason: string | null, isSince: (one: Said<'visit'>) => boolean) => {
    const served = visits.find((one) => closesReferral(one.data.outcome, reason) && isSince(one));
    return served ? { at: served.at, by: 'card' } : null;
  };
  if (!last || (told && told.since > last.at)) {
    if (!told || told.closed) return told;
    return { ...told, closed: closing(told, said) ?? closedBy(told.reason, ({ at }) => at > told.since) };
  }
  const { visitId, reason } = last.data;
  const needs = said.needs.findLast(({ data }) => data.visitId === visitId)?.data.needs;
  return {
    visitId,
    reason: reason ?? 'card-unreadable',
    since: last.at,
    closed: closing({ visitId }, said) ?? closedBy(reason, (one) => isLater(one, last)),
    ...(needs ? { needs } : {}),
  };
}

function closing({ visitId }: { readonly visitId: string }, said: SaidRecords) {
  const one = said.closing.find(({ data }) => data.visitId === visitId);
  return one ? { at: one.at, by: one.data.by } : null;
}

/** Captures by station; of a station that forgot its journal the server still knows the more. */
function captures(before: Listed['attemptsBy'], used: readonly Said<'attempt'>[]): Listed['attemptsBy'] {
  const now = Map.groupBy(used, ({ station }) => station);
  const stations = [...new Set([...Object.keys(before ?? {}), ...now.keys()])].sort();
  if (stations.length === 0) return undefined;
  const most = (station: string) => Math.max(before?.[station] ?? 0, now.get(station)?.length ?? 0);
  return Object.fromEntries(stations.map((station) => [station, most(station)]));
}

function elsewhere(attemptsBy: NonNullable<Listed['attemptsBy']>, own: string): number {
  return Object.entries(attemptsBy).reduce((sum, [station, used]) => (station === own ? sum : sum + used), 0);
}

/** The last time that each consent was taken back, unless it was given again since. */
function takenBack(
  before: Listed['withdrawn'],
  visits: readonly Said<'visit'>[],
  withdrawals: readonly Said<'withdrawal'>[],
): NonNullable<Listed['withdrawn']> {
  const last = new Map<string, string>();
  const all = [...(before ?? []), ...withdrawals.map(({ at, data: { purpose } }) => ({ purpose, at }))];
  for (const { purpose, at } of all) if (at > (last.get(purpose) ?? '')) last.set(purpose, at);
  const isGivenSince = (purpose: string, at: string) =>
    visits.some(
      (visit) => visit.at > at && visit.data.consents?.some((one) => one.purpose === purpose && one.given) === true,
    );
  return [...last]
    .map(([purpose, at]) => ({ purpose, at }))
    .filter(({ purpose, at }) => !isGivenSince(purpose, at))
    .sort((a, b) => (a.purpose < b.purpose ? -1 : 1));
}
