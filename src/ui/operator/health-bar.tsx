import type { OperatorStatus } from '../../kiosk/protocol.ts';
import { ageText, textOr } from '../i18n/text.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { StateMark } from './state-mark.tsx';

/** One line that stays at the top of the page: every part by shape and word, and what has not been sent yet. */
export function HealthBar({ parts, unsent }: Pick<OperatorStatus, 'parts' | 'unsent'>) {
  const t = useText();
  const language = useLanguage();
  const sent =
    unsent.count === 0
      ? t('operator.unsent-none')
      : `${t('operator.unsent')} ${unsent.count} · ${t('operator.oldest', { age: ageText(language, unsent.oldestAgeS) })}`;
  return (
    <section class="health-bar" aria-label={t('operator.parts')}>
      <ul>
        {parts.map(({ part, state }) => (
          <li key={part} class={state} data-bar={part} data-state={state}>
            <StateMark state={state} />
            <span>
              {textOr(language, 'part', part)}
              {state === 'ready' ? <span class="sr-only"> {t('state.ready')}</span> : <> · {t(`state.${state}`)}</>}
            </span>
          </li>
        ))}
        <li class={unsent.count === 0 ? 'ready' : 'degraded'} data-bar="unsent">
          {sent}
        </li>
      </ul>
    </section>
  );
}
