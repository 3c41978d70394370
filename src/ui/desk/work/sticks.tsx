import { useState } from 'preact/hooks';
import { both } from '../../i18n/text.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';

/** Sticks that are in the station, with the lists found on each. */
export function Sticks({ onImported }: { readonly onImported: () => void }) {
  const t = useText();
  const desk = useDesk();
  const { answer: sticks, again } = useAnswer({ do: 'sticks' });
  const [isBusy, setBusy] = useState(false);
  const bring = async (path: string) => {
    setBusy(true);
    const brought = await desk.ask({ do: 'import-orders', path });
    setBusy(false);
    if (!brought) return;
    onImported();
    desk.notice.value = { tone: 'done', words: both('orders.imported', { ...brought }) };
  };
  return (
    <section class="card">
      <h2>
        <Icon name="stick" /> {t('orders.stick')}
      </h2>
      {sticks?.length === 0 ? <p class="quiet">{t('orders.no-stick')}</p> : null}
      <ul class="facts">
        {sticks?.map((stick) => (
          <li key={stick.path}>
            <span>
              {stick.label} <span class="quiet">{t('orders.on-stick', { n: stick.orders })}</span>
            </span>
            {stick.orders > 0 ? (
              <button
                type="button"
                class="primary"
                data-stick={stick.path}
                disabled={isBusy}
                onClick={() => bring(stick.path)}
              >
                {t('orders.import')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <button type="button" class="second" data-testid="sticks-again" onClick={again}>
        <Icon name="again" />
        {t('common.try-again')}
      </button>
    </section>
  );
}
