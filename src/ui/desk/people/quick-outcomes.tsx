import { useState } from 'preact/hooks';
import type { PastOutcome, PersonDetail } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { NextStepLine } from '../parts/next-step.tsx';
import { PrintButton } from '../parts/print-button.tsx';
import { useDesk } from '../use-desk.ts';
import { iconOf, QUICK, type Why } from './quick.ts';
import { RecordSheet } from './record-sheet.tsx';

interface QuickOutcomesProps {
  readonly person: PersonDetail;
  readonly onRecorded: (outcome: PastOutcome) => void;
}

/** It cannot be done today: one tap says why, a second records it. */
export function QuickOutcomes({ person, onRecorded }: QuickOutcomesProps) {
  const t = useText();
  const [why, setWhy] = useState<Why | null>(null);
  return (
    <section class="card">
      <h2>{t('person.quick')}</h2>
      <div class="tiles">
        {QUICK.map((one) => (
          <button type="button" key={one} class="choice" data-why={one} onClick={() => setWhy(one)}>
            <Icon name={iconOf(one)} />
            {t(`why.${one}`)}
          </button>
        ))}
      </div>
      {why ? <RecordSheet entry={person.entry} why={why} onRecorded={onRecorded} onClose={() => setWhy(null)} /> : null}
    </section>
  );
}

/** It is recorded: the next step, the receipt, and back to the neighbours who wait. */
export function RecordedCard({ person, outcome }: { readonly person: PersonDetail; readonly outcome: PastOutcome }) {
  const t = useText();
  const desk = useDesk();
  const { visitId } = outcome;
  return (
    <section class="card recorded" role="status" data-testid="recorded">
      <h2>
        <Icon name="tick" /> {t('recorded.main')} · {t(`outcome.${outcome.outcome}`)}
      </h2>
      <NextStepLine step={outcome.nextStep} />
      <p>{t('person.receipt', { code: outcome.receipt })}</p>
      <div class="actions">
        <button type="button" class="primary" data-testid="to-list" onClick={desk.back}>
          {t('recorded.back')}
        </button>
        {outcome.outcome === 'referred' ? (
          <button
            type="button"
            class="second"
            data-testid="refer"
            onClick={() => desk.go({ page: 'refer', visitId, name: person.name, needs: null })}
          >
            <Icon name="car" />
            {t('recorded.refer')}
          </button>
        ) : null}
        <PrintButton what={{ kind: 'receipt', visitId }} label={t('common.print')} />
      </div>
    </section>
  );
}
