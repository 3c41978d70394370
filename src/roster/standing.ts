import { REASON_WORDS, type ReasonCode, type Words } from '../visit/reasons.ts';
import type { NextStepId, OutcomeKind, ReferralReason } from '../visit/types.ts';
import { closesReferral } from './closes-referral.ts';
import { hasWithdrawn } from './consents.ts';
import type { BookedVisit, FieldBook } from './field-book.ts';
import type { ReferralNeeds } from './field-event.ts';
import type { EntryState, PastOutcome, Referral } from './lines.ts';
import type { KnownOutcome } from './order.ts';
import type { Person } from './people.ts';

/** Where somebody stands: what was last recorded here or told by the server, whichever is newer. */
export interface Standing {
  readonly state: EntryState;
  readonly last: PastOutcome | null;
  /** By when the team has to be there: of the last next step, else of the list. */
  readonly due: string | null;
  readonly referral: Referral | null;
}

/** Reasons for which somebody needs a new card before anything else. */
const CARD_REASONS: ReadonlySet<string> = new Set([
  'card-expired',
  'card-cancelled',
  'card-damaged',
  'card-unreadable',
  'card-photo-unreadable',
  'no-card',
] satisfies ReferralReason[]);
/** After these nobody goes there again by itself. */
const ENDS: ReadonlySet<string> = new Set(['all-done', 'may-come-back', 'register-is-updated'] satisfies NextStepId[]);

const SERVED: ReadonlySet<OutcomeKind> = new Set(['verified', 'confirmed-by-officer', 'represented']);

/**
 * What was done stays done: a house where nobody was at home later, or a form of before that is entered late, brings no team back.
 * @param today `YYYY-MM-DD`
 */
export function standingOf(person: Person, book: FieldBook, today: string): Standing {
  const standing = afterLast(person, book, today);
  if (!standing.last || standing.state === 'served' || standing.state === 'closed') return standing;
  const done = doneBefore(person, book);
  if (done) return { state: 'served', last: done, due: null, referral: standing.referral };
  return person.isStruckOff ? { ...standing, state: 'closed', due: null } : standing;
}

/** The newest outcome that served somebody and still stands, here or as told of the same campaign. */
function doneBefore(person: Person, book: FieldBook): PastOutcome | undefined {
  const isDone = (outcome: OutcomeKind, representation: Parameters<typeof isRevoked>[0]) =>
    SERVED.has(outcome) && !isRevoked(representation, book);
  const visit = book.visitsOf(person).findLast((one) => isDone(one.outcome, one.representation));
  if (visit) return recorded(visit);
  const campaign = person.listed[0]?.list.order.campaign;
  const known = person.listed
    .flatMap(({ list, person: listed }) => (list.order.campaign === campaign ? (listed.known ?? []) : []))
    .find((one) => isDone(one.outcome, one.representation) && !book.visit(one.visitId));
  return known && told(known);
}

function afterLast(person: Person, book: FieldBook, today: string): Standing {
  const visit = book.lastOf(person);
  const known = newestKnown(person, book);
  const isTold = known !== undefined && (!visit || known.at > visit.at);
  const last = isTold ? told(known) : visit ? recorded(visit) : null;
  const referral = referralOf(person, book, visit, known);
  // What was done before stays done (PDPA section 19); what is left is not asked for again by a team that comes by itself.
  if (hasWithdrawn(person, book) && !(last && SERVED.has(last.outcome)))
    return { state: 'closed', last, due: null, referral };
  if (!last) return openState(person.due, null, referral, today);
  switch (last.outcome) {
    case 'represented':
      // Nobody acts for them any more: somebody has to go there again.
      if (isTold ? isRevoked(known.representation, book) : visit && isRevoked(visit.representation, book)) break;
      return { state: 'served', last, due: null, referral };
    case 'verified':
    case 'confirmed-by-officer':
      return { state: 'served', last, due: null, referral };
    case 'declined':
      return { state: 'closed', last, due: null, referral };
    case 'not-served':
      if (ENDS.has(last.nextStep.id)) return { state: 'closed', last, due: null, referral };
      break;
    case 'referred':
      if (referral && !referral.closed && CARD_REASONS.has(referral.reason.code))
        return { state: 'new-card', last, due: last.nextStep.due, referral };
      // A referral that is done brings the team back.
      if (referral?.closed) return openState(person.due, last, referral, today);
      break;
    case 'undetermined':
      break;
  }
  return openState(last.nextStep.due ?? person.due, last, referral, today);
}

function openState(due: string | null, last: PastOutcome | null, referral: Referral | null, today: string): Standing {
  return { state: due !== null && due <= today ? 'due-today' : 'left', last, due, referral };
}

/** The server's newest word, unless it is about a visit that was recorded here: then this station knows better. */
function newestKnown(person: Person, book: FieldBook): KnownOutcome | undefined {
  let newest: KnownOutcome | undefined;
  for (const { person: listed } of person.listed) {
    const { known } = listed;
    if (known && (!newest || known.at > newest.at) && !book.visit(known.visitId)) newest = known;
  }
  return newest;
}

/** The newest referral, of this station or another; closed by a card, an officer or the server's word. */
function referralOf(
  person: Person,
  book: FieldBook,
  visit: BookedVisit | undefined,
  known: KnownOutcome | undefined,
): Referral | null {
  const own = visit && book.referralOf(person);
  if (!visit && !person.listed.some(({ person: { known: one } }) => one?.referral)) return null;
  const toldOf = person.listed.flatMap(({ person: { known: one } }) => (one?.referral ? [one.referral] : []));
  const newestTold = toldOf.sort((a, b) => (a.since < b.since ? 1 : -1))[0];
  if (own && (!newestTold || newestTold.since <= own.visit.at || newestTold.visitId === own.visit.visitId)) {
    const word = toldOf.find(({ visitId }) => visitId === own.visit.visitId)?.closed ?? null;
    const isServedSince =
      known !== undefined && known.at > own.visit.at && closesReferral(known.outcome, own.visit.reason);
    const closed =
      own.closed ??
      (word ? { at: word.at, by: closer(word.by) } : null) ??
      (isServedSince ? { at: known.at, by: 'card' as const } : null);
    const code = (own.visit.reason ?? 'card-unreadable') as ReferralReason;
    return {
      visitId: own.visit.visitId,
      reason: { code, words: wordsOf(code) },
      since: own.visit.at,
      ...own.needs,
      closed,
    };
  }
  if (!newestTold) return null;
  const served = book
    .visitsOf(person)
    .find(({ at, outcome }) => at > newestTold.since && closesReferral(outcome, newestTold.reason));
  const code = newestTold.reason as ReferralReason;
  return {
    visitId: newestTold.visitId,
    reason: { code, words: wordsOf(code) },
    since: newestTold.since,
    ...book.needsOf(newestTold.visitId, toldNeeds(newestTold.needs)),
    closed: newestTold.closed
      ? { at: newestTold.closed.at, by: closer(newestTold.closed.by) }
      : (book.closingOf(newestTold.visitId) ?? (served ? { at: served.at, by: 'card' } : null)),
  };
}

/** A way to travel that this program does not know is planned for: a ride too many harms nobody. */
function toldNeeds(needs: NonNullable<KnownOutcome['referral']>['needs']): ReferralNeeds | undefined {
  if (!needs) return undefined;
  const transport = TRANSPORT.find((one) => one === needs.transport) ?? 'needs-ride';
  return { ...needs, transport };
}
const TRANSPORT = ['own', 'needs-ride', 'cannot-travel'] as const;

function isRevoked(
  of: { readonly id: string; readonly isRevoked?: boolean } | null | undefined,
  book: FieldBook,
): boolean {
  return of?.isRevoked === true || book.isRevoked(of?.id ?? '');
}

function closer(by: string): 'card' | 'server' | 'officer' {
  return by === 'card' || by === 'officer' ? by : 'server';
}

/** A visit of this station as it is shown. */
export function recorded(visit: BookedVisit): PastOutcome {
  const { visitId, at, outcome, reason, nextStep, receipt } = visit;
  return { visitId, at, outcome, reason: reasonOf(reason), nextStep, receipt, isElsewhere: false };
}

function told({ visitId, at, outcome, reason, nextStep, receipt }: KnownOutcome): PastOutcome {
  // A newer server may know steps that this program does not: they are shown by their code.
  const step = { ...nextStep, id: nextStep.id as NextStepId };
  return { visitId, at, outcome, reason: reasonOf(reason), nextStep: step, receipt, isElsewhere: true };
}

function reasonOf(code: string | null): PastOutcome['reason'] {
  return code === null ? null : { code, words: wordsOf(code) };
}

function wordsOf(code: string): Words {
  return Object.hasOwn(REASON_WORDS, code) ? REASON_WORDS[code as ReasonCode] : { th: code, en: code };
}
