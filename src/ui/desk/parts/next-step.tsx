import type { NextStep } from '../../../kiosk/desk-protocol.ts';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';

/** What happens next, where and by when. */
export function NextStepLine({ step }: { readonly step: NextStep }) {
  const t = useText();
  const language = useLanguage();
  return (
    <p class="next-step" data-testid="next-step">
      <strong>{t(`next.${step.id}`)}</strong>
      {step.where ? <span>{t('person.where', { where: step.where })}</span> : null}
      {step.due ? <span>{t('person.due', { date: dateText(step.due, language) })}</span> : null}
    </p>
  );
}
