import { useState } from 'preact/hooks';
import type { DayState } from '../../../kiosk/desk-protocol.ts';
import { dayAfter, dayText } from '../../i18n/dates.ts';
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
export function Day({ day: then }: { readonly day?: string | undefined }) {
  const t = useText();
  const language = useLanguage();
  const { answer: day, refusal, again } = useAnswer({ do: 'day', day: then });
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
        <p class="quiet">{t(then && day.state !== 'closed' ? 'day.not-closed' : `bar.day-${day.state}`)}</p>
      </PageHead>
      {day.unclosed ? (
        <Unclosed day={day.unclosed} isYesterday={!then && dayAfter(day.unclosed, 1) === day.day} />
      ) : null}
      {day.state === 'not-opened' && !then ? (
        <OpeningCheck day={day} again={again} />
      ) : (
        <Counted day={day} then={then} again={again} />
      )}
      {then ? null : <PaperForms day={day} />}
    </>
  );
}

/** An earlier day that nobody closed: its report still can be, today or on any other day. */
function Unclosed({ day, isYesterday }: { readonly day: string; readonly isYesterday: boolean }) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const name = dayText(day, language);
  return (
    <section class="card" data-testid="unclosed">
      <p>{t(isYesterday ? 'day.unclosed-yesterday' : 'day.unclosed', { day: name })}</p>
      <div class="actions">
        <button type="button" class="second" data-testid="show-unclosed" onClick={() => desk.go({ page: 'day', day })}>
          <Icon name="day" />
          {t('day.show', { day: name })}
        </button>
      </div>
    </section>
  );
}

interface CountedProps {
  readonly day: DayState;
  /** An earlier day; `undefined` = today. */
  readonly then: string | undefined;
  readonly again: () => void;
}

function Counted({ day, then, again }: CountedProps) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const [isClosing, setClosing] = useState(false);
  const outcomes = Object.entries(day.counts.outcomes).filter(([, n]) => n > 0);
  const close = async () => {
    // The day that is shown: midnight may have passed since.
    const done = await desk.ask({ do: 'close-day', day: day.day });
    setClosing(false);
    if (done) again();
  };
  return (
    <>
      <div class="columns">
        <Reconciliation day={day} />
        <section class="card">
          <h2>{t(then ? 'day.counts-then' : 'day.counts')}</h2>
          <dl class="sums">
            {outcomes.map(([outcome, n]) => [
              <dt key={outcome}>{t(`outcome.${outcome as keyof DayState['counts']['outcomes']}`)}</dt>,
              <dd key={`${outcome}-n`}>{n}</dd>,
            ])}
          </dl>
        </section>
      </div>
      <DayVillages counts={day.counts} villages={day.villages} />
      <div class="actions">
        {day.state === 'open' || (then && day.state !== 'closed') ? (
          <button type="button" class="primary" data-testid="close-day" onClick={() => setClosing(true)}>
            <Icon name="day" />
            {t('day.close')}
          </button>
        ) : null}
        <PrintButton what={{ kind: 'day-report', day: day.day }} label={t('day.report')} />
        <ExportButton what="day-report" day={day.day} label={`${t('day.report')} · ${t('common.export')}`} />
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
          <p>{t(then ? 'day.close-then' : 'day.close-sure', { day: dayText(day.day, language) })}</p>
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
          <button
            type="button"
            class="second"
            data-testid="enter-form"
            onClick={() => desk.go({ page: 'form', serial: null })}
          >
            <Icon name="paper" />
            {t('day.enter-form')}
          </button>
        ) : null}
      </div>
    </section>
  );
}
