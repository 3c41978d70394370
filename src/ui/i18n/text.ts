import type { Language } from '../../visit/types.ts';
import { en } from './en.ts';
import { type MessageKey, th } from './th.ts';

const TABLES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { th, en };

/** The sentence with its break marks, figures filled in; `{n?list:lists}` follows the figure. For {@link Phrase}; use {@link text} for plain text. */
export function marked(language: Language, key: MessageKey, figures: Readonly<Record<string, string | number>> = {}) {
  return TABLES[language][key]
    .replace(/\{(\w+)\?(\w+):(\w+)\}/g, (_, name: string, one: string, more: string) =>
      figures[name] === 1 ? one : more,
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => String(figures[name] ?? whole));
}

/** The sentence as plain text. */
export function text(language: Language, key: MessageKey, figures: Readonly<Record<string, string | number>> = {}) {
  return marked(language, key, figures).replaceAll('|', '');
}

/** The sentence in both languages, for what is kept until it is shown. */
export function both(key: MessageKey, figures: Readonly<Record<string, string | number>> = {}) {
  return { th: text('th', key, figures), en: text('en', key, figures) };
}

/** The words for a name that the station chose (a part, an outcome); the name itself when we have none. */
export function textOr(language: Language, prefix: 'part' | 'outcome', name: string): string {
  const key = `${prefix}.${name}`;
  return Object.hasOwn(TABLES[language], key) ? text(language, key as MessageKey) : name;
}

/** An age in the largest unit that leaves at least one, e.g. `3 min`. */
export function ageText(language: Language, seconds: number): string {
  const units = [
    ['age.days', 86_400],
    ['age.hours', 3_600],
    ['age.minutes', 60],
    ['age.seconds', 1],
  ] as const;
  const [key, size] = units.find(([, size]) => seconds >= size) ?? units[3];
  return text(language, key, { n: Math.floor(seconds / size) });
}
