import { randomBytes } from 'node:crypto';
import type { Ask, DeskStatus, Printable, Refusal, Scanned } from '../kiosk/desk-protocol.ts';
import type { Right } from '../staff/member.ts';
import { dayAsks } from './asks-day.ts';
import { formAsks } from './asks-forms.ts';
import { paperAsks } from './asks-paper.ts';
import { peopleAsks } from './asks-people.ts';
import { representativeAsks } from './asks-representative.ts';
import { sessionOf, teamAsks } from './asks-team.ts';
import { visitAsks } from './asks-visit.ts';
import type { DeskContext, Handler, Handlers } from './context.ts';
import { operatorVisit } from './operator-visit.ts';
import { refuse } from './refusals.ts';

const HANDLERS: Handlers<Ask['do']> = {
  ...peopleAsks,
  ...visitAsks,
  ...representativeAsks,
  ...teamAsks,
  ...dayAsks,
  ...paperAsks,
  ...formAsks,
};

/** What each ask needs: `open` = nobody has to be signed in, `any` = somebody. */
const NEEDS: Readonly<Record<Ask['do'], Right | 'open' | 'any'>> = {
  staff: 'open',
  'sign-in': 'open',
  'sign-out': 'open',
  'still-here': 'any',
  overview: 'visits',
  village: 'visits',
  find: 'visits',
  person: 'visits',
  'add-walk-in': 'visits',
  expect: 'visits',
  'expect-representative': 'visits',
  record: 'visits',
  // The officer proves who they are with the answer itself; the desk is open for one of them.
  decide: 'any',
  plan: 'visits',
  'capture-again': 'visits',
  consent: 'visits',
  'end-visit': 'visits',
  form: 'visits',
  'record-form': 'visits',
  // Whoever enters the form is signed in; both officers prove who they are with their answers.
  'decide-form': 'visits',
  'spoil-form': 'visits',
  'take-over': 'any',
  'photograph-mandate': 'visits',
  referrals: 'visits',
  refer: 'visits',
  'close-referral': 'visits',
  'batch-day': 'visits',
  'revoke-representation': 'visits',
  'withdraw-consent': 'visits',
  attend: 'visits',
  team: 'any',
  explain: 'any',
  explained: 'visits',
  day: 'day',
  'open-day': 'day',
  'close-day': 'day',
  print: 'any',
  export: 'day',
  sticks: 'orders',
  'import-orders': 'orders',
  'verify-receipt': 'any',
};

/** What names people, or counts what was done for them, is printed by those who may see it. */
const PRINT_NEEDS: Readonly<Record<Printable['kind'], Right | 'any'>> = {
  receipt: 'visits',
  referrals: 'visits',
  'day-report': 'day',
  'explain-slip': 'any',
  'line-friend': 'any',
};

/** Whoever asks this stands with the person; a yes that they read out leads on to the camera. */
const endsOrAnswers = (ask: Ask): boolean =>
  ['end-visit', 'take-over', 'decide'].includes(ask.do) || (ask.do === 'consent' && !ask.given);

/** The operators' desk: every ask is answered, with what was asked for, with done, or with why not. */
export class Desk {
  readonly #context: DeskContext;
  readonly #onChange: () => void;
  #pictures = { visitId: '', token: '' };
  #scanned: DeskStatus['scanned'] = null;
  /** Who has ended a visit or answered in it. */
  #there: { readonly visitId: string; readonly staff: string | undefined } | undefined;

  constructor(context: DeskContext, onChange: () => void) {
    this.#context = context;
    this.#onChange = onChange;
  }

  /** What the operator's page always shows; nothing of a person while nobody is signed in. */
  status(): DeskStatus {
    const { lock, people, paper, parts, now, today, signInHint } = this.#context;
    const member = lock.signedIn;
    const clock = parts().find(({ part }) => part === 'clock');
    return {
      session: member && sessionOf(member, lock.idleMs),
      visit: member && this.#isAllowed('visits') ? operatorVisit(this.#context, this.#token()) : null,
      scanned: this.#scannedNow(),
      day: people.dayState(today()),
      printer: paper.printer(),
      hasOrders: people.hasOrders(),
      isStaffThere: member !== null && this.#there?.staff === member.id && this.#there.visitId === this.#visitId(),
      ...(signInHint ? { signInHint } : {}),
      clock: { isSynced: clock?.state === 'ready', at: now().toISOString() },
    };
  }

  async ask(ask: Ask): Promise<unknown> {
    const refusal = this.#mayAsk(ask.do === 'print' ? PRINT_NEEDS[ask.what.kind] : NEEDS[ask.do]);
    if (refusal) return refusal;
    if (ask.do !== 'still-here' && ask.do !== 'staff') this.#context.lock.touch();
    const visitId = this.#visitId();
    const answer = await (HANDLERS[ask.do] as Handler<Ask['do']>)(ask, this.#theirs());
    if (!('refused' in answer)) this.#comes(ask, visitId);
    this.#onChange();
    return answer;
  }

  /** The citizen has seen what the programme is, on their own screen. */
  async explained(): Promise<void> {
    const { field, people } = this.#context;
    const subject = field.card?.subject;
    const entry = subject === undefined ? null : (people.entryOf(subject) ?? null);
    await peopleAsks.explained({ do: 'explained', entry, how: 'pictures' }, this.#context);
  }

  /** One picture of the visit in progress, for whoever has this visit's token while somebody is signed in. */
  picture(token: string, which: 'card' | 'probe'): Uint8Array | undefined {
    const isThis = token === this.#token() && this.#context.visit.state().phase === 'decided';
    return isThis && this.#isAllowed('visits') ? this.#context.visit.pictures()[which] : undefined;
  }

  /** Something was held before the scanner. */
  scanned(what: Scanned): void {
    this.#scanned = { at: this.#context.now().toISOString(), what };
    this.#onChange();
  }

  /** Whose rights are areas or programmes looks up and records people of these. Whoever puts a card in is served by everybody. */
  #theirs(): DeskContext {
    const { people, lock } = this.#context;
    return { ...this.#context, people: people.within(lock.signedIn) };
  }

  /** What leads to a person is forgotten with whoever it was for: the next one to sign in is not led there. */
  #scannedNow(): DeskStatus['scanned'] {
    const what = this.#scanned?.what;
    const { signedIn } = this.#context.lock;
    if ((what?.kind === 'person' && !this.#isAllowed('visits')) || (what?.kind === 'receipt' && !signedIn))
      this.#scanned = null;
    return this.#scanned;
  }

  #mayAsk(needs: Right | 'open' | 'any'): Refusal | undefined {
    if (needs === 'open') return undefined;
    if (!this.#context.lock.signedIn) return refuse('sign-in-first');
    return needs === 'any' || this.#isAllowed(needs) ? undefined : refuse('no-right');
  }

  #isAllowed(right: Right): boolean {
    const { lock, today } = this.#context;
    return lock.signedIn !== null && lock.mayActNow(lock.signedIn, right, today());
  }

  #comes(ask: Ask, visitId: string): void {
    if (ask.do === 'capture-again') this.#there = undefined;
    if (endsOrAnswers(ask) && visitId !== '') this.#there = { visitId, staff: this.#context.lock.signedIn?.id };
  }

  /** Of the visit in progress; `''` = there is none. */
  #visitId(): string {
    const state = this.#context.visit.state();
    return 'visitId' in state ? state.visitId : '';
  }

  /** A token for each visit: a picture's address of the visit before leads nowhere. */
  #token(): string {
    const visitId = this.#visitId();
    if (this.#pictures.visitId !== visitId) this.#pictures = { visitId, token: randomBytes(18).toString('base64url') };
    return this.#pictures.token;
  }
}
