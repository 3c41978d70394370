import { useState } from 'preact/hooks';
import type { Representation } from '../../../visit/types.ts';
import { dateText, dayAfter } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { DateField } from '../parts/date-field.tsx';
import { useDesk } from '../use-desk.ts';

const SCOPES = ['register', 'collect', 'use-card'] as const;
const TERMS = [
  { days: 91, label: 'rep.months', n: 3 },
  { days: 182, label: 'rep.months', n: 6 },
  { days: 365, label: 'rep.year', n: 1 },
] as const;

interface TermsProps {
  readonly scope: Representation['scope'];
  readonly onChoose: (terms: { readonly scope: Representation['scope']; readonly until: string }) => void;
}

/** What the representative may do, and until which day. */
export function Terms({ scope: first, onChoose }: TermsProps) {
  const t = useText();
  const language = useLanguage();
  const today = useDesk().state.value?.clock.at ?? '';
  const [scope, setScope] = useState(first);
  const [until, setUntil] = useState(dayAfter(today, 182));
  const toggle = (one: (typeof SCOPES)[number]) =>
    setScope(scope.includes(one) ? scope.filter((other) => other !== one) : [...scope, one]);
  return (
    <div class="form">
      <div class="tiles">
        {SCOPES.map((one) => (
          <button
            type="button"
            key={one}
            class="choice"
            data-scope={one}
            aria-pressed={scope.includes(one)}
            onClick={() => toggle(one)}
          >
            {t(`scope.${one}`)}
          </button>
        ))}
      </div>
      <fieldset class="chips">
        <legend>{t('rep.until')}</legend>
        {TERMS.map(({ days, label, n }) => {
          const day = dayAfter(today, days);
          return (
            <button type="button" key={days} class="choice" aria-pressed={until === day} onClick={() => setUntil(day)}>
              {t(label, { n })} <small>{dateText(day, language)}</small>
            </button>
          );
        })}
      </fieldset>
      <DateField label={t('common.date')} value={until} min={dayAfter(today, 0)} onChoose={setUntil} />
      <div class="actions">
        <button
          type="button"
          class="primary"
          data-testid="terms-next"
          disabled={scope.length === 0 || !until}
          onClick={() => onChoose({ scope, until })}
        >
          {t('common.next')}
        </button>
      </div>
    </div>
  );
}
