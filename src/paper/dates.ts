const ZONE = 'Asia/Bangkok';
const thai = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', { dateStyle: 'long', timeZone: ZONE });
const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: ZONE });
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: ZONE });

/** A day in both languages, e.g. `30 พฤศจิกายน 2569 · 30 November 2026`. @param at RFC 3339, or `YYYY-MM-DD` */
export function dayText(at: string): string {
  // A day without a time is that day in Thailand, wherever the program runs.
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(at) ? `${at}T12:00:00+07:00` : at);
  return `${thai
    .format(date)
    .replace(/^.*?(\d)/, '$1')
    .replace(/พ\.ศ\. ?/, '')} · ${english.format(date)}`;
}

/** e.g. `09:05` in Thailand. */
export function timeText(at: string): string {
  return clock.format(new Date(at));
}
