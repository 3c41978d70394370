/** Thailand has one time zone and no summer time (UTC+7). */
const ZONE_MS = 7 * 3_600_000;

/** The day in Thailand on which something happened, `YYYY-MM-DD`. */
export function dayOf(at: string): string {
  return new Date(Date.parse(at) + ZONE_MS).toISOString().slice(0, 10);
}
