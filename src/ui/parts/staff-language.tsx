import type { Language } from '../../visit/types.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';

export function StaffLanguageButton({ onChoose }: { readonly onChoose: (language: Language) => void }) {
  const other = useLanguage() === 'th' ? 'en' : 'th';
  const t = useText();
  return (
    <button type="button" class="plain" lang={other} data-testid="language" onClick={() => onChoose(other)}>
      {t('language.other')}
    </button>
  );
}
