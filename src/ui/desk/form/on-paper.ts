import type { FormChoice, PaperReason } from '../../../kiosk/desk-protocol.ts';
import { choiceOf, QUICK, type Why } from '../people/quick.ts';

/** What a form says that needs no officer, as it is called on its button. */
export type FormWhy = Why | 'no-answer';

export const ON_PAPER = [
  ...QUICK,
  'card-expired',
  'card-cancelled',
  'card-damaged',
  'card-unreadable',
  'not-thai-id',
  'no-answer',
] as const satisfies readonly FormWhy[];

/** Why two officers looked without the machine. */
export const PAPER_REASONS = [
  'camera-unavailable',
  'engine-failed',
  'staff-called',
  'biometric-declined',
] as const satisfies readonly PaperReason[];

export function formChoiceOf(why: FormWhy): FormChoice {
  return why === 'no-answer' ? { kind: 'undetermined', reason: why } : choiceOf(why);
}
