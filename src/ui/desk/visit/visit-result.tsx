import type { OperatorVisit } from '../../../kiosk/desk-protocol.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { NextStepLine } from '../parts/next-step.tsx';
import { PrintButton } from '../parts/print-button.tsx';
import { useDesk } from '../use-desk.ts';

/** How it ended; a result that is open is told as calmly as any other. */
export function VisitResult({ visit }: { readonly visit: OperatorVisit }) {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const { outcome, reason, nextStep, receipt, scoreBand, visitId, name } = visit;
  const isOpen = outcome === 'undetermined';
  const calm = reason?.code === 'officers-disagree' ? 'visit.disagree' : 'visit.undecided';
  return (
    <section class={`card recorded ${isOpen ? 'open' : ''}`} role="status" data-testid="result" data-outcome={outcome}>
      <h2>
        <Icon name={isOpen ? 'clock' : 'tick'} /> {outcome ? t(`outcome.${outcome}`) : t('visit.result')}
      </h2>
      {isOpen ? <p>{t(calm)}</p> : null}
      {reason && !isOpen ? <p>{reason.words[language]}</p> : null}
      {nextStep ? <NextStepLine step={nextStep} /> : null}
      {scoreBand ? <p class="quiet">{t(`visit.band-${scoreBand}`)}</p> : null}
      {receipt ? <p>{t('person.receipt', { code: receipt })}</p> : null}
      <p class="help-line">
        <Icon name="card" /> {t('visit.take-card')}
      </p>
      <div class="actions">
        <button type="button" class="primary" onClick={() => desk.start({ page: 'today' })}>
          {t('recorded.back')}
        </button>
        {outcome === 'referred' ? (
          <button
            type="button"
            class="second"
            onClick={() => desk.go({ page: 'refer', visitId, name: name ?? t('visit.unnamed'), needs: null })}
          >
            <Icon name="car" />
            {t('recorded.refer')}
          </button>
        ) : null}
        {receipt ? <PrintButton what={{ kind: 'receipt', visitId }} label={t('common.print')} /> : null}
      </div>
    </section>
  );
}
