import { useText } from '../../i18n/use-text.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PrintButton } from '../parts/print-button.tsx';
import type { Place } from '../place.ts';
import { useDesk } from '../use-desk.ts';

/** The doors that are used less. */
export function More() {
  const t = useText();
  const desk = useDesk();
  const door = (icon: IconName, label: string, place: Place) => (
    <button type="button" class="choice door" data-door={place.page} onClick={() => desk.go(place)}>
      <Icon name={icon} />
      {label}
    </button>
  );
  const works = desk.has('visits') || desk.has('decide');
  return (
    <>
      <PageHead title={t('more.main')} />
      <div class="tiles doors">
        {works || desk.has('team') ? door('team', t('more.team'), { page: 'team' }) : null}
        {desk.has('orders') ? door('stick', t('more.orders'), { page: 'orders' }) : null}
        {door('shield', t('more.verify'), { page: 'verify', verdict: null })}
        {desk.has('visits') ? door('paper', t('more.form'), { page: 'form', serial: null }) : null}
        {door('health', t('more.health'), { page: 'health' })}
      </div>
      {works && desk.state.value?.printer === 'ready' ? (
        <div class="actions">
          <PrintButton what={{ kind: 'explain-slip' }} label={t('more.explain-slip')} />
          <PrintButton what={{ kind: 'line-friend' }} label={t('more.line')} />
        </div>
      ) : null}
    </>
  );
}
