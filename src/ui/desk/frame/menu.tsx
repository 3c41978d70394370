import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { type Place, type Tab, tabOf } from '../place.ts';
import { useDesk } from '../use-desk.ts';

const DOORS: Readonly<Record<Tab, Place>> = {
  today: { page: 'today' },
  visit: { page: 'visit', expecting: null, task: 'own' },
  referrals: { page: 'referrals' },
  day: { page: 'day' },
  health: { page: 'health' },
  more: { page: 'more' },
};

/** The doors of the desk, always in the same place: at the side, or under the thumb on a handheld. */
export function Menu() {
  const t = useText();
  const desk = useDesk();
  const place = desk.place.value;
  const repairs = desk.has('repair');
  const isHealth = repairs && (place.page === 'health' || place.page === 'today');
  const here: Tab = isHealth ? 'health' : tabOf(place);
  const mayVisit = desk.has('visits') || desk.has('decide');
  const tabs: readonly Tab[] = [
    ...(mayVisit ? (['today', 'visit', 'referrals'] as const) : []),
    ...(desk.has('day') ? (['day'] as const) : []),
    ...(repairs ? (['health'] as const) : []),
    'more',
  ];
  const isOpen = desk.state.value?.visit != null;
  return (
    <nav class="desk-menu" aria-label={t('nav.label')}>
      {tabs.map((tab) => (
        <button
          type="button"
          key={tab}
          data-tab={tab}
          aria-current={tab === here ? 'page' : undefined}
          onClick={() => desk.start(DOORS[tab])}
        >
          <Icon name={tab} />
          <span>{t(`nav.${tab}`)}</span>
          {tab === 'visit' && isOpen ? <span class="dot-now sr-dot">{t('visit.main')}</span> : null}
        </button>
      ))}
    </nav>
  );
}
