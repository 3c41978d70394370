import type { OutcomeKind } from '../visit/types.ts';

/** What somebody who acts for another puts right: a card of one's own is still needed. */
const BY_REPRESENTATIVE: ReadonlySet<string> = new Set(['representative-card-expired', 'child']);

/** Whether an outcome that comes after a referral leaves nothing of it to be done. @param reason of the referral */
export function closesReferral(outcome: OutcomeKind, reason: string | null): boolean {
  return outcome === 'verified' || (outcome === 'represented' && BY_REPRESENTATIVE.has(reason ?? ''));
}
