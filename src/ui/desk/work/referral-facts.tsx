import type { Referral } from '../../../kiosk/desk-protocol.ts';
import { dateText, dayAfter } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { useDesk } from '../use-desk.ts';

const TRAVEL = {
  own: { icon: 'walk', label: 'refer.own' },
  'needs-ride': { icon: 'car', label: 'refer.needs-ride' },
  'cannot-travel': { icon: 'bedridden', label: 'refer.cannot-travel' },
} as const;

/** How somebody travels, what is asked of the office, whom to call, when; or how it was closed. */
export function ReferralFacts({ referral }: { readonly referral: Referral }) {
  const t = useText();
  const language = useLanguage();
  const { clock } = useDesk().state.value ?? {};
  const { transport, bedsideReissue, contact, appointment, closed } = referral;
  if (closed) return <p class="state-word">{t(`refer.closed-${closed.by}`)}</p>;
  const { icon, label } = TRAVEL[transport];
  // The card was not seen since: somebody has to ask how it went.
  const hasPassed = appointment !== null && appointment < dayAfter(clock?.at ?? '', 0);
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
        {hasPassed ? <strong> · {t('refer.passed')}</strong> : null}
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
