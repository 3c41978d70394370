import type { Referral } from '../../../kiosk/desk-protocol.ts';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { useDesk } from '../use-desk.ts';
import { ReferralFacts } from '../work/referral-facts.tsx';

interface PersonReferralProps {
  readonly name: string;
  readonly referral: Referral;
  readonly again: () => void;
}

/** What the district office is to do for this person. */
export function PersonReferral({ name, referral, again }: PersonReferralProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const { visitId, reason, since, closed } = referral;
  const close = async () => {
    if (await desk.ask({ do: 'close-referral', visitId })) again();
  };
  return (
    <section class="card">
      <h2>
        {t('person.referral')} · {reason.words[language]}
      </h2>
      <p class="quiet">{t('refer.since', { date: dateText(since, language) })}</p>
      <ReferralFacts referral={referral} />
      {closed ? null : (
        <div class="actions">
          <button
            type="button"
            class="second"
            onClick={() => desk.go({ page: 'refer', visitId, name, needs: referral })}
          >
            {t('refer.edit')}
          </button>
          <button type="button" class="second" onClick={close}>
            {t('refer.close')}
          </button>
        </div>
      )}
    </section>
  );
}
