import { useState } from 'preact/hooks';
import type { Representation } from '../../../visit/types.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { useDesk } from '../use-desk.ts';

interface MandateProps {
  /** Who is to be represented. */
  readonly entry: string;
  readonly onChoose: (mandate: Representation['mandate']) => void;
}

/** A written mandate is photographed with the station's own camera and sealed there; without one, officers attest. */
export function Mandate({ entry, onChoose }: MandateProps) {
  const t = useText();
  const desk = useDesk();
  const [shots, setShots] = useState(0);
  const photograph = async () => {
    if (await desk.ask({ do: 'photograph-mandate', entry })) setShots(shots + 1);
  };
  return (
    <div class="tiles mandate">
      <section class="card">
        <h2>
          <Icon name="paper" /> {t('rep.paper')}
        </h2>
        <p>{t('rep.paper-help')}</p>
        <div class="actions">
          <button type="button" class={shots > 0 ? 'second' : 'primary'} data-testid="photograph" onClick={photograph}>
            <Icon name="camera" />
            {t(shots > 0 ? 'rep.photograph-again' : 'rep.photograph')}
          </button>
          {shots > 0 ? (
            <button type="button" class="primary" data-testid="mandate-paper" onClick={() => onChoose('paper')}>
              <Icon name="tick" />
              {t('rep.photographed')} · {t('common.next')}
            </button>
          ) : null}
        </div>
      </section>
      <button type="button" class="choice" data-testid="mandate-attested" onClick={() => onChoose('attested')}>
        <Icon name="team" />
        {t('rep.attested')}
      </button>
    </div>
  );
}
