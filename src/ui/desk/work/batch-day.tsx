import { useState } from 'preact/hooks';
import { dayAfter } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { DateField } from '../parts/date-field.tsx';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { ReferralList } from './referral-list.tsx';

/** One day at the district office: who goes, and how many need a ride. */
export function BatchDay() {
  const t = useText();
  const desk = useDesk();
  const [day, setDay] = useState(dayAfter(desk.state.value?.clock.at ?? '', 1));
  const { answer, refusal, again } = useAnswer(day ? ({ do: 'batch-day', day } as const) : null);
  return (
    <>
      <PageHead title={t('refer.batch')} />
      <div class="form">
        <DateField label={t('common.date')} testId="batch-date" value={day} onChoose={setDay} />
      </div>
      {answer ? (
        <>
          <p class="big-line" data-testid="rides">
            <Icon name="car" /> {t('refer.batch-rides', { n: answer.rides })}
          </p>
          {answer.lines.length > 0 ? (
            <ReferralList lines={answer.lines} again={again} />
          ) : (
            <p class="waiting">{t('refer.batch-none')}</p>
          )}
        </>
      ) : (
        <Waiting refusal={refusal} again={again} />
      )}
    </>
  );
}
