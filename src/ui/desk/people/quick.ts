import type { DeskChoice } from '../../../kiosk/desk-protocol.ts';

/** What an outcome without a card is called on its button. */
export type Why =
  | Extract<DeskChoice, { kind: 'not-served' }>['reason']
  | Extract<DeskChoice, { kind: 'referred' }>['reason']
  | 'declined';

const NOT_SERVED = ['not-at-home', 'in-hospital', 'moved', 'deceased', 'refused-visit'] as const;

/** On the person's page, the most frequent first. */
export const QUICK = [...NOT_SERVED, 'no-card', 'child', 'declined'] as const satisfies readonly Why[];

/** What may end a visit with a card in the reader. */
export const ENDING = [
  'card-expired',
  'card-cancelled',
  'card-damaged',
  'card-unreadable',
  'not-thai-id',
  'refused-visit',
  'declined',
] as const satisfies readonly Why[];

export function choiceOf(why: Why): DeskChoice {
  if (why === 'declined') return { kind: 'declined' };
  const reason = NOT_SERVED.find((one) => one === why);
  if (reason) return { kind: 'not-served', reason };
  return { kind: 'referred', reason: why as Extract<DeskChoice, { kind: 'referred' }>['reason'] };
}

/** Whether a day to come again can be chosen. */
export function mayBeDated(why: Why): boolean {
  return why === 'not-at-home' || why === 'in-hospital' || why === 'no-card' || why === 'child';
}

const CARD_PROBLEMS = [
  'card-expired',
  'card-cancelled',
  'card-damaged',
  'card-unreadable',
  'card-photo-unreadable',
  'not-thai-id',
] as const;

/** The drawing beside a reason: the card for all that is wrong with it, else the reason's own. */
export function iconOf(why: Why): Exclude<Why, (typeof CARD_PROBLEMS)[number]> | 'card' {
  const problem = CARD_PROBLEMS.find((one) => one === why);
  return problem ? 'card' : (why as Exclude<Why, (typeof CARD_PROBLEMS)[number]>);
}
