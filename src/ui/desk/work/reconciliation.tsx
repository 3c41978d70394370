import type { DayState } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { figuresOf } from './figures.ts';

/** Visits, outcomes, events and receipts as one line of figures that must all be the same; which one is not, in words. */
export function Reconciliation({ day }: { readonly day: DayState }) {
  const t = useText();
  const { counts, isReconciled } = day;
  const figures = figuresOf(counts);
  return (
    <section class={`card reconciliation ${isReconciled ? 'agrees' : 'differs'}`} data-testid="reconciliation">
      <h2>
        <Icon name={isReconciled ? 'tick' : 'warning'} /> {t(isReconciled ? 'day.agree' : 'day.not-agree')}
      </h2>
      <dl class="figures">
        {figures.map(({ what, count, differs }) => (
          <div key={what} class={differs === 0 ? '' : 'odd'}>
            <dt>{t(`day.${what}`)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {figures
        .filter(({ differs }) => differs !== 0)
        .map(({ what, differs }) => (
          <p key={what} class="told">
            {t('day.differs', { what: t(`day.${what}`), n: differs > 0 ? `+${differs}` : `−${-differs}` })}
          </p>
        ))}
      {counts.superseded > 0 ? <p class="quiet">{t('day.superseded', { n: counts.superseded })}</p> : null}
      <p class="quiet">{t('day.settled', { n: counts.settled, of: counts.events })}</p>
    </section>
  );
}
