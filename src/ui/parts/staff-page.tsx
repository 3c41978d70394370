import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Language } from '../../visit/types.ts';
import { LanguageContext } from '../i18n/use-text.ts';

interface StaffPageProps {
  readonly language: Signal<Language>;
  readonly page: 'operator' | 'simulator';
  readonly children: ComponentChildren;
}

/** A page for staff: it has its own language, which is not the citizen's. */
export function StaffPage({ language, page, children }: StaffPageProps) {
  useEffect(() => {
    document.documentElement.lang = language.value;
  }, [language.value]);
  return (
    <LanguageContext.Provider value={language.value}>
      <div class={`staff-page ${page}`} data-page={page}>
        {children}
      </div>
    </LanguageContext.Provider>
  );
}
