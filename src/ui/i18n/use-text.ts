import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../visit/types.ts';
import { text } from './text.ts';
import type { MessageKey } from './th.ts';

/** The language of everything below it. */
export const LanguageContext = createContext<Language>('th');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** Returns `t(key, figures)` in the language at hand. */
export function useText() {
  const language = useLanguage();
  return (key: MessageKey, figures?: Readonly<Record<string, string | number>>) => text(language, key, figures);
}
