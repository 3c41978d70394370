import type { Refusal } from '../../../kiosk/desk-protocol.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';

/** Until the station has answered; its refusal in words, and a way to ask again. */
export function Waiting({ refusal, again }: { readonly refusal: Refusal | undefined; readonly again: () => void }) {
  const t = useText();
  const language = useLanguage();
  if (!refusal) return <p class="waiting">{t('common.loading')}</p>;
  return (
    <section class="card refused" role="alert">
      <p>{refusal.words[language]}</p>
      <button type="button" class="second" onClick={again}>
        {t('common.try-again')}
      </button>
    </section>
  );
}
