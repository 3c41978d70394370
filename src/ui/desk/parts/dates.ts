import type { Language } from '../../../visit/types.ts';

const locale = (language: Language) => (language === 'th' ? 'th-TH' : 'en-GB');

/** `2026-11-22` or RFC 3339 as a short date, e.g. `22 พ.ย. 2569`; the text itself when it is none. */
export function dateText(iso: string, language: Language): string {
  const date = new Date(iso.length === 10 ? `${iso}T12:00:00` : iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleDateString(locale(language), { day: 'numeric', month: 'short', year: 'numeric' });
}

/** As `dateText`, without the year. */
export function monthDayText(day: string, language: Language): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString(locale(language), { day: 'numeric', month: 'short' });
}

/** As `monthDayText`, with the day of the week. */
export function dayText(day: string, language: Language): string {
  const weekday = new Date(`${day}T12:00:00`).toLocaleDateString(locale(language), { weekday: 'short' });
  return `${weekday} ${monthDayText(day, language)}`;
}

export function timeText(iso: string, language: Language): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleTimeString(locale(language), { hour: '2-digit', minute: '2-digit' });
}

/** The day `days` after `today`, as `YYYY-MM-DD` in the station's own time zone. @param today RFC 3339 or a day */
export function dayAfter(today: string, days: number): string {
  const date = new Date(today.length === 10 ? `${today}T12:00:00` : today);
  date.setDate(date.getDate() + days);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
