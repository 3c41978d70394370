import type { Overview } from '../../../kiosk/desk-protocol.ts';
import { monthDayText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { useDesk } from '../use-desk.ts';

/** The days that are suggested for the villages still left, all tambons, and the tambon that was chosen on the map. */
export function ScopeChips({ overview: { days } }: { readonly overview: Overview }) {
  const t = useText();
  const language = useLanguage();
  const { scope } = useDesk();
  const now = scope.value;
  const first = days[0]?.day;
  return (
    <fieldset class="chips scope">
      <legend class="sr-only">{t('today.days')}</legend>
      {days.map(({ day, people }) => (
        <button
          type="button"
          class="choice"
          key={day}
          data-day={day}
          aria-pressed={now.kind === 'day' ? now.day === day : now.kind === 'today' && day === first}
          onClick={() => {
            scope.value = { kind: 'day', day };
          }}
        >
          {monthDayText(day, language)} <small>{t('common.people', { n: people })}</small>
        </button>
      ))}
      <button
        type="button"
        class="choice"
        data-testid="scope-all"
        aria-pressed={now.kind === 'all'}
        onClick={() => {
          scope.value = { kind: 'all' };
        }}
      >
        {t('today.all')}
      </button>
      {now.kind === 'tambon' ? (
        <button type="button" class="choice" aria-pressed="true">
          {now.tambon}
        </button>
      ) : null}
    </fieldset>
  );
}
