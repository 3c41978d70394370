import { useState } from 'preact/hooks';
import type { OperatorVisit } from '../../../kiosk/desk-protocol.ts';
import type { Witness } from '../../../visit/types.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { WitnessPicker } from '../parts/witness-picker.tsx';
import { useDesk } from '../use-desk.ts';
import { EndVisit } from './end-visit.tsx';

const HELP = {
  reading: 'visit.help-reading',
  asking: 'visit.consent-wait',
  capturing: 'visit.help-capturing',
  checking: 'visit.help-checking',
} as const;

/** What staff may do while the machine works: consent by voice, one more picture, take over, end. */
export function VisitActions({ visit }: { readonly visit: OperatorVisit }) {
  const t = useText();
  const desk = useDesk();
  const [open, setOpen] = useState<'consent' | 'end' | null>(null);
  const language = useLanguage();
  const { visitId, phase, asked } = visit;
  const close = () => setOpen(null);
  const consent = async (given: boolean, witness: Witness | null) => {
    close();
    if (asked) await desk.ask({ do: 'consent', purpose: asked.purpose, given, how: 'witnessed-voice', witness });
  };
  const isAsking = phase === 'asking' && asked !== null;
  return (
    <section class="card">
      {phase in HELP ? <p class="help-line">{t(HELP[phase as keyof typeof HELP])}</p> : null}
      {isAsking ? <blockquote class="asked">{asked.words[language].replaceAll('|', '')}</blockquote> : null}
      <div class="actions">
        {isAsking ? (
          <>
            <button type="button" class="primary" data-testid="voice-consent" onClick={() => setOpen('consent')}>
              <Icon name="team" />
              {t('visit.consent')}
            </button>
            <button type="button" class="second" data-testid="no-consent" onClick={() => consent(false, null)}>
              {t('visit.consent-no')}
            </button>
          </>
        ) : null}
        {visit.mayCaptureAgain ? (
          <button
            type="button"
            class="primary"
            data-testid="capture-again"
            onClick={() => desk.ask({ do: 'capture-again', visitId })}
          >
            <Icon name="again" />
            {t('visit.again')}
          </button>
        ) : null}
        <button
          type="button"
          class="second"
          data-testid="take-over"
          onClick={() => desk.ask({ do: 'take-over', visitId })}
        >
          <Icon name="eye" />
          {t('visit.take-over')}
        </button>
        <button type="button" class="second" data-testid="end-visit" onClick={() => setOpen('end')}>
          <Icon name="close" />
          {t('visit.end')}
        </button>
      </div>
      {open === 'consent' ? (
        <Sheet title={t('visit.consent-main')} onClose={close}>
          <WitnessPicker taken={null} onChoose={(witness) => consent(true, witness)} />
        </Sheet>
      ) : null}
      {open === 'end' ? <EndVisit visitId={visitId} onClose={close} /> : null}
    </section>
  );
}
