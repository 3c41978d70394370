import { useState } from 'preact/hooks';
import type { DayState } from '../../../kiosk/desk-protocol.ts';
import { dayText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { ExportButton } from '../parts/export-button.tsx';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PrintButton } from '../parts/print-button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { DayVillages } from './day-villages.tsx';
import { OpeningCheck } from './opening-check.tsx';
import { Reconciliation } from './reconciliation.tsx';

/** The working day: opened with a check, counted while it goes, closed with numbers that agree. */
export function Day() {
  const t = useText();
  const language = useLanguage();
  const { answer: day, refusal, again } = useAnswer({ do: 'day' });
  if (!day) {
    return (
      <>
        <PageHead title={t('day.main')} />
        <Waiting refusal={refusal} again={again} />
      </>
    );
  }
  return (
    <>
      <PageHead title={`${t('day.main')} · ${dayText(day.day, language)}`}>
        <p class="quiet">{t(`bar.day-${day.state}`)}</p>
      </PageHead>
      {day.state === 'not-opened' ? <OpeningCheck day={day} again={again} /> : <Counted day={day} again={again} />}
      <PaperForms day={day} />
    </>
  );
}

function Counted({ day, again }: { readonly day: DayState; readonly again: () => void }) {
  const t = useText();
  const desk = useDesk();
  const [isClosing, setClosing] = useState(false);
  const outcomes = Object.entries(day.counts.outcomes).filter(([, n]) => n > 0);
  const close = async () => {
    const done = await desk.ask({ do: 'close-day' });
    setClosing(false);
    if (done) again();
  };
  return (
    <>
      <div class="columns">
        <Reconciliation day={day} />
        <section class="card">
          <h2>{t('day.counts')}</h2>
          <dl class="sums">
            {outcomes.map(([outcome, n]) => [
              <dt key={outcome}>{t(`outcome.${outcome as keyof DayState['counts']['outcomes']}`)}</dt>,
              <dd key={`${outcome}-n`}>{n}</dd>,
            ])}
          </dl>
        </section>
      </div>
      <DayVillages villages={day.villages} />
      <div class="actions">
        {day.state === 'open' ? (
          <button type="button" class="primary" data-testid="close-day" onClick={() => setClosing(true)}>
            <Icon name="day" />
            {t('day.close')}
          </button>
        ) : null}
        <PrintButton what={{ kind: 'day-report' }} label={t('day.report')} />
        <ExportButton what="day-report" label={`${t('day.report')} · ${t('common.export')}`} />
      </div>
      {isClosing ? (
        <Sheet
          title={t('day.close')}
          onClose={() => setClosing(false)}
          actions={
            <button type="button" class="primary" data-testid="sure" onClick={close}>
              {t('day.close')}
            </button>
          }
        >
          <p>{t('day.close-sure')}</p>
          {day.isReconciled ? null : <p class="told">{t('day.close-not-agreed')}</p>}
        </Sheet>
      ) : null}
    </>
  );
}

function PaperForms({ day: { paperForms } }: { readonly day: DayState }) {
  const t = useText();
  const desk = useDesk();
  return (
    <section class="card">
      <h2>{t('day.paper')}</h2>
      <p class="quiet">{t('day.paper-count', { ...paperForms })}</p>
      <div class="actions">
        <ExportButton what="paper-pack" label={t('day.paper-pack')} />
        {desk.has('visits') ? (
          <button type="button" class="second" data-testid="enter-form" onClick={() => desk.go({ page: 'form' })}>
            <Icon name="paper" />
            {t('day.enter-form')}
          </button>
        ) : null}
      </div>
    </section>
  );
}
