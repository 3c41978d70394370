import { addDays } from '../../src/roster/order.ts';
import { bangkokDay } from '../../src/shared/bangkok-day.ts';

/** Minutes after midnight in Thailand at which a day begins. */
const STARTS_AT = 'T09:00:00+07:00';
/** A played day takes minutes; a day that began so long ago holds nothing of the future. */
const LONGEST_DAY_MS = 6 * 3_600_000;

/** Days of a campaign that is over now, the first one first. */
export function campaignDays(count: number, now: Date): readonly string[] {
  const today = bangkokDay(now);
  const last = Date.parse(`${today}${STARTS_AT}`) + LONGEST_DAY_MS <= now.getTime() ? today : addDays(today, -1);
  return Array.from({ length: count }, (_, index) => addDays(last, index + 1 - count));
}

/** By how much a clock has to differ from the machine's so that the day begins now. */
export const offsetTo = (day: string, now: Date): number => Date.parse(`${day}${STARTS_AT}`) - now.getTime();
