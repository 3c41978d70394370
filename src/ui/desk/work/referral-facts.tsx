import type { Referral } from '../../../kiosk/desk-protocol.ts';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';

const TRAVEL = {
  own: { icon: 'walk', label: 'refer.own' },
  'needs-ride': { icon: 'car', label: 'refer.needs-ride' },
  'cannot-travel': { icon: 'bedridden', label: 'refer.cannot-travel' },
} as const;

/** How somebody travels, what is asked of the office, whom to call, when; or how it was closed. */
export function ReferralFacts({ referral }: { readonly referral: Referral }) {
  const t = useText();
  const language = useLanguage();
  const { transport, bedsideReissue, contact, appointment, closed } = referral;
  if (closed) return <p class="state-word">{t(`refer.closed-${closed.by}`)}</p>;
  const { icon, label } = TRAVEL[transport];
  return (
    <span class="needs">
      <span class="need">
        <Icon name={icon} />
        {t(label)}
      </span>
      {bedsideReissue ? (
        <span class="need">
          <Icon name="card" />
          {t('refer.bedside')}
        </span>
      ) : null}
      <span class="need">
        <Icon name="day" />
        {appointment ? dateText(appointment, language) : t('refer.no-appointment')}
      </span>
      {contact ? (
        <span class="need">
          <Icon name="phone" />
          {contact}
        </span>
      ) : null}
    </span>
  );
}
