/** A calendar day, `YYYY-MM-DD`, Common Era. */
export type IsoDay = string;

/** A date of birth as exact as the registry knows it. Missing parts are never made up. */
export type BirthDate =
  | { readonly kind: 'day'; readonly date: IsoDay; readonly year: number; readonly month: number }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'invalid' };

/** The day after which the card is no longer valid; lifetime cards have none. */
export type Expiry = { readonly kind: 'date'; readonly date: IsoDay } | { readonly kind: 'lifetime' };

/** The chip counts years in the Buddhist era. */
const BUDDHIST_ERA = 543;

/** Parses the chip's `YYYYMMDD` (Buddhist era); month and day may be `00`, as for many people born before 1960. */
export function parseBirthDate(text: string): BirthDate {
  if (/^[0 -]*$/.test(text)) return { kind: 'absent' };
  if (!/^[0-9]{8}$/.test(text)) return { kind: 'invalid' };
  const year = Number(text.slice(0, 4)) - BUDDHIST_ERA;
  const month = Number(text.slice(4, 6));
  const day = Number(text.slice(6, 8));
  if (year < 1850 || year > 2200 || month > 12) return { kind: 'invalid' };
  if (month === 0) return { kind: 'year', year };
  if (day === 0) return { kind: 'month', year, month };
  const date = `${year}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const isReal = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(date);
  return isReal ? { kind: 'day', date, year, month } : { kind: 'invalid' };
}

/** Parses a date that must be whole; `undefined` when it is not. */
export function parseChipDay(text: string): IsoDay | undefined {
  const parsed = parseBirthDate(text);
  return parsed.kind === 'day' ? parsed.date : undefined;
}

/** Parses the expiry: the year 9999 (`99999999`) is a lifetime card; `undefined` when it is neither that nor a date. */
export function parseExpiry(text: string): Expiry | undefined {
  if (/^9999[0-9]{4}$/.test(text)) return { kind: 'lifetime' };
  const date = parseChipDay(text);
  return date === undefined ? undefined : { kind: 'date', date };
}
