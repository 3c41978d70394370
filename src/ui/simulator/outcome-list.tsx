import type { SimulatorState } from '../../kiosk/protocol.ts';
import { timeText } from '../i18n/dates.ts';
import { textOr } from '../i18n/text.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';

/** What was recorded last, and whether it has been sent. */
export function OutcomeList({ outcomes }: Pick<SimulatorState, 'outcomes'>) {
  const t = useText();
  const language = useLanguage();
  return (
    <section class="panel">
      <h2>{t('simulator.outcomes')}</h2>
      {outcomes.length === 0 ? <p class="quiet">{t('simulator.no-outcomes')}</p> : null}
      <ul class="outcomes" aria-live="polite">
        {outcomes.map(({ at, outcome, eventId, published }) => (
          <li key={eventId} data-outcome={outcome} data-published={published}>
            <time dateTime={at}>{timeText(at, language)}</time>
            <strong>{textOr(language, 'outcome', outcome)}</strong>
            <span class={`sent ${published ? 'yes' : ''}`}>
              {t(published ? 'simulator.published' : 'simulator.queued')}
            </span>
            <code>{eventId}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
