import { expiryVerdict } from '../peripherals/card/expiry.ts';
import type { ThaiIdText } from '../peripherals/card/thai-id-card.ts';
import type { Clock } from '../shared/clock.ts';
import type { CardSummary } from '../visit/types.ts';

const YEAR_MS = 365.25 * 86_400_000;

/** What a visit needs to know of a card. @param floor a moment that is certainly past */
export function summaryOf(text: ThaiIdText, clock: Clock, floor: Date): CardSummary {
  const now = clock.now();
  const issued = text.issueDate === undefined ? undefined : Date.parse(text.issueDate);
  const years = issued === undefined ? undefined : Math.floor((now.getTime() - issued) / YEAR_MS);
  return { validity: expiryVerdict(text, now, clock.state, floor), ageYears: years };
}
