import type { PersonDetail } from '../../../kiosk/desk-protocol.ts';
import { dateText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { NextStepLine } from '../parts/next-step.tsx';
import { PrintButton } from '../parts/print-button.tsx';
import { useDesk } from '../use-desk.ts';
import { Consents } from './consents.tsx';
import { Explained } from './explained.tsx';
import { PersonReferral } from './person-referral.tsx';
import { Representations } from './representations.tsx';

interface PersonFactsProps {
  readonly person: PersonDetail;
  readonly again: () => void;
}

/** What is known of somebody, and what may be changed about it. */
export function PersonFacts({ person, again }: PersonFactsProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const { last } = person;
  return (
    <div class="masonry">
      {person.perhapsSame.length > 0 ? (
        <section class="card told">
          <h2>{t('person.perhaps-same')}</h2>
          {person.perhapsSame.map(({ entry, name }) => (
            <button type="button" key={entry} class="second" onClick={() => desk.go({ page: 'person', entry })}>
              {name}
            </button>
          ))}
        </section>
      ) : null}
      {last ? (
        <section class="card">
          <h2>{t('person.last')}</h2>
          <p>
            {dateText(last.at, language)} · {t(`outcome.${last.outcome}`)}
            {last.reason ? ` · ${last.reason.words[language]}` : ''}
          </p>
          {last.isElsewhere ? <p class="quiet">{t('person.elsewhere')}</p> : null}
          <NextStepLine step={last.nextStep} />
          <p class="quiet">{t('person.receipt', { code: last.receipt })}</p>
          {last.isElsewhere ? null : (
            <PrintButton what={{ kind: 'receipt', visitId: last.visitId }} label={t('person.print-receipt')} />
          )}
        </section>
      ) : null}
      {person.referral ? <PersonReferral name={person.name} referral={person.referral} again={again} /> : null}
      <Representations list={person.representations} again={again} />
      <Explained person={person} again={again} />
      <Consents person={person} again={again} />
      <p class="contact">
        {person.phone ? (
          <span>
            <Icon name="phone" /> {t('person.phone', { n: person.phone })}
          </span>
        ) : null}
        {person.team ? (
          <span>
            <Icon name="team" /> {t('person.team', { n: person.team.replace(/^(ทีม|team)\s*/i, '') })}
          </span>
        ) : null}
      </p>
    </div>
  );
}
