import type { Language } from '../../visit/types.ts';

/** Everybody here lives by one clock, whatever the machine is set to; Thailand has no summer time. */
const ZONE = { timeZone: 'Asia/Bangkok' } as const;
const DAY_MS = 86_400_000;
const ZONE_MS = 7 * 3_600_000;

const locale = (language: Language) => (language === 'th' ? 'th-TH' : 'en-GB');

/** `2026-11-22` or RFC 3339 as a short date, e.g. `22 พ.ย. 2569`; the text itself when it is none. */
export function dateText(iso: string, language: Language): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleDateString(locale(language), { ...ZONE, day: 'numeric', month: 'short', year: 'numeric' });
}

/** As `dateText`, without the year. */
export function monthDayText(day: string, language: Language): string {
  return new Date(day).toLocaleDateString(locale(language), { ...ZONE, day: 'numeric', month: 'short' });
}

/** As `monthDayText`, with the day of the week. */
export function dayText(day: string, language: Language): string {
  const weekday = new Date(day).toLocaleDateString(locale(language), { ...ZONE, weekday: 'short' });
  return `${weekday} ${monthDayText(day, language)}`;
}

/** Hour and minute of an RFC 3339 time; the text itself when it is none. */
export function timeText(iso: string, language: Language): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleTimeString(locale(language), { ...ZONE, hour: '2-digit', minute: '2-digit' });
}

/** The day so many days after that of `at`, `YYYY-MM-DD`. @param at RFC 3339 or a day; the page's own clock when it is neither */
export function dayAfter(at: string, days: number): string {
  const from = Date.parse(at);
  return new Date((Number.isNaN(from) ? Date.now() : from) + ZONE_MS + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from that of `at` to `last`, both included; less than one when `last` is over. */
export function daysUpTo(at: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(dayAfter(at, 0))) / DAY_MS) + 1;
}
