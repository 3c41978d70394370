import { useState } from 'preact/hooks';
import type { OpeningCheck as Check, DayState } from '../../../kiosk/desk-protocol.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { useDesk } from '../use-desk.ts';

interface OpeningCheckProps {
  readonly day: DayState;
  readonly again: () => void;
}

/** Before the first visit: what the station knows is answered, the rest is looked at and touched. */
export function OpeningCheck({ day, again }: OpeningCheckProps) {
  const t = useText();
  const desk = useDesk();
  const [looked, setLooked] = useState<readonly Check['id'][]>([]);
  const isAllLooked = day.checks.every(({ id, state }) => state !== 'to-be-looked-at' || looked.includes(id));
  const open = async () => {
    if (await desk.ask({ do: 'open-day', confirmed: looked })) again();
  };
  return (
    <section class="card">
      <h2>{t('day.check')}</h2>
      <p class="quiet">{t('day.check-help')}</p>
      <ul class="facts checks">
        {day.checks.map((check) => (
          <CheckLine
            key={check.id}
            check={check}
            isLooked={looked.includes(check.id)}
            onLook={() =>
              setLooked(looked.includes(check.id) ? looked.filter((id) => id !== check.id) : [...looked, check.id])
            }
          />
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="primary" data-testid="open-day" disabled={!isAllLooked} onClick={open}>
          {t('day.open')}
        </button>
      </div>
    </section>
  );
}

interface CheckLineProps {
  readonly check: Check;
  readonly isLooked: boolean;
  readonly onLook: () => void;
}

function CheckLine({ check: { id, words, state, note }, isLooked, onLook }: CheckLineProps) {
  const t = useText();
  const language = useLanguage();
  return (
    <li data-check={id} data-state={state}>
      <span>
        {words[language]}
        {note ? <span class="quiet">{note[language]}</span> : null}
      </span>
      {state === 'to-be-looked-at' ? (
        <button
          type="button"
          class="choice"
          aria-pressed={isLooked}
          aria-label={`${words[language]}: ${t(isLooked ? 'day.looked' : 'day.look')}`}
          onClick={onLook}
        >
          <Icon name={isLooked ? 'tick' : 'eye'} />
          {t(isLooked ? 'day.looked' : 'day.look')}
        </button>
      ) : (
        <span class={`verdict ${state}`}>
          <Icon name={state === 'well' ? 'tick' : 'warning'} />
          {t(state === 'well' ? 'day.well' : 'day.trouble')}
        </span>
      )}
    </li>
  );
}
