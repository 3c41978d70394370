/** Thailand has kept UTC+7 without summer time since 1920. */
const OFFSET_MS = 7 * 3_600_000;

/** The calendar day in Thailand, `YYYY-MM-DD`. @param at a moment, as text RFC 3339 */
export function bangkokDay(at: Date | string): string {
  return new Date(new Date(at).getTime() + OFFSET_MS).toISOString().slice(0, 10);
}
