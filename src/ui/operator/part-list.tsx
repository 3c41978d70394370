import type { PartStatus } from '../../kiosk/protocol.ts';
import type { Language } from '../../visit/types.ts';
import { dateText, dayAfter, timeText } from '../i18n/dates.ts';
import { textOr } from '../i18n/text.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { StateMark, shownState } from './state-mark.tsx';

/** Every device and service: state in shape and word, since when, and for a fault the cause and what to do. */
export function PartList({ parts }: { readonly parts: readonly PartStatus[] }) {
  const t = useText();
  const language = useLanguage();
  return (
    <ul class="parts">
      {parts.map(({ part, state: told, since, name, fault }) => {
        const state = shownState({ state: told, fault });
        return (
          <li key={part} class={`part ${state}`} data-part={part} data-state={state}>
            <StateMark state={state} />
            <div>
              <h3>{textOr(language, 'part', part)}</h3>
              <p class="quiet">{name}</p>
            </div>
            <p class="part-state">
              <strong>{t(`state.${state}`)}</strong>
              <span class="quiet">{t('operator.since', { time: whenText(since, language) })}</span>
            </p>
            {fault ? <FaultText fault={fault} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

/** The same words as in the table of faults: code, cause, mend. */
export function FaultText({ fault }: { readonly fault: NonNullable<PartStatus['fault']> }) {
  const t = useText();
  const language = useLanguage();
  return (
    <dl class="fault">
      <dt>{t('operator.cause')}</dt>
      <dd>
        {fault.cause[language]} <code>{fault.code}</code>
      </dd>
      <dt>{t('operator.mend')}</dt>
      <dd>{fault.mend[language]}</dd>
    </dl>
  );
}

/** Time of day, with the date when it is not today's. */
function whenText(iso: string, language: Language): string {
  const time = timeText(iso, language);
  if (time === iso) return iso;
  const isToday = dayAfter(iso, 0) === dayAfter(new Date().toISOString(), 0);
  return isToday ? time : `${dateText(iso, language)} ${time}`;
}
